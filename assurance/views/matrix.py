"""Requirement by agreement, over the whole register, and the same as a sheet."""

from django.http import HttpResponse, HttpResponseBadRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from agreements.lists import find
from agreements.models import Agreement, SavedView
from agreements.sheets import csv_lines, xlsx
from assurance.pages.matrix import chosen, counted_among, headings, matrix, questions, read, sheet_rows, standards
from people.access import permission
from people.permissions import may
from people.request import SignedInRequest
from people.roles import Permission

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@permission(Permission.READ_AGREEMENTS)
def conformance_matrix(request: SignedInRequest) -> HttpResponse:
    """The list as its address asks for it, with a column for each requirement."""
    today = timezone.localdate()
    page = matrix(request.user, today, request.GET)
    views = SavedView.objects.visible_to(request.user).filter(list_name="conformance").order_by("name")
    context = {
        "matrix": page,
        "found": page.found,
        "address": page.address,
        "page": page.page,
        "fields": page.address.fields(page.found.counts),
        "views": list(views),
        "standards": [(one, page.address.query(standard=one.id)) for one in standards(today)],
        "questions": questions(today),
        "may_export": may(request.user, Permission.EXPORT_AGREEMENTS),
    }
    # htmx swaps nothing in from an answer that says 400.
    refused = bool(page.address.problems) and not request.htmx
    response = render(request, "assurance/matrix.html", context, status=400 if refused else 200)
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
@permission(Permission.EXPORT_AGREEMENTS)
def conformance_csv(request: SignedInRequest) -> HttpResponseBase:
    """What the address finds, as CSV. An address that is refused exports nothing."""
    return _sheet(request, "csv")


@require_safe
@permission(Permission.EXPORT_AGREEMENTS)
def conformance_xlsx(request: SignedInRequest) -> HttpResponseBase:
    """The same as an Excel file."""
    return _sheet(request, "xlsx")


def _sheet(request: SignedInRequest, form: str) -> HttpResponseBase:
    today = timezone.localdate()
    address = read(request.user, today, request.GET)
    visible = counted_among(address, Agreement.objects.visible_to(request.user))
    if address.problems:
        return HttpResponseBadRequest("\n".join(address.problems), content_type="text/plain; charset=utf-8")
    standard = chosen(address, today)
    rows = sheet_rows(find(address, visible, request.user.agency).rows, standard, today)
    name = f"conformance-{standard.id}-{today.isoformat()}.{form}"
    response: HttpResponseBase
    if form == "xlsx":
        with xlsx("Conformance", headings(standard), rows) as file:  # a line of marks is short: the whole is small
            response = HttpResponse(file.read(), content_type=SHEET)
    else:
        response = StreamingHttpResponse(csv_lines(headings(standard), rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
