"""Issue the summary of an agreement as a PDF, list what was issued, download a kept copy."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from agreements.fetch import face_or_404, own_agreement
from agreements.long_work import PRINTED, ask_pdf, is_long
from agreements.models import Agreement
from agreements.pdf.issue import file_name, issue_summary, issued_to, to_lay_out
from people.access import permission
from people.models import User
from people.request import SignedInRequest
from people.roles import Permission
from records.models import IssuedFile


@require_POST
@permission(Permission.READ_AGREEMENTS)
def issue_pdf(request: SignedInRequest, reference: str) -> HttpResponse:
    """Issue the summary as it stands now and download it; unchanged since the last issue, the same bytes again.

    A long one is the worker's.
    """
    agreement, now = _agreement(request.user, reference), timezone.now()
    if is_long(to_lay_out(agreement, by=request.user, on=timezone.localdate(now)), PRINTED, now):
        return redirect(ask_pdf(agreement, by=request.user, now=now))
    return download(issue_summary(agreement, by=request.user, now=now))


@require_safe
@permission(Permission.READ_AGREEMENTS)
def issued(request: SignedInRequest, reference: str) -> HttpResponse:
    """Every issue about an agreement that the user's agency may see, newest first."""
    agreement = _agreement(request.user, reference)
    copies = issued_to(agreement, request.user.agency)
    face = agreement.agency_id != request.user.agency.pk
    return render(request, "agreements/issued_list.html", {"agreement": agreement, "copies": copies, "face": face})


@require_safe
@permission(Permission.READ_AGREEMENTS)
def issued_copy(request: SignedInRequest, reference: str, pk: int) -> HttpResponse:
    """The bytes of a kept copy."""
    agreement = _agreement(request.user, reference)
    return download(get_object_or_404(issued_to(agreement, request.user.agency), pk=pk))


def _agreement(user: User, reference: str) -> Agreement:
    return own_agreement(user, reference) or face_or_404(user, reference)


def download(copy: IssuedFile) -> HttpResponse:
    """The bytes as a file to keep."""
    answer = HttpResponse(copy.file.read(), content_type=copy.file.sniffed_type)
    answer["Content-Disposition"] = f'attachment; filename="{file_name(copy)}"'
    return answer
