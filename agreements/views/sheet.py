"""A list as a file to take along."""

from collections.abc import Iterable, Sequence

from django.http import FileResponse, Http404, HttpResponseBadRequest, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.text import slugify

from agreements.sheets import Cell, csv_lines, xlsx
from agreements.views.export import SHEET
from records.lists import Address


def as_file(title: str, form: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponseBase:
    """The rows as csv or xlsx, named after the title and the day. Raises Http404 for any other form."""
    name = f"{slugify(title)}-{timezone.localdate().isoformat()}.{form}"
    if form == "xlsx":
        return FileResponse(xlsx(title, headings, rows), as_attachment=True, filename=name, content_type=SHEET)
    if form != "csv":
        raise Http404
    response = StreamingHttpResponse(csv_lines(headings, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def refused_sheet(address: Address) -> HttpResponseBase:
    """Why nothing is exported: what the address asks for that the list does not know."""
    return HttpResponseBadRequest("\n".join(address.problems), content_type="text/plain; charset=utf-8")
