"""The case of a declaration as a PDF."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from conflicts.fetch import reads_declaration
from conflicts.models import Declaration
from conflicts.pdf.case import issue_case
from people.access import open_to_all_signed_in
from people.request import SignedInRequest


@require_POST
@open_to_all_signed_in
@reads_declaration
def case_pdf(request: SignedInRequest, declaration: Declaration) -> HttpResponse:
    """Issue the case as it stands now and download it; unchanged since the last issue, the same bytes again."""
    copy = issue_case(declaration=declaration, by=request.user, now=timezone.now())
    answer = HttpResponse(copy.file.read(), content_type=copy.file.sniffed_type)
    answer["Content-Disposition"] = f'attachment; filename="declaration-{declaration.code}.pdf"'
    return answer
