"""Let whoever holds a provider's link into the pages of that one request, and no further. Nobody is signed in by it."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from assurance.models import ProviderRequest
from assurance.pages.provider import receipt_page
from assurance.provider.links import follow
from people.access import public
from people.limit import Limit
from people.sign_in.locked import address_of

OPENINGS = Limit("provider link", most=120, within=60.0)  # a whole office may share one network address

View = Callable[Concatenate[HttpRequest, ProviderRequest, str, ...], HttpResponse]


def with_provider_link(view: View) -> Callable[..., HttpResponseBase]:
    """The view gets the request that the ``token`` in its address leads to, while that can be answered.

    Who guesses too often waits, whatever is guessed. Once answered, each of these addresses shows the receipt alone.
    Who is signed in here answers for nobody: what is kept as a provider's word none of the agency's people wrote.
    """

    def answering(request: HttpRequest, asking: ProviderRequest, token: str, **kwargs: Any) -> HttpResponse:
        if asking.submitted_at:
            return _receipt(request, asking, token)
        if request.method == "POST" and request.user.is_authenticated:
            return render(request, "assurance/provider/signed_in.html", {"asking": asking}, status=403)
        return view(request, asking, token, **kwargs)

    return _opened(wraps(view)(answering))


def with_provider_receipt(view: View) -> Callable[..., HttpResponseBase]:
    """The same once it was answered, for what is done with the receipt; before, the address does not open."""

    def answered(request: HttpRequest, asking: ProviderRequest, token: str, **kwargs: Any) -> HttpResponse:
        if not asking.submitted_at:
            return render(request, "assurance/provider/closed.html", {"problem": "broken"}, status=404)
        return view(request, asking, token, **kwargs)

    return _opened(wraps(view)(answered))


def _opened(view: View) -> Callable[..., HttpResponseBase]:
    @wraps(view)
    def opened(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
        if OPENINGS.too_many(address_of(request)):
            return render(request, "assurance/provider/later.html", status=429)
        link = follow(token)
        if link.request is None:
            status = 404 if link.problem == "broken" else 410
            return render(request, "assurance/provider/closed.html", {"problem": link.problem}, status=status)
        return view(request, link.request, token, **kwargs)

    return public(never_cache(opened))


def _receipt(request: HttpRequest, asking: ProviderRequest, token: str) -> HttpResponse:
    return render(request, "assurance/provider/receipt.html", receipt_page(asking) | {"token": token})
