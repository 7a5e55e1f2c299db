"""The list as a file: what the filters find is what is exported."""

from django.http import FileResponse, Http404, HttpResponseBadRequest, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from agreements import filters
from agreements.exports import csv_lines, keys_of, xlsx_file
from agreements.lists import matching
from agreements.models import Agreement
from agreements.search import search
from people.access import permission
from people.request import SignedInRequest
from people.roles import Permission

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@permission(Permission.EXPORT_AGREEMENTS)
@require_safe
def export(request: SignedInRequest, form: str) -> HttpResponseBase:
    """The agreements that the address asks for, as csv or xlsx. An address that is refused exports nothing."""
    if form not in {"csv", "xlsx"}:
        raise Http404
    today, visible = timezone.localdate(), Agreement.objects.visible_to(request.user)
    address = filters.read(request.user, today, request.GET)
    if address.problems:
        return HttpResponseBadRequest("\n".join(address.problems), content_type="text/plain; charset=utf-8")
    keys = keys_of(matching(address, search(address.q, visible, request.user.agency), visible))
    name = f"agreements-{today.isoformat()}.{form}"
    if form == "xlsx":
        return FileResponse(xlsx_file(keys, today), as_attachment=True, filename=name, content_type=SHEET)
    response = StreamingHttpResponse(csv_lines(keys, today), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
