"""Automated decisions: the agency's list, those of one agreement, one of them, recording, changing, reviewing."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agreements.fetch import agreement_or_404
from agreements.history import beside, page_asked
from agreements.policies.agreement import check_may_edit
from agreements.views.sheet import as_file
from assurance.actions.automated_decision import (
    add_decision,
    change_decision,
    check_may_review,
    decision_values,
    review_decision,
)
from assurance.forms.automated_decision import DecisionForm, NewDecisionForm, ReviewForm
from assurance.models import AutomatedDecision, AutomatedReview
from assurance.pages.automated_decision import HEADINGS, sheet_rows
from assurance.views.anew import say_anew
from people.access import permission
from people.models import User
from people.permissions import may
from people.request import SignedInRequest, posted
from people.roles import Permission
from records.family import Branch
from records.once import once
from records.refusals import attempt, why_not

A_PAGE = 50
HISTORY = Branch(AutomatedDecision, branches=(Branch(AutomatedReview, "decision"),))
LOOKS = {
    "": "In use",
    "overdue": "Review overdue",
    "alone": "Decide alone",
    "ai": "Artificial intelligence",
    "unknown": "Something unknown",
    "ended": "Ended",
}


@require_safe
@permission(Permission.READ_AGREEMENTS)
def automated_decisions(request: SignedInRequest) -> HttpResponse:
    """Every automated decision of the agency, the one to be reviewed first on top."""
    today = timezone.localdate()
    look, rows = _looked(request, today)
    context = {
        "page": Paginator(rows, A_PAGE).get_page(request.GET.get("page")),
        "look": look,
        "looks": LOOKS,
        "today": today,
        "may_export": may(request.user, Permission.EXPORT_AGREEMENTS),
    }
    return render(request, "assurance/automated_decisions.html", context)


@require_safe
@permission(Permission.EXPORT_AGREEMENTS)
def automated_sheet(request: SignedInRequest, form: str) -> HttpResponseBase:
    """Those of one look, as csv or xlsx."""
    today = timezone.localdate()
    return as_file("Automated decisions", form, HEADINGS, sheet_rows(_looked(request, today)[1], today))


@require_safe
@permission(Permission.READ_HISTORY)
def automated_history(request: SignedInRequest, pk: int) -> HttpResponse:
    """Every change of what is recorded of it: who, when, from what to what."""
    found = _decision(request.user, pk)
    timeline = beside(request.user.agency, HISTORY, found.pk, page_asked(request.GET.get("page", "1")))
    context = {"record": found, "holder": found.agreement, "back": found.get_absolute_url(), "timeline": timeline}
    return render(request, "agreements/record_history.html", context | {"kind": "automated decision"})


def _looked(request: SignedInRequest, today: date) -> tuple[str, "QuerySet[AutomatedDecision]"]:
    """Which look the address asks for, and what it finds."""
    look = request.GET.get("look", "")
    look = look if look in LOOKS else ""
    used, unknown = Q(ended_on=None), Q(how="unknown") | Q(uses_ai="unknown") | Q(can_ask="unknown")
    asked = {
        "overdue": used & Q(next_review__lt=today),
        "alone": used & Q(how="alone"),
        "ai": used & Q(uses_ai="yes"),
        "unknown": used & (unknown | Q(charter="unknown")),
        "ended": ~used,
    }.get(look, used)
    rows = AutomatedDecision.objects.visible_to(request.user).filter(asked).select_related("agreement")
    return look, rows.order_by("next_review", "pk")


@require_safe
@permission(Permission.READ_AGREEMENTS)
def automated_of(request: SignedInRequest, reference: str) -> HttpResponse:
    """Those of one agreement: a panel of its page."""
    agreement = agreement_or_404(request.user, reference)
    context = {
        "agreement": agreement,
        "rows": AutomatedDecision.objects.visible_to(request.user)
        .filter(agreement=agreement)
        .order_by("ended_on", "next_review", "pk"),
        "refusal": why_not(check_may_edit, agreement, request.user),
        "today": timezone.localdate(),
    }
    return render(request, "assurance/automated_of.html", context)


@require_safe
@permission(Permission.READ_AGREEMENTS)
def automated_decision(request: SignedInRequest, pk: int) -> HttpResponse:
    """One of them with its reviews."""
    found, today = _decision(request.user, pk), timezone.localdate()
    context = {
        "decision": found,
        "reviews": found.reviews.select_related("by__person").order_by("-on", "-pk"),
        "overdue": found.is_overdue(today),
        "may_history": may(request.user, Permission.READ_HISTORY),
        "refusal": why_not(check_may_review, found, request.user),
    }
    return render(request, "assurance/automated_decision.html", context)


@require_http_methods(["GET", "POST"])
@permission(Permission.READ_AGREEMENTS)
@once
def automated_add(request: SignedInRequest, reference: str) -> HttpResponseBase:
    """Record one of an agreement."""
    agreement, now = agreement_or_404(request.user, reference), timezone.now()
    form = NewDecisionForm(posted(request), instance=AutomatedDecision(agreement=agreement))
    if form.is_valid():
        values = form.cleaned_data
        made = attempt(form, add_decision, agreement=agreement, values=values, by=request.user, now=now)
        if made:
            messages.success(request, "Recorded.")
            return redirect(made)
    refusal = why_not(check_may_edit, agreement, request.user)
    return _form(request, form, "Record an automated decision", refusal, agreement=agreement)


@require_http_methods(["GET", "POST"])
@permission(Permission.READ_AGREEMENTS)
def automated_change(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Say anew what it is; what somebody said meanwhile is set beside it."""
    found, by, now = _decision(request.user, pk), request.user, timezone.now()
    form = DecisionForm(posted(request), instance=_decision(by, pk))
    more = say_anew(
        request, form, decision_values(found),
        lambda values, seen: change_decision(decision=found, values=values, seen=seen, by=by, now=now),
    )  # fmt: skip
    if more is None:
        messages.success(request, "Saved.")
        return redirect(found)
    refusal = why_not(check_may_review, found, by)
    return _form(request, form, "Change what is said of it", refusal, decision=found, **more)


@require_http_methods(["GET", "POST"])
@permission(Permission.READ_AGREEMENTS)
@once
def automated_review(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Record a review, or that it is not used any more."""
    found, now = _decision(request.user, pk), timezone.now()
    form = ReviewForm(posted(request), instance=AutomatedReview(decision=found))
    if form.is_valid():
        values = form.cleaned_data
        if attempt(form, review_decision, decision=found, values=values, by=request.user, now=now):
            messages.success(request, "Recorded.")
            return redirect(found)
    refusal = why_not(check_may_review, found, request.user)
    return _form(request, form, "Record a review", refusal, decision=found)


def _form(request: SignedInRequest, form: Any, heading: str, refusal: str, **more: Any) -> HttpResponse:
    agreement = more["decision"].agreement if "decision" in more else more["agreement"]
    context = {"form": form, "heading": heading, "refusal": refusal, "agreement": agreement}
    return render(request, "assurance/automated_form.html", context | more)


def _decision(user: User, pk: int) -> AutomatedDecision:
    rows = AutomatedDecision.objects.visible_to(user).select_related("agreement__agency")
    found: AutomatedDecision = get_object_or_404(rows, pk=pk)
    found.agreement.agency = user.agency
    return found
