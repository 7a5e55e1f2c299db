"""Which organisation one's own agency is."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from agreements.actions import organisation_agency as actions
from agreements.models import Organisation
from agreements.policies.agreement import why_not
from agreements.policies.organisation import check_may_tie, check_may_untie
from people.access import permission
from people.forms.fields import ReasonForm
from people.request import SignedInRequest
from people.roles import Permission
from records.refusals import attempt


@require_http_methods(["GET", "POST"])
@permission(Permission.KEEP_ORGANISATIONS)
def organisation_tie(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say what follows, ask why, and let the organisation stand for the person's own agency."""
    body, agency = _body(request, pk), request.user.agency
    refusal = why_not(check_may_tie, body, agency, request.user)
    context = {"body": body, "refusal": refusal, "tied": False}
    return _ask(request, context, actions.tie_organisation, agency=agency)


@require_http_methods(["GET", "POST"])
@permission(Permission.KEEP_ORGANISATIONS)
def organisation_untie(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say what follows, ask why, and take back that the organisation is the person's own agency."""
    body = _body(request, pk)
    context = {"body": body, "refusal": why_not(check_may_untie, body, request.user), "tied": True}
    return _ask(request, context, actions.untie_organisation)


def _body(request: SignedInRequest, pk: int) -> Organisation:
    found = Organisation.objects.visible_to(request.user).select_related("agency", "merged_into")
    body: Organisation = get_object_or_404(found, pk=pk)
    return body


def _ask(request: SignedInRequest, context: dict[str, Any], act: Any, **given: Any) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    body = context["body"]
    if request.method == "POST" and form.is_valid():
        given |= {"organisation": body, "by": request.user, "reason": form.cleaned_data["reason"]}
        if attempt(form, act, **given):
            word = "no longer stands" if context["tied"] else "stands"
            messages.success(request, f"{body.name} {word} for {request.user.agency}.")
            return redirect("agreements:organisation", pk=body.pk)
    return render(request, "agreements/organisation_agency.html", context | {"form": form})
