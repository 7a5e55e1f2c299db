"""Advice that was taken: record it, correct the record."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from agreements.actions import advice as actions
from agreements.digest import digest
from agreements.errors import Stale
from agreements.fetch import agreement_or_404
from agreements.forms.advice import AdviceForm
from agreements.models import Advice
from agreements.policies.agreement import check_may_edit, why_not
from people.access import permission
from people.request import SignedInRequest, posted
from people.roles import Permission
from records.errors import Refused
from records.once import once
from records.refusals import show_refusal


@require_http_methods(["GET", "POST"])
@permission(Permission.READ_AGREEMENTS)
@once
def advice_add(request: SignedInRequest, reference: str) -> HttpResponse:
    """Record advice."""
    agreement, now = agreement_or_404(request.user, reference), timezone.now()
    form = AdviceForm(agreement, request.user, None, posted(request))
    if form.is_valid():
        on = timezone.localdate(now)
        try:
            made = actions.add_advice(agreement=agreement, values=form.values(), by=request.user, now=now, on=on)
        except (ValidationError, Refused) as problem:
            show_refusal(form, problem)
        else:
            messages.success(request, f"Recorded: {made}.")
            return redirect("agreements:assessments", reference)
    context = {"agreement": agreement, "form": form, "advice": None, "stale": None}
    context["refusal"] = why_not(check_may_edit, agreement, request.user)
    return render(request, "agreements/advice_form.html", context)


@require_http_methods(["GET", "POST"])
@permission(Permission.READ_AGREEMENTS)
def advice_change(request: SignedInRequest, pk: int) -> HttpResponse:
    """Correct what is recorded."""
    readable = Advice.objects.visible_to(request.user).select_related("agreement", "evidence")
    found: Advice = get_object_or_404(readable, pk=pk)
    found.agreement.agency = request.user.agency
    seen = request.POST.get("seen", digest(actions.advice_values(found)))
    form = AdviceForm(found.agreement, request.user, found, posted(request))
    context: dict[str, Any] = {"agreement": found.agreement, "form": form, "advice": found, "stale": None}
    if form.is_valid():
        values, on = form.values(), timezone.localdate()
        try:
            actions.change_advice(advice=found, values=values, seen=seen, by=request.user, on=on)
        except Stale as stale:
            seen, context["stale"] = stale.seen, stale
        except (ValidationError, Refused) as problem:
            show_refusal(form, problem)
        else:
            messages.success(request, "Saved.")
            return redirect("agreements:assessments", found.agreement.reference)
    context |= {"seen": seen, "refusal": why_not(check_may_edit, found.agreement, request.user)}
    return render(request, "agreements/advice_form.html", context)
