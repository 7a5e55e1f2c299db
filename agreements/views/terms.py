"""Every version of the terms of an agreement: past ones stay readable and printable as they were."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from agreements.fetch import agreement_or_404, terms_or_404
from agreements.models import Terms
from agreements.pages.agreement import terms_page
from agreements.pdf.issue import issue_summary
from agreements.views.issued import download
from people.access import permission
from people.request import SignedInRequest
from people.roles import Permission


@require_safe
@permission(Permission.READ_AGREEMENTS)
def versions(request: SignedInRequest, reference: str) -> HttpResponse:
    """Every version, newest first, with why it was made and when it was in force."""
    agreement = agreement_or_404(request.user, reference)
    rows = Terms.objects.visible_to(request.user).filter(agreement=agreement).order_by("-number")
    return render(request, "agreements/versions.html", {"agreement": agreement, "versions": rows})


@require_safe
@permission(Permission.READ_AGREEMENTS)
def terms(request: SignedInRequest, reference: str, number: int) -> HttpResponse:
    """One version in full."""
    agreement = terms_or_404(request.user, reference, number, whole=True)
    return render(request, "agreements/terms.html", {"page": terms_page(agreement, request.user, timezone.localdate())})


@require_POST
@permission(Permission.READ_AGREEMENTS)
def terms_pdf(request: SignedInRequest, reference: str, number: int) -> HttpResponse:
    """Issue the summary of one version and download it."""
    agreement = terms_or_404(request.user, reference, number, whole=True)
    return download(issue_summary(agreement, by=request.user, now=timezone.now()))
