"""The approval of an AISA or of matching, the amendment of an AISA, and the columns of Schedule 2."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agreements.fetch import agreement_or_404, variation_or_404
from agreements.history import beside, page_asked
from agreements.models import Agreement
from agreements.views.sheet import as_file
from assurance.actions.approval import (
    APPROVED_KINDS,
    check_may_amend,
    check_may_approve_record,
    save_amendment,
    save_approval,
)
from assurance.forms.approval import AmendmentForm, ApprovalForm
from assurance.models import Amendment, Approval
from assurance.pages.approval import COLUMNS, amendment_of, approval_page, schedule_rows
from people.access import permission
from people.request import SignedInRequest, posted
from people.roles import Permission
from records.family import Branch
from records.refusals import attempt, why_not

AMENDED = (
    "An amended AISA has no effect until a further Order approves it, unless one of the listed exceptions applies "
    "(Privacy Act 2020, section 157, in our words). Until one of them stands here it cannot be signed."
)
APPROVAL, AMENDMENT = Branch(Approval), Branch(Amendment)


@require_safe
@permission(Permission.READ_AGREEMENTS)
def approval(request: SignedInRequest, reference: str) -> HttpResponse:
    """What is recorded of the approval."""
    agreement = _approved(request, reference)
    page = approval_page(agreement, request.user, timezone.localdate())
    return render(request, "assurance/approval.html", {"page": page})


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
    heading = "Change what is recorded of the approval" if found else "Record the approval"
    context = {"agreement": agreement, "form": form, "refusal": refusal, "heading": heading, "says": ""}
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
    context = {"agreement": varied, "form": form, "refusal": refusal, "heading": heading, "says": AMENDED}
    return render(request, "assurance/approval_form.html", context)


@require_safe
@permission(Permission.EXPORT_AGREEMENTS)
def schedule_2(request: SignedInRequest, form: str) -> HttpResponseBase:
    """The five public columns of Schedule 2, as csv or xlsx."""
    return as_file("Schedule 2", form, COLUMNS, schedule_rows(request.user))


@require_safe
@permission(Permission.READ_HISTORY)
def approval_history(request: SignedInRequest, pk: int) -> HttpResponse:
    """Every change of the record of an approval."""
    found = get_object_or_404(Approval.objects.visible_to(request.user).select_related("agreement"), pk=pk)
    return _history(request, APPROVAL, found, found.agreement, reverse("approval", args=[found.agreement.reference]))


@require_safe
@permission(Permission.READ_HISTORY)
def amendment_history(request: SignedInRequest, pk: int) -> HttpResponse:
    """Every change of how a variation takes effect."""
    found = get_object_or_404(Amendment.objects.visible_to(request.user).select_related("terms__agreement"), pk=pk)
    agreement = found.terms.agreement
    back = reverse("amendment", args=[agreement.reference, found.terms.number])
    return _history(request, AMENDMENT, found, agreement, back)


def _history(
    request: SignedInRequest, family: Branch, record: Approval | Amendment, holder: Agreement, back: str
) -> HttpResponse:
    timeline = beside(request.user.agency, family, record.pk, page_asked(request.GET.get("page", "1")))
    context = {"record": record, "holder": holder, "back": back, "timeline": timeline}
    context["kind"] = str(record._meta.verbose_name)
    return render(request, "agreements/record_history.html", context)


def _approved(request: SignedInRequest, reference: str) -> Agreement:
    agreement = agreement_or_404(request.user, reference)
    if agreement.kind not in APPROVED_KINDS:
        raise Http404("Only an AISA or information matching has an approval")
    return agreement
