"""A person's sign-in: invite, deactivate, reactivate."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from people.access import permission
from people.actions.user import deactivate, invite, reactivate
from people.fetch import person_or_404, sign_in_or_404
from people.forms.fields import ReasonForm
from people.invitation import send_invitation
from people.models import User
from people.owned import owned_by
from people.policies import check_may_deactivate
from people.request import SignedInRequest
from people.roles import Permission
from records.errors import Refused
from records.once import once
from records.refusals import attempt, why_not


@require_POST
@permission(Permission.MANAGE_PEOPLE)
@once
def send(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give a person a sign-in and mail them the link; pressed again, mail another."""
    found = person_or_404(request.user, pk)
    try:
        with transaction.atomic():
            _mail(request, invite(person=found, by=request.user, on=timezone.localdate()))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("people:person", pk)


def _mail(request: SignedInRequest, user: User) -> None:
    send_invitation(request, user, request.user)
    messages.success(request, f"An invitation is on its way to {user.email}. Its link works for three days.")


@require_http_methods(["GET", "POST"])
@permission(Permission.MANAGE_PEOPLE)
def close(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say what deactivating does and what the person owns, ask why, and do it."""
    found = person_or_404(request.user, pk)
    user, on = sign_in_or_404(found), timezone.localdate()
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = attempt(form, deactivate, user=user, on=on, by=request.user, **form.cleaned_data)
        if done:
            messages.success(request, f"{found} is signed out everywhere and can no longer sign in.")
            return redirect("people:person", pk)
    refusal = why_not(check_may_deactivate, found, request.user, on) if user.is_active else "It is deactivated already"
    context = {"form": form, "person": found, "owned": owned_by(found), "refusal": refusal}
    return render(request, "people/close.html", context)


@require_POST
@permission(Permission.MANAGE_PEOPLE)
@once
def reopen(request: SignedInRequest, pk: int) -> HttpResponse:
    """Open a sign-in again and mail a new invitation, since no password is left."""
    found = person_or_404(request.user, pk)
    user = sign_in_or_404(found)
    try:
        with transaction.atomic():
            _mail(request, reactivate(user=user, by=request.user, on=timezone.localdate()))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("people:person", pk)
