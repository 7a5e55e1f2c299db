"""The appendix of the annual report: as a page, a PDF that is kept, and a sheet."""

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from agreements.sheets import xlsx
from agreements.views.export import SHEET
from assurance.pdf.aisa_appendix import HEADINGS, issue_appendix, issued_appendices, reports_in, sheet_rows
from assurance.years import begins, called, ends, is_known
from people.access import permission
from people.permissions import may
from people.request import SignedInRequest
from people.roles import Permission
from records.models import IssuedFile


@require_safe
@permission(Permission.READ_AGREEMENTS)
def aisa_appendix(request: SignedInRequest, year: int) -> HttpResponse:
    """What the agency says of a year: every agreement that it reports on, and the copies issued."""
    _check(year)
    context = {
        "reports": reports_in(request.user.agency, year),
        "year": year,
        "called": called(year),
        "first": begins(year),
        "last": ends(year),
        "copies": issued_appendices(request.user.agency, year),
        "may_export": may(request.user, Permission.EXPORT_AGREEMENTS),
    }
    return render(request, "assurance/aisa_appendix.html", context)


@require_safe
@permission(Permission.EXPORT_AGREEMENTS)
def aisa_sheet(request: SignedInRequest, year: int) -> HttpResponseBase:
    """The same as an Excel file, one line for each text and figure."""
    _check(year)
    file = xlsx(called(year).replace("/", "-"), HEADINGS, sheet_rows(reports_in(request.user.agency, year)))
    return FileResponse(file, as_attachment=True, filename=f"aisa-reports-{year}.xlsx", content_type=SHEET)


@require_POST
@permission(Permission.EXPORT_AGREEMENTS)
def aisa_pdf(request: SignedInRequest, year: int) -> HttpResponse:
    """Issue the PDF as it stands now and download it; unchanged since the last issue, the same bytes again."""
    _check(year)
    return _download(issue_appendix(year=year, by=request.user, now=timezone.now()))


@require_safe
@permission(Permission.EXPORT_AGREEMENTS)
def aisa_copy(request: SignedInRequest, pk: int) -> HttpResponse:
    """The bytes of a kept copy."""
    return _download(get_object_or_404(issued_appendices(request.user.agency), pk=pk))


def _check(year: int) -> None:
    if not is_known(year, timezone.localdate()):
        raise Http404("There is no report of this year")


def _download(copy: IssuedFile) -> HttpResponse:
    answer = HttpResponse(copy.file.read(), content_type=copy.file.sniffed_type)
    year = copy.subject.rpartition(" ")[2]
    answer["Content-Disposition"] = f'attachment; filename="aisa-reports-{year}.pdf"'
    return answer
