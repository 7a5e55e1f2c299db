"""Requirement by agreement, over the whole register, and the same as a sheet."""

from django.http import HttpResponse, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from agreements.lists.agreement import find
from agreements.models import Agreement, SavedView
from agreements.views.listing import show_list
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
        "views": list(views),
        "standards": [(one, page.address.query(standard=one.id)) for one in standards(today)],
        "questions": questions(today),
        "may_export": may(request.user, Permission.EXPORT_AGREEMENTS),
    }
    return show_list(request, "assurance/matrix.html", page.address, page.page, context, counts=page.found.counts)


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
