"""The page of a list, whatever it holds."""

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Page
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from people.request import SignedInRequest
from records.lists import Address, Counts


def show_list(
    request: SignedInRequest, template: str, address: Address, page: "Page[Any]", more: Mapping[str, Any],
    *, counts: Counts | None = None,
) -> HttpResponse:  # fmt: skip
    """A page of the list as its address asks for it, for a template that extends layouts/list.html.

    An address that is refused says 400, but not to htmx, which swaps nothing in from such an answer.
    """
    context = {"address": address, "page": page, "fields": address.fields(counts or {})}
    context |= {"headings": address.headings(), **more}
    refused = bool(address.problems) and not request.htmx
    response = render(request, template, context, status=400 if refused else 200)
    patch_vary_headers(response, ["HX-Request"])
    return response
