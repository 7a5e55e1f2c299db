"""Delegations: who may approve or accept, for whom, until when."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from people.access import permission
from people.actions.delegation import add_delegation, end_delegation
from people.fetch import delegation_or_404
from people.forms.delegation import DelegationForm
from people.forms.fields import ReasonForm
from people.models import Delegation
from people.permissions import may
from people.request import SignedInRequest
from people.roles import Permission
from records.once import once
from records.refusals import attempt


@require_safe
@permission(Permission.READ_PEOPLE)
def delegations(request: SignedInRequest) -> HttpResponse:
    """Those that hold, those to come, and those that are over."""
    rows = Delegation.objects.visible_to(request.user).select_related("giver", "holder").order_by("-starts_on", "-pk")
    may_add = may(request.user, Permission.MANAGE_DELEGATIONS)
    context = {"rows": list(rows), "today": timezone.localdate(), "may_add": may_add}
    return render(request, "people/delegations.html", context)


@require_http_methods(["GET", "POST"])
@permission(Permission.MANAGE_DELEGATIONS)
@once
def add(request: SignedInRequest) -> HttpResponse:
    """Record a delegation."""
    on = timezone.localdate()
    form = DelegationForm(request.POST or None, initial={"starts_on": on}, user=request.user, on=on)
    if request.method == "POST" and form.is_valid():
        given = {"agency": request.user.agency, "values": form.cleaned_data, "by": request.user, "on": on}
        made = attempt(form, add_delegation, **given)
        if made:
            messages.success(request, f"Recorded: {made}.")
            return redirect("people:delegations")
    return render(request, "people/delegation.html", {"form": form})


@require_http_methods(["GET", "POST"])
@permission(Permission.MANAGE_DELEGATIONS)
def end(request: SignedInRequest, pk: int) -> HttpResponse:
    """End a delegation, with the reason."""
    delegation = delegation_or_404(request.user, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {"on": timezone.localdate(), "by": request.user, "reason": form.cleaned_data["reason"]}
        if attempt(form, end_delegation, delegation=delegation, **given):
            messages.success(request, f"Ended: {delegation}.")
            return redirect("people:delegations")
    return render(request, "people/end_delegation.html", {"form": form, "delegation": delegation})
