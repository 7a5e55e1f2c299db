"""Roles: the table of what each allows, giving one, ending one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from people.access import open_to_all_signed_in, permission
from people.actions.role import end_role, grant_role
from people.fetch import grant_or_404, person_or_404
from people.forms.fields import ReasonForm
from people.forms.role import GrantForm
from people.labels import role_in_text, role_labels
from people.pages.roles import roles_page
from people.policies import check_may_grant
from people.request import SignedInRequest
from people.roles import Permission, Role
from records.refusals import attempt, why_not


@require_safe
@open_to_all_signed_in
def roles(request: SignedInRequest) -> HttpResponse:
    """What each role allows, in the agency's own words."""
    return render(request, "people/roles.html", {"page": roles_page(request.user.agency)})


@require_http_methods(["GET", "POST"])
@permission(Permission.MANAGE_PEOPLE)
def give(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give a person a role."""
    found = person_or_404(request.user, pk)
    on = timezone.localdate()
    labels = role_labels(found.agency)
    held = {grant.role for grant in found.role_grants.on(on)}
    form = GrantForm(request.POST or None, labels=labels, held=held, on=on)
    if request.method == "POST" and form.is_valid():
        grant = attempt(form, grant_role, person=found, by=request.user, on=on, **form.cleaned_data)
        if grant:
            messages.success(request, f"{found} is {role_in_text(found.agency, Role(grant.role))} from now on.")
            return redirect("people:person", pk)
    refusal = why_not(check_may_grant, found, request.user, on)
    return render(request, "people/give_role.html", {"form": form, "person": found, "refusal": refusal})


@require_http_methods(["GET", "POST"])
@permission(Permission.MANAGE_PEOPLE)
def end(request: SignedInRequest, pk: int, grant_pk: int) -> HttpResponse:
    """End a role of a person."""
    found = person_or_404(request.user, pk)
    grant = grant_or_404(found, grant_pk)
    role = Role(grant.role)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {"on": timezone.localdate(), "by": request.user, "reason": form.cleaned_data["reason"]}
        if attempt(form, end_role, grant=grant, **given):
            messages.success(request, f"{found} is no longer {role_in_text(found.agency, role)}.")
            return redirect("people:person", pk)
    return render(
        request, "people/end_role.html", {"form": form, "person": found, "word": role_in_text(found.agency, role)}
    )
