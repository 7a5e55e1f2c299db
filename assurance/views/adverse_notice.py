"""Notices before an adverse action: record those of a day, and what came of them."""

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from agreements.fetch import agreement_or_404
from assurance.actions.adverse_notice import record_notices, record_outcome
from assurance.actions.approval import APPROVED_KINDS
from assurance.aisa.counting import counted, period_of
from assurance.aisa.policies import check_may_enter, check_may_report
from assurance.forms.aisa_report import NoticeForm, OutcomeForm
from assurance.models import AdverseNotice, AdverseOutcome, Approval
from assurance.years import financial_year
from people.access import permission
from people.request import SignedInRequest, posted
from people.roles import Permission
from records.once import once
from records.refusals import attempt, why_not


@require_http_methods(["GET", "POST"])
@permission(Permission.READ_AGREEMENTS)
@once
def notice_add(request: SignedInRequest, reference: str) -> HttpResponseBase:
    """Record the notices of one day."""
    agreement, now = agreement_or_404(request.user, reference), timezone.now()
    if agreement.kind not in APPROVED_KINDS:
        raise Http404("Only of an AISA or of information matching")
    form = NoticeForm(posted(request))
    if form.is_valid():
        values = form.cleaned_data
        made = attempt(form, record_notices, agreement=agreement, values=values, by=request.user, now=now)
        if made:
            messages.success(request, "Recorded.")
            return redirect("aisa_report", reference=reference, year=financial_year(made.given_on))
    refusal = why_not(check_may_report, agreement, request.user)
    period = period_of(agreement.kind, Approval.objects.visible_to(request.user).filter(agreement=agreement).first())
    context = {"agreement": agreement, "form": form, "refusal": refusal, "period": period}
    return render(request, "assurance/adverse_notice_form.html", context)


@require_http_methods(["GET", "POST"])
@permission(Permission.READ_AGREEMENTS)
@once
def notice_outcome(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Record what came of some of the notices of a day."""
    rows = AdverseNotice.objects.visible_to(request.user).select_related("agreement", "by__person")
    notice, now = get_object_or_404(rows.prefetch_related("outcomes"), pk=pk), timezone.now()
    agreement, year = notice.agreement, financial_year(notice.given_on)
    form = OutcomeForm(posted(request), instance=AdverseOutcome(notice=notice))
    if form.is_valid():
        values = form.cleaned_data
        if attempt(form, record_outcome, notice=notice, values=values, by=request.user, now=now):
            messages.success(request, "Recorded.")
            return redirect("aisa_report", reference=agreement.reference, year=year)
    refusal = why_not(check_may_enter, agreement, year, request.user, timezone.localdate(now))
    context = {"agreement": agreement, "form": form, "refusal": refusal, "counted": counted([notice])[0], "year": year}
    return render(request, "assurance/adverse_notice_form.html", context)
