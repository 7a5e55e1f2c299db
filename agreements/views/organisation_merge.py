"""Merge two organisations: choose, see what moves, say why."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from agreements.actions.organisation_merge import merge_organisations
from agreements.forms.organisation import MergeForm, MergeReasonForm
from agreements.forms.refusal import show_refusal
from agreements.models import Organisation
from agreements.pages.organisation_merge import merge_plan
from people.access import permission
from people.request import SignedInRequest
from people.roles import Permission
from records.errors import Refused


@require_http_methods(["GET", "POST"])
@permission(Permission.KEEP_ORGANISATIONS)
def organisation_merge(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """The first step: choose the organisation that stays."""
    merged = _body(request, pk)
    if merged.merged_into_id:
        return redirect("agreements:organisation", pk=merged.merged_into_id)
    form = MergeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect("agreements:organisation_merge_confirm", pk=pk, into=form.cleaned_data["into"].pk)
    return render(request, "agreements/organisation_merge.html", {"body": merged, "form": form})


@require_http_methods(["GET", "POST"])
@permission(Permission.KEEP_ORGANISATIONS)
def organisation_merge_confirm(request: SignedInRequest, pk: int, into: int) -> HttpResponseBase:
    """The second step: what moves, what stands in the way, and why it is done."""
    merged, stays = _body(request, pk), _body(request, into)
    form = MergeReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            merge_organisations(merged=merged, into=stays, by=request.user, reason=form.cleaned_data["reason"])
        except Refused as problem:
            show_refusal(form, problem)
        else:
            messages.success(request, f"{merged.name} is now part of {stays.name}.")
            return redirect("agreements:organisation", pk=into)
    plan = merge_plan(_body(request, pk), _body(request, into), request.user)
    return render(
        request, "agreements/organisation_merge_confirm.html", {"plan": plan, "form": form, "refusals": plan.reasons}
    )


def _body(request: SignedInRequest, pk: int) -> Organisation:
    return get_object_or_404(Organisation.objects.visible_to(request.user).select_related("merged_into"), pk=pk)
