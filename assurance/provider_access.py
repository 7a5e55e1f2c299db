"""Let whoever holds a provider's link into the pages of that one request, and no further. Nobody is signed in by it."""

from collections import deque
from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from secrets import token_bytes
from time import monotonic
from typing import Any, Concatenate

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from assurance.models import ProviderRequest
from assurance.pages.provider import receipt_page
from assurance.provider_links import follow
from people.access import public
from people.sign_in.locked import address_of

MOST, WITHIN = 120, 60.0  # openings from one network address, in so many seconds: a whole office may share one
_SALT = token_bytes(32)
_seen: deque[tuple[float, bytes]] = deque()

View = Callable[Concatenate[HttpRequest, ProviderRequest, str, ...], HttpResponse]


def with_provider_link(view: View) -> Callable[..., HttpResponseBase]:
    """The view gets the request that the ``token`` in its address leads to, while that can be answered.

    Who guesses too often waits, whatever is guessed. Once answered, each of these addresses shows the receipt alone.
    Who is signed in here answers for nobody: what is kept as a provider's word none of the agency's people wrote.
    """

    @wraps(view)
    def opened(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
        if too_many(address_of(request)):
            return render(request, "assurance/provider/later.html", status=429)
        link = follow(token)
        if link.request is None:
            status = 404 if link.problem == "broken" else 410
            return render(request, "assurance/provider/closed.html", {"problem": link.problem}, status=status)
        if link.request.submitted_at:
            return render(request, "assurance/provider/receipt.html", receipt_page(link.request))
        if request.method == "POST" and request.user.is_authenticated:
            return render(request, "assurance/provider/signed_in.html", {"asking": link.request}, status=403)
        return view(request, link.request, token, **kwargs)

    return public(never_cache(opened))


def too_many(address: str | None) -> bool:
    """Count this opening in the memory of the process, by a hash; whether there were too many within a minute."""
    now = monotonic()
    while _seen and _seen[0][0] < now - WITHIN:
        _seen.popleft()
    who = sha256(_SALT + str(address).encode()).digest()
    _seen.append((now, who))
    return sum(one == who for _, one in _seen) > MOST


def forget() -> None:
    """Begin anew: for tests."""
    _seen.clear()
