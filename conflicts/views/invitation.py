"""The people of a round: who answered and who did not, the same as a sheet, and what is done about one person."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agreements.views.listing import show_list
from agreements.views.sheet import as_file
from conflicts.actions.invitation import excuse, extend, send_again
from conflicts.forms.round import ExcuseForm, ExtendForm
from conflicts.lists.round import HEADINGS, find, matching, read, sheet_rows
from conflicts.models import Invitation
from conflicts.views.round import round_or_404
from people.access import permission
from people.models import User
from people.request import SignedInRequest
from people.roles import Permission
from records.errors import Refused
from records.refusals import attempt


@require_safe
@permission(Permission.RUN_ROUNDS)
def round_people(request: SignedInRequest, pk: int) -> HttpResponse:
    """Everybody whom the round asks, as the address narrows it."""
    round_, today = round_or_404(request.user, pk), timezone.localdate()
    found = find(read(round_, today, request.GET), round_)
    page = found.address.page(found.rows, found.count)
    rows = [(row, row.is_late(today)) for row in page]
    return show_list(request, "conflicts/round_people.html", found.address, page, {"round": round_, "rows": rows})


@require_safe
@permission(Permission.RUN_ROUNDS)
def round_sheet(request: SignedInRequest, pk: int, form: str) -> HttpResponseBase:
    """The same people as csv or xlsx: who answered, never what."""
    round_, today = round_or_404(request.user, pk), timezone.localdate()
    address = read(round_, today, request.GET)
    if address.problems:
        raise Http404
    return as_file(f"Round {round_.pk}", form, HEADINGS, sheet_rows(matching(address, round_), today))


@require_http_methods(["GET", "POST"])
@permission(Permission.RUN_ROUNDS)
def invitation(request: SignedInRequest, code: str) -> HttpResponse:
    """One person in a round: give longer, excuse, send the link again. Each form says what it does."""
    found, today = invitation_or_404(request.user, code), timezone.localdate()
    act = request.POST.get("act", "")
    forms: dict[str, Any] = {
        "extend": ExtendForm(request.POST if act == "extend" else None, prefix="extend"),
        "excuse": ExcuseForm(request.POST if act == "excuse" else None, prefix="excuse"),
    }
    done = _do(request, found, act, forms)
    if done:
        messages.success(request, done)
        return redirect("conflicts:round_people", pk=found.round_id)
    context = {"invitation": found, "round": found.round, "late": found.is_late(today), **forms}
    return render(request, "conflicts/invitation.html", context)


def _do(request: SignedInRequest, found: Invitation, act: str, forms: dict[str, Any]) -> str:
    now, by, form = timezone.now(), request.user, forms.get(act)
    if act == "send":
        try:
            send_again(invitation=found, by=by, now=now)
        except Refused as refused:
            messages.error(request, str(refused))
            return ""
        return f"A new link goes to {found.person.email}. Earlier ones open no more."
    if form is None or not form.is_valid():
        return ""
    if act == "extend":
        given = {"to": form.cleaned_data["to"], "reason": form.cleaned_data["reason"], "now": now}
        return (
            f"{found.person} has longer, and a new link."
            if attempt(form, extend, invitation=found, by=by, **given)
            else ""
        )
    reason = form.cleaned_data["reason"]
    given = {"reason": reason, "now": now}
    return f"{found.person} is excused." if attempt(form, excuse, invitation=found, by=by, **given) else ""


def invitation_or_404(user: User, code: str) -> Invitation:
    """An invitation in a round of the user's agency. Http404."""
    rows = Invitation.objects.visible_to(user).select_related(
        "person", "unit", "manager", "round", "extended_by__person"
    )
    found: Invitation = get_object_or_404(rows, code=code)
    return found
