"""Files of a statement: what was signed, served as it was kept, and drafts, letters and briefs issued on asking."""

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from assurance.pdf.statement import FORMS, issue_paper, issued
from assurance.views.statement import statement_or_404
from people.access import permission
from people.request import SignedInRequest
from people.roles import Permission
from records.models import IssuedFile


@require_safe
@permission(Permission.READ_STATEMENTS)
def statement_file(request: SignedInRequest, code: str, form: str) -> HttpResponse:
    """The bytes of the signed statement as PDF, of its annex or of its data: made once, served as kept."""
    found = statement_or_404(request, code)
    if form == "scan" and found.is_signed and found.signing.scan:
        answer = HttpResponse(found.signing.scan.read(), content_type=found.signing.scan.sniffed_type)
        named = content_disposition_header(True, found.signing.scan_name)
        answer["Content-Disposition"] = named or "attachment"
        return answer
    kept = issued(found, form) if form in FORMS else None
    if kept is None:
        raise Http404("It is not signed, or there is no such file")
    return _download(kept, f"{found.code.lower()}.{form}", FORMS[form].media_type)


@require_POST
@permission(Permission.READ_STATEMENTS)
def statement_paper_copy(request: SignedInRequest, code: str, paper: str) -> HttpResponse:
    """The statement to be signed, the letter, or the brief of one page; of the same state, the same bytes again."""
    found = statement_or_404(request, code)
    made = issue_paper(found, paper, by=request.user, now=timezone.now())
    if made is None:
        raise Http404("There is no such paper, or its figures have not been taken yet")
    return _download(made, f"{found.code.lower()}-{paper}.pdf", "application/pdf")


def _download(kept: IssuedFile, name: str, media_type: str) -> HttpResponse:
    answer = HttpResponse(kept.file.read(), content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
