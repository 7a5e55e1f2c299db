"""Requirement by agreement, over the whole register, and the same as a sheet."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from agreements.lists import find
from agreements.models import Agreement, SavedView
from agreements.views.sheet import as_file, refused_sheet
from assurance.pages.matrix import chosen, counted_among, headings, matrix, questions, read, sheet_rows, standards
from people.access import permission
from people.permissions import may
from people.request import SignedInRequest
from people.roles import Permission


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
def conformance_sheet(request: SignedInRequest, form: str) -> HttpResponseBase:
    """What the address finds, as csv or xlsx. An address that is refused exports nothing."""
    today = timezone.localdate()
    address = read(request.user, today, request.GET)
    visible = counted_among(address, Agreement.objects.visible_to(request.user))
    if address.problems:
        return refused_sheet(address)
    standard = chosen(address, today)
    rows = sheet_rows(find(address, visible, request.user.agency).rows, standard, today)
    return as_file(f"Conformance {standard.id}", form, headings(standard), rows)
