"""People of the agency: the list, a person's page, adding, changing, leaving."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.access import permission
from people.actions.person import add_person, change_person, mark_left, mark_returned
from people.changed_address import tell_both
from people.fetch import person_or_404, sign_in_of
from people.forms.person import AddPersonForm, ChangePersonForm, LeaveForm
from people.models import Person, User
from people.owned import owned_by
from people.pages.people import people_page
from people.pages.person import person_page
from people.permissions import may
from people.request import SignedInRequest
from people.roles import Permission
from records.errors import Refused
from records.once import once
from records.refusals import attempt
from records.words import nz_date


@require_safe
@permission(Permission.READ_PEOPLE)
def people(request: SignedInRequest) -> HttpResponse:
    """The list, as the address asks for it."""
    page = people_page(request.user, request.GET, timezone.localdate())
    may_manage = may(request.user, Permission.MANAGE_PEOPLE)
    return render(request, "people/people.html", {"list": page, "may_manage": may_manage})


@require_safe
@permission(Permission.READ_PEOPLE)
def person(request: SignedInRequest, pk: int) -> HttpResponse:
    """One person."""
    found = person_or_404(request.user, pk)
    on = timezone.localdate()
    return render(request, "people/person.html", {"page": person_page(found, request.user, on), "today": on})


@require_http_methods(["GET", "POST"])
@permission(Permission.MANAGE_PEOPLE)
@once
def add(request: SignedInRequest) -> HttpResponse:
    """Add a person."""
    on = timezone.localdate()
    form = AddPersonForm(request.POST or None, user=request.user, day=on)
    if request.method == "POST" and form.is_valid():
        made = attempt(
            form, add_person, agency=request.user.agency, values=form.cleaned_data, on=on, by=request.user
        )  # fmt: skip
        if made:
            messages.success(request, f"{made} is added. Give them a role, and invite them if they are to sign in.")
            return redirect("people:person", made.pk)
    return render(request, "people/add.html", {"form": form})


@require_http_methods(["GET", "POST"])
@permission(Permission.MANAGE_PEOPLE)
def change(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change what is known about a person."""
    found = person_or_404(request.user, pk)
    before = sign_in_of(found)
    form = ChangePersonForm(request.POST or None, instance=person_or_404(request.user, pk), agency=found.agency)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            changed = _changed(request, form, found, before)
        if changed:
            return redirect("people:person", pk)
    return render(request, "people/change.html", {"form": form, "person": found})


def _changed(request: SignedInRequest, form: ChangePersonForm, found: Person, before: User | None) -> Person | None:
    """The change, and in its transaction the mails that tell of another address."""
    given = {"values": form.values(), "by": request.user, "reason": form.cleaned_data.get("reason", "")}
    changed = attempt(form, change_person, person=found, **given)
    if changed:
        messages.success(request, f"Saved what is known about {changed}.")
        user = sign_in_of(changed)
        if before and user and before.email != user.email:
            _tell_of_address(request, user, before.email)
    return changed


def _tell_of_address(request: SignedInRequest, user: User, old: str) -> None:
    """Write to both addresses. Whoever changed their own goes on here, and nowhere else."""
    if user == request.user:
        update_session_auth_hash(request, user)
    tell_both(request, user, old, request.user)
    messages.success(request, f"{user} is signed out everywhere. {old} and {user.email} get a mail.")


@require_http_methods(["GET", "POST"])
@permission(Permission.MANAGE_PEOPLE)
def leave(request: SignedInRequest, pk: int) -> HttpResponse:
    """Record that a person leaves."""
    found = person_or_404(request.user, pk)
    on = timezone.localdate()
    form = LeaveForm(request.POST or None, initial={"left_on": on})
    if request.method == "POST" and form.is_valid():
        left = attempt(form, mark_left, person=found, on=on, by=request.user, **form.cleaned_data)
        if left and left.left_on:
            messages.success(request, f"Recorded: {left} is no longer here from {nz_date(left.left_on)} on.")
            return redirect("people:person", pk)
    return render(request, "people/leave.html", {"form": form, "person": found, "owned": owned_by(found)})


@require_POST
@permission(Permission.MANAGE_PEOPLE)
def come_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take back that a person left."""
    found = person_or_404(request.user, pk)
    try:
        mark_returned(person=found, by=request.user)
        messages.success(request, f"{found} is here again. Roles, place and sign-in are given by hand.")
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("people:person", pk)
