"""What happened to a contract, a document, an assessment or a piece of advice: every change, newest first."""

from django.db.models import Model
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from agreements.fetch import contract_or_404
from agreements.history import ADVICE, ASSESSMENT, CONTRACT, DOCUMENT, beside, may_read_whole, page_asked
from agreements.models import Advice, Agreement, Assessment, Contract, Document
from people.access import permission
from people.request import SignedInRequest
from people.roles import Permission
from records.family import Branch


@require_safe
@permission(Permission.READ_HISTORY)
def contract_history(request: SignedInRequest, pk: int) -> HttpResponse:
    """A contract with its stages, subcontractors, log and comments."""
    found = contract_or_404(request.user, pk)
    return _page(request, CONTRACT, found, found, found.get_absolute_url())


@require_safe
@permission(Permission.READ_HISTORY)
def document_history(request: SignedInRequest, pk: int) -> HttpResponse:
    """A document of the person's own agency with its versions; a party reads what is shared, not how it came about."""
    mine = Document.objects.visible_to(request.user).filter(agency=request.user.agency)
    found = get_object_or_404(mine.select_related("agreement", "contract"), pk=pk)
    _check_whole(found, request)
    return _page(request, DOCUMENT, found, found.holder, found.get_absolute_url())


@require_safe
@permission(Permission.READ_HISTORY)
def assessment_history(request: SignedInRequest, pk: int) -> HttpResponse:
    """An assessment, from its first draft on."""
    mine = Assessment.objects.visible_to(request.user).select_related("agreement")
    found: Assessment = get_object_or_404(mine, pk=pk)
    return _page(request, ASSESSMENT, found, found.agreement, found.get_absolute_url())


@require_safe
@permission(Permission.READ_HISTORY)
def advice_history(request: SignedInRequest, pk: int) -> HttpResponse:
    """A piece of advice, and how its record was corrected."""
    found = get_object_or_404(Advice.objects.visible_to(request.user).select_related("agreement"), pk=pk)
    _check_whole(found, request)
    back = reverse("agreements:assessments", args=[found.agreement.reference])
    return _page(request, ADVICE, found, found.agreement, back)


def _check_whole(record: Advice | Document, request: SignedInRequest) -> None:
    if not may_read_whole(record, request.user):
        raise Http404("Its history holds what only a few may read")


def _page(
    request: SignedInRequest, family: Branch, record: Model, holder: Agreement | Contract, back: str
) -> HttpResponse:
    timeline = beside(request.user.agency, family, record.pk, page_asked(request.GET.get("page", "1")))
    context = {"record": record, "holder": holder, "back": back, "timeline": timeline}
    context["kind"] = str(record._meta.verbose_name)
    return render(request, "agreements/record_history.html", context)
