"""Import a list of staff: upload, see what it would change, then do exactly that."""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people import worker
from people.access import permission
from people.actions.staff import import_staff, keep_list
from people.actions.work import ask_work
from people.forms.staff import StaffForm
from people.request import SignedInRequest, posted
from people.roles import Permission
from people.staff.changes import changes_of
from people.staff.rows import COLUMNS, MOST_PEOPLE, rows_of
from people.staff.work import LONG, stored
from records.errors import Refused
from records.once import once
from records.refusals import attempt

SALT, SHOWN = "people.staff", 50  # rows of each kind on the page


@require_http_methods(["GET", "POST"])
@permission(Permission.MANAGE_PEOPLE)
def staff_import(request: SignedInRequest) -> HttpResponse:
    """Take a file, and say what is wrong with it or what it would change. Writes nothing about anybody."""
    form = StaffForm(posted(request), request.FILES or None)
    if form.is_valid():
        shown = attempt(form, _look, request=request, content=form.cleaned_data["file"])
        if shown:
            return render(request, "people/staff_check.html", shown)
    context = {"form": form, "columns": [words[0] for words in COLUMNS.values()], "most": MOST_PEOPLE}
    return render(request, "people/staff.html", context)


def _look(*, request: SignedInRequest, content: bytes) -> dict[str, Any]:
    changes = changes_of(rows_of(content), request.user.agency, timezone.localdate())
    wrong, ticket = changes.problems, ""
    if not wrong:
        given = {"file": keep_list(content=content, by=request.user).pk, "seen": changes.digest, "by": request.user.pk}
        ticket = signing.dumps(given, salt=SALT)
    return {
        "changes": changes,
        "wrong": wrong[:SHOWN],
        "new": changes.new[:SHOWN],
        "changed": changes.changed[:SHOWN],
        "shown": SHOWN,
        "ticket": ticket,
    }


@require_POST
@permission(Permission.MANAGE_PEOPLE)
@once
def staff_run(request: SignedInRequest) -> HttpResponse:
    """Do what was shown: at once, or by the worker where it is long."""
    given = _ticket(request)
    if given.get("by") != request.user.pk:
        messages.error(request, "Upload the file again: what was shown is no longer at hand.")
        return redirect("people:staff_import")
    content, now = stored(given["file"]), timezone.now()
    people = content.count(b"\n")
    if people > LONG and worker.is_here(now):
        asked = {"file": str(given["file"]), "seen": given["seen"]}
        about = f"List of about {people:,} staff"
        return redirect(ask_work(kind="staff", about=about, given=asked, total=people, by=request.user, now=now))
    return _run(request, content, given["seen"])


def _ticket(request: SignedInRequest) -> dict[str, Any]:
    """What the page that showed the changes gave along; nothing where it is older than a day, or not ours."""
    try:
        found: dict[str, Any] = signing.loads(request.POST.get("ticket", ""), salt=SALT, max_age=24 * 3600)
    except signing.BadSignature:
        return {}
    return found


def _run(request: SignedInRequest, content: bytes, seen: str) -> HttpResponse:
    agency, today = request.user.agency, timezone.localdate()
    try:
        done = import_staff(agency=agency, content=content, seen=seen, on=today, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("people:staff_import")
    messages.success(request, f"{len(done.new):,} people are added, {len(done.changed):,} changed.")
    return redirect("people:people")


@require_safe
@permission(Permission.MANAGE_PEOPLE)
def staff_example(request: SignedInRequest) -> HttpResponse:
    """An empty list with the headings and one invented person."""
    headings = ",".join(words[0] for words in COLUMNS.values())
    line = "Ana Example,ana@example.govt.nz,Housing,Services,Adviser,,Staff,no,1 July 2025"
    response = HttpResponse(f"\ufeff{headings}\r\n{line}\r\n", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="staff.csv"'
    return response
