"""The page and the file of a list of assurance work; each list says what it holds and how it looks."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.utils import timezone

from agreements.models import SavedView
from agreements.sheets import Cell
from agreements.views.listing import show_list
from agreements.views.sheet import as_file, refused_sheet
from assurance.found import find, matching
from assurance.work_sheet import HEADINGS
from people.permissions import may
from people.request import SignedInRequest
from people.roles import Permission
from records.lists import Address

Words = Callable[[str], Q]


def show(
    request: SignedInRequest, template: str, address: Address, visible: "QuerySet[Any]", words: Words, *,
    place: str = "", **more: Any,
) -> HttpResponse:  # fmt: skip
    """What the address asks for, with the views that this person keeps of ``place``, where that list keeps any."""
    found = find(address, visible, words(address.q))
    context = {
        "found": found,
        "place": place,
        "views": list(SavedView.objects.visible_to(request.user).of_list(place)) if place else (),
        "today": timezone.localdate(),
        "may_export": may(request.user, Permission.EXPORT_AGREEMENTS),
        "may_record": may(request.user, Permission.RECORD_ASSURANCE),
        "may_read": may(request.user, Permission.READ_AGREEMENTS),
    }
    page = address.page(found.rows, found.count)
    return show_list(request, template, address, page, context | more, counts=found.counts)


def take(
    form: str, title: str, address: Address, visible: "QuerySet[Any]", words: Words,
    lines: Callable[["QuerySet[Any]"], Iterable[Sequence[Cell]]], headings: Sequence[str] = HEADINGS,
) -> HttpResponseBase:  # fmt: skip
    """The same as a flat sheet. An address that is refused exports nothing."""
    if address.problems:
        return refused_sheet(address)
    return as_file(title, form, headings, lines(matching(address, visible, words(address.q))))
