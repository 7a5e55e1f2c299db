"""Pause an organisation, lift the pause, and read what happened to one."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agreements.actions.pause import check_may_pause, lift_pause, pause_organisation
from agreements.forms.pause import LiftForm, PauseForm
from agreements.history import PAUSE, beside, page_asked
from agreements.models import Organisation, Pause
from people.access import permission
from people.request import SignedInRequest, posted
from people.roles import Permission
from records.once import once
from records.refusals import attempt, why_not


@require_http_methods(["GET", "POST"])
@permission(Permission.READ_AGREEMENTS)
@once
def organisation_pause(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Say why nothing new is agreed with an organisation from now on."""
    body = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    if body.merged_into_id:
        return redirect("agreements:organisation_pause", pk=body.merged_into_id)
    form, now = PauseForm(posted(request)), timezone.now()
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, pause_organisation, organisation=body, reason=reason, by=request.user, now=now):
            messages.success(request, f"{body.name} is paused.")
            return redirect("agreements:organisation", pk=pk)
    refusal = why_not(check_may_pause, request.user, timezone.localdate(now))
    return render(request, "agreements/organisation_pause.html", {"body": body, "form": form, "refusal": refusal})


@require_http_methods(["GET", "POST"])
@permission(Permission.READ_AGREEMENTS)
@once
def pause_lift(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Say why agreements with it may go on."""
    pause = _pause(request, pk)
    form, now = LiftForm(posted(request)), timezone.now()
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lift_pause, pause=pause, reason=reason, by=request.user, now=now):
            messages.success(request, f"The pause of {pause.organisation.name} is lifted.")
            return redirect("agreements:organisation", pk=pause.organisation_id)
    refusal = "It was lifted already" if pause.lifted_on else ""
    refusal = refusal or why_not(check_may_pause, request.user, timezone.localdate(now))
    context = {"body": pause.organisation, "pause": pause, "form": form, "refusal": refusal}
    return render(request, "agreements/pause_lift.html", context)


@require_safe
@permission(Permission.READ_HISTORY)
def pause_history(request: SignedInRequest, pk: int) -> HttpResponse:
    """Every change of a pause that the person's own agency set."""
    pause = _pause(request, pk)
    timeline = beside(request.user.agency, PAUSE, pause.pk, page_asked(request.GET.get("page", "1")))
    context = {"body": pause.organisation, "pause": pause, "timeline": timeline}
    return render(request, "agreements/pause_history.html", context)


def _pause(request: SignedInRequest, pk: int) -> Pause:
    mine = Pause.objects.visible_to(request.user).select_related("organisation", "by__person")
    return get_object_or_404(mine, pk=pk)
