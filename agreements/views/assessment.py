"""Assessments of an agreement: list, begin, change, one on its own page, make final or accept, discard a draft."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agreements.actions import assessment as actions
from agreements.assessment_kinds import BY_NAME
from agreements.digest import digest
from agreements.errors import Stale
from agreements.fetch import agreement_or_404
from agreements.forms.assessment import AssessmentForm
from agreements.forms.final import FinalForm
from agreements.models import Assessment
from agreements.pages.assessment import answers_of, assessments_of
from agreements.pages.evidence import pointed
from agreements.policies.agreement import check_may_edit, why_not
from agreements.policies.assessment import check_may_change, check_may_make_final
from agreements.scope import in_scope
from people.access import permission
from people.request import SignedInRequest, posted
from people.roles import Permission
from records.errors import Refused
from records.once import once
from records.refusals import reasons_why_not, show_refusal


@require_safe
@permission(Permission.READ_AGREEMENTS)
def assessments(request: SignedInRequest, reference: str) -> HttpResponse:
    """Every assessment of the agreement, and the advice that the person may read."""
    agreement = agreement_or_404(request.user, reference)
    context = {
        "agreement": agreement,
        "page": assessments_of(agreement, request.user),
        "refusal": why_not(check_may_edit, agreement, request.user),
        "asked": in_scope(agreement.terms_now),
    }
    return render(request, "agreements/assessments.html", context)


@require_http_methods(["GET", "POST"])
@permission(Permission.READ_AGREEMENTS)
@once
def assessment_add(request: SignedInRequest, reference: str, kind: str) -> HttpResponse:
    """Begin a draft of one kind."""
    agreement = agreement_or_404(request.user, reference)
    if kind not in BY_NAME:
        raise Http404("There is no such kind of assessment")
    form = AssessmentForm(BY_NAME[kind], agreement, request.user, None, posted(request))
    if form.is_valid():
        try:
            made = actions.start_assessment(
                agreement=agreement, kind=kind, values=form.values(), by=request.user, now=timezone.now()
            )
        except (ValidationError, Refused) as problem:
            show_refusal(form, problem)
        else:
            messages.success(request, f"{made} is saved as a draft.")
            return redirect(made)
    context = {"agreement": agreement, "kind": BY_NAME[kind], "form": form, "assessment": None, "stale": None}
    context["refusal"] = why_not(check_may_edit, agreement, request.user)
    return render(request, "agreements/assessment_form.html", context)


@require_safe
@permission(Permission.READ_AGREEMENTS)
def assessment(request: SignedInRequest, pk: int) -> HttpResponse:
    """What it says, and what can be done with it now."""
    found = _own_or_404(request, pk)
    newer = found.agreement.assessments.filter(kind=found.kind).final().first() if found.is_final else None
    on = timezone.localdate()
    context = {
        "assessment": found,
        "agreement": found.agreement,
        "answers": answers_of(found),
        "pointer": pointed([found], request.user)[0][1],
        "newer": newer if newer != found else None,
        "refusal": why_not(check_may_change, found, request.user),
        "not_final": reasons_why_not(check_may_make_final, found, request.user, on),
    }
    return render(request, "agreements/assessment.html", context)


@require_http_methods(["GET", "POST"])
@permission(Permission.READ_AGREEMENTS)
def assessment_change(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change a draft."""
    found = _own_or_404(request, pk)
    seen = request.POST.get("seen", digest(actions.assessment_values(found)))
    form = AssessmentForm(found.of_kind, found.agreement, request.user, found, posted(request))
    context: dict[str, Any] = {"agreement": found.agreement, "kind": found.of_kind, "form": form, "stale": None}
    if form.is_valid():
        try:
            actions.change_assessment(assessment=found, values=form.values(), seen=seen, by=request.user)
        except Stale as stale:
            seen, context["stale"] = stale.seen, stale
        except (ValidationError, Refused) as problem:
            show_refusal(form, problem)
        else:
            messages.success(request, f"Saved: {found}.")
            return redirect(found)
    context |= {"assessment": found, "seen": seen, "refusal": why_not(check_may_change, found, request.user)}
    return render(request, "agreements/assessment_form.html", context)


@require_http_methods(["GET", "POST"])
@permission(Permission.READ_AGREEMENTS)
@once
def assessment_final(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say what follows, and make it final or accept the risk."""
    found, now = _own_or_404(request, pk), timezone.now()
    form = FinalForm(found.of_kind, posted(request))
    if form.is_valid():
        on, reason = timezone.localdate(now), form.cleaned_data["reason"]
        try:
            actions.make_final(assessment=found, by=request.user, now=now, on=on, reason=reason)
        except (ValidationError, Refused) as problem:
            show_refusal(form, problem)
        else:
            messages.success(request, f"{found} is {'accepted' if found.of_kind.accepted else 'final'}.")
            return redirect(found)
    refusals = reasons_why_not(check_may_make_final, found, request.user, timezone.localdate(now))
    context = {"assessment": found, "agreement": found.agreement, "form": form, "refusals": refusals}
    return render(request, "agreements/assessment_final.html", context)


@require_http_methods(["GET", "POST"])
@permission(Permission.READ_AGREEMENTS)
def assessment_discard(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask, then take a draft out; its history stays."""
    found = _own_or_404(request, pk)
    refusal = why_not(check_may_change, found, request.user)
    if request.method == "POST":
        try:
            actions.discard_draft(assessment=found, by=request.user)
        except Refused as refused:
            refusal = str(refused)
        else:
            messages.success(request, f"The draft is discarded: {found.of_kind.title.lower()}. The history keeps it.")
            return redirect("agreements:assessments", found.agreement.reference)
    context = {"assessment": found, "agreement": found.agreement, "refusal": refusal}
    return render(request, "agreements/assessment_discard.html", context)


def _own_or_404(request: SignedInRequest, pk: int) -> Assessment:
    rows = Assessment.objects.visible_to(request.user)
    people = ("author__person", "approver__person")
    found: Assessment = get_object_or_404(rows.select_related("agreement__current_terms", "evidence", *people), pk=pk)
    found.agreement.agency = request.user.agency  # the same one, and it has its words for roles with it
    return found
