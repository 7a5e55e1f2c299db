"""The approval of an AISA or of matching, the amendment of an AISA, and the columns of Schedule 2."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agreements.fetch import agreement_or_404, variation_or_404
from agreements.models import Agreement
from agreements.sheets import csv_lines
from assurance.actions.approval import (
    APPROVED_KINDS,
    check_may_amend,
    check_may_approve_record,
    save_amendment,
    save_approval,
)
from assurance.forms.approval import AmendmentForm, ApprovalForm
from assurance.models import Approval
from assurance.pages.approval import COLUMNS, amendment_of, approval_page, schedule_rows
from people.access import permission
from people.request import SignedInRequest, posted
from people.roles import Permission
from records.refusals import attempt, why_not


@require_safe
@permission(Permission.READ_AGREEMENTS)
def approval(request: SignedInRequest, reference: str) -> HttpResponse:
    """What is recorded of the approval."""
    agreement = _approved(request, reference)
    return render(request, "assurance/approval.html", {"page": approval_page(agreement, request.user)})


@require_http_methods(["GET", "POST"])
@permission(Permission.READ_AGREEMENTS)
def approval_change(request: SignedInRequest, reference: str) -> HttpResponseBase:
    """Record lead, Order, public columns and notice."""
    agreement = _approved(request, reference)
    found = Approval.objects.visible_to(request.user).filter(agreement=agreement).first()
    form = ApprovalForm(posted(request), instance=found or Approval(agreement=agreement))
    if form.is_valid():
        values, now = form.cleaned_data, timezone.now()
        if attempt(form, save_approval, agreement=agreement, values=values, by=request.user, now=now):
            messages.success(request, "Saved.")
            return redirect("approval", reference=reference)
    refusal = why_not(check_may_approve_record, agreement, request.user)
    heading = "Record the approval"
    context = {"agreement": agreement, "form": form, "refusal": refusal, "heading": heading}
    return render(request, "assurance/approval_form.html", context)


@require_http_methods(["GET", "POST"])
@permission(Permission.READ_AGREEMENTS)
def amendment(request: SignedInRequest, reference: str, number: int) -> HttpResponseBase:
    """Say by which Order, or as which exception, a variation takes effect."""
    varied = variation_or_404(request.user, reference, number)
    form = AmendmentForm(posted(request), instance=amendment_of(varied.terms_now))
    if form.is_valid():
        values, now = form.cleaned_data, timezone.now()
        if attempt(form, save_amendment, agreement=varied, values=values, by=request.user, now=now):
            messages.success(request, "Saved.")
            return redirect(varied)
    refusal = why_not(check_may_amend, varied, request.user)
    heading = f"How variation {number} takes effect"
    context = {"agreement": varied, "form": form, "refusal": refusal, "heading": heading}
    return render(request, "assurance/approval_form.html", context)


@require_safe
@permission(Permission.EXPORT_AGREEMENTS)
def schedule_2(request: SignedInRequest) -> HttpResponseBase:
    """The five public columns of Schedule 2 as CSV."""
    lines = csv_lines(COLUMNS, schedule_rows(request.user))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="schedule-2-{timezone.localdate().isoformat()}.csv"'
    return response


def _approved(request: SignedInRequest, reference: str) -> Agreement:
    agreement = agreement_or_404(request.user, reference)
    if agreement.kind not in APPROVED_KINDS:
        raise Http404("Only an AISA or information matching has an approval")
    return agreement
