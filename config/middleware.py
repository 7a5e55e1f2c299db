"""What every request passes: a number, an end to forgotten sessions, and pages instead of bare refusals."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_cache_control

from config import errors
from records.acting import one_request, unnumbered
from records.errors import Refused

Answer = Callable[[HttpRequest], HttpResponseBase]
BEGAN, TOUCHED = "session_began", "session_touched"


def request_number(answer: Answer) -> Answer:
    """Give the request a number; it stands in its history rows, its log lines and on the page of an error.

    Not where somebody may stay anonymous (settings.UNNUMBERED).
    """

    def numbered(request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(settings.UNNUMBERED):
            with unnumbered():
                return answer(request)
        with one_request(uuid.uuid4()) as number:
            request.request_id = number  # type: ignore[attr-defined]
            response = answer(request)
        response["X-Request-Id"] = str(number)
        return response

    return numbered


def private_pages(answer: Answer) -> Answer:
    """Keep pages of signed-in people out of shared caches, and powers of the browser that we do not use closed."""

    def guarded(request: HttpRequest) -> HttpResponseBase:
        response = answer(request)
        response.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
        if not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_cache=True)
        return response

    return guarded


def session_end(answer: Answer) -> Answer:
    """End a session after SESSION_COOKIE_AGE without a request, and after SESSION_LONGEST whatever happens.

    The row is touched at most every five minutes, so that reading does not write on each request.
    """

    def ended(request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(settings.UNNUMBERED) and request.user.is_authenticated:
            _touch(request)
        return answer(request)

    return ended


def _touch(request: HttpRequest) -> None:
    now = timezone.now().timestamp()
    began = request.session.setdefault(BEGAN, now)
    if now - began > settings.SESSION_LONGEST:
        logout(request)
    elif now - request.session.get(TOUCHED, 0) > timedelta(minutes=5).total_seconds():
        request.session[TOUCHED] = now


class Refusals:
    """Turns what would be a bare or broken answer into a page with a sentence."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Refuse NUL in an address, which Postgres cannot hold; give a refused method its page."""
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return errors.page(request, 400)
        response = self.answer(request)
        if response.status_code == 405 and not getattr(response, "content", b""):
            page = errors.page(request, 405)
            page["Allow"] = response["Allow"]
            return page
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Show the sentence of a refusal that a view let through."""
        return errors.page(request, 403, exception.sentence) if isinstance(exception, Refused) else None


def too_large(answer: Answer) -> Answer:
    """Refuse a body larger than any page asks for before it is read."""

    def measured(request: HttpRequest) -> HttpResponseBase:
        length: Any = request.headers.get("content-length") or 0
        if not str(length).isdigit() or int(length) > settings.LARGEST_REQUEST:
            return errors.page(request, 413)
        return answer(request)

    return measured
