"""The page and the file of a list of assurance work; each list says what it holds and how it looks."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse, HttpResponseBadRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from agreements.sheets import Cell
from agreements.views.sheet import as_file
from assurance.found import find, matching
from assurance.work_sheet import HEADINGS
from people.permissions import may
from people.request import SignedInRequest
from people.roles import Permission
from records.lists import Address

Words = Callable[[str], Q]


def show(
    request: SignedInRequest, template: str, address: Address, visible: "QuerySet[Any]", words: Words, **more: Any
) -> HttpResponse:
    """What the address asks for."""
    found = find(address, visible, words(address.q))
    context = {
        "found": found,
        "address": address,
        "page": address.page(found.rows, found.count),
        "fields": address.fields(found.counts),
        "headings": address.headings(),
        "here": request.path,
        "today": timezone.localdate(),
        "may_export": may(request.user, Permission.EXPORT_AGREEMENTS),
        "may_record": may(request.user, Permission.RECORD_ASSURANCE),
        "may_read": may(request.user, Permission.READ_AGREEMENTS),
    }
    refused = bool(address.problems) and not request.htmx
    response = render(request, template, context | more, status=400 if refused else 200)
    patch_vary_headers(response, ["HX-Request"])
    return response


def take(
    form: str, title: str, address: Address, visible: "QuerySet[Any]", words: Words,
    lines: Callable[["QuerySet[Any]"], Iterable[Sequence[Cell]]], headings: Sequence[str] = HEADINGS,
) -> HttpResponseBase:  # fmt: skip
    """The same as a flat sheet. An address that is refused exports nothing."""
    if address.problems:
        return HttpResponseBadRequest("\n".join(address.problems), content_type="text/plain; charset=utf-8")
    return as_file(title, form, headings, lines(matching(address, visible, words(address.q))))
