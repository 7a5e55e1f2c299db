"""The list as a file: what the filters find is what is exported."""

from datetime import datetime

from django.http import (
    FileResponse,
    Http404,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from agreements.exports import csv_lines, xlsx_file
from agreements.long_work import EXPORTED, FORMS, ask_export, is_long, wanted
from people.access import permission
from people.request import SignedInRequest
from people.roles import Permission

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@permission(Permission.EXPORT_AGREEMENTS)
@require_safe
def export(request: SignedInRequest, form: str) -> HttpResponseBase:
    """The agreements that the address asks for, as csv or xlsx. An address that is refused exports nothing.

    What takes long is asked for with a button first, since it leaves a file behind.
    """
    now, keys, problems = _asked(request, form)
    if problems:
        return _refusal(problems)
    if is_long(len(keys), EXPORTED, now):
        return render(request, "agreements/export_start.html", {"rows": len(keys), "form": form, "word": FORMS[form]})
    today = timezone.localdate(now)
    name = f"agreements-{today.isoformat()}.{form}"
    if form == "xlsx":
        return FileResponse(xlsx_file(keys, today), as_attachment=True, filename=name, content_type=SHEET)
    response = StreamingHttpResponse(csv_lines(keys, today), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@permission(Permission.EXPORT_AGREEMENTS)
@require_POST
def export_start(request: SignedInRequest, form: str) -> HttpResponseBase:
    """Let the worker write the file."""
    now, keys, problems = _asked(request, form)
    if problems:
        return _refusal(problems)
    return redirect(ask_export(form, request.GET.urlencode(), len(keys), by=request.user, now=now))


def _asked(request: SignedInRequest, form: str) -> tuple[datetime, list[int], list[str]]:
    if form not in FORMS:
        raise Http404
    now = timezone.now()
    return now, *wanted(request.user, request.GET, now)


def _refusal(problems: list[str]) -> HttpResponse:
    return HttpResponseBadRequest("\n".join(problems), content_type="text/plain; charset=utf-8")
