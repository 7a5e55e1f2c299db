"""What somebody typed before their session ended: kept on the server, shown again once they have signed in.

Kept in the browser's anonymous session for an hour, without files and passwords, and only for a browser that its signed
cookie says somebody signed in on before; shown to nobody but that person. It is shown by handing it to the page's own
form as what was typed, unsaved. Where a page has no such form, a page of our own lists it and offers to send it again.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.html import escape

from config import errors

Answer = Callable[[HttpRequest], HttpResponseBase]
Fields = dict[str, list[str]]

KEPT, DISCARD = "unsent", "discard_unsent"
UNSAID = ("seen", "once")  # what a form says to the register, not to the person
LARGEST = 1_000_000  # characters
LIFETIME = 3600  # seconds
COOKIE, COOKIE_AGE = "signed_in_before", 30 * 24 * 3600  # seconds
SENTENCE = "You were signed out before this was saved. What you typed is back in the form: check it, then save."


class SignInKeepingText(LoginRequiredMiddleware):
    """Sends people to sign in, and keeps what a form of theirs brought along."""

    def handle_no_permission(  # type: ignore[override]  # htmx follows a header, not a redirect
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponseBase:
        """The redirect to sign-in; htmx is told to move the whole page there."""
        keep(request)
        response = super().handle_no_permission(request, view_func)
        if request.headers.get("HX-Request"):
            return HttpResponse(headers={"HX-Redirect": response["Location"]})
        return response


def keep(request: HttpRequest) -> None:
    """Keep the fields of a POST, if this browser belongs to somebody and they are not too long."""
    owner = owner_of_browser(request)
    fields = typed(request)
    size = sum(len(value) for values in fields.values() for value in values)
    if owner and fields and size <= LARGEST:
        now = timezone.now().timestamp()
        request.session[KEPT] = {"path": request.get_full_path(), "fields": fields, "owner": owner, "at": now}


def typed(request: HttpRequest) -> Fields:
    """What a POST brought, without its token and without passwords."""
    if request.method != "POST":
        return {}
    secret = ("csrfmiddlewaretoken", DISCARD)
    return {
        name: [str(value) for value in values]
        for name, values in request.POST.lists()
        if name not in secret and "password" not in name.lower()
    }


def owner_of_browser(request: HttpRequest) -> str | None:
    """The key of the user who last signed in on this browser, from a cookie that only we can write."""
    found: str | None = request.get_signed_cookie(COOKIE, default=None, max_age=COOKIE_AGE)
    return found


def bring_back(answer: Answer) -> Answer:
    """Middleware: after sign-in, the first look at the page shows what was typed there."""

    def brought(request: HttpRequest) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return answer(request)
        response = _answer_with_text(answer, request) if KEPT in request.session else answer(request)
        return remember_owner(request, response)

    return brought


def remember_owner(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Write down, in the browser, who signed in on it."""
    key = str(request.user.pk)
    if request.user.is_authenticated and owner_of_browser(request) != key:
        response.set_signed_cookie(
            COOKIE, key, max_age=COOKIE_AGE, httponly=True, samesite="Lax", secure=request.is_secure()
        )
    return response


def _answer_with_text(answer: Answer, request: HttpRequest) -> HttpResponseBase:
    kept = request.session[KEPT]
    too_old = timezone.now().timestamp() - kept["at"] > LIFETIME
    if too_old or kept["owner"] != str(request.user.pk):
        del request.session[KEPT]
    elif kept["path"] == request.get_full_path():
        if request.method == "POST":
            del request.session[KEPT]
            return HttpResponseRedirect(kept["path"]) if DISCARD in request.POST else answer(request)
        if request.method == "GET":
            return _page_with_text(answer, request, kept["fields"])
    return answer(request)


def _page_with_text(answer: Answer, request: HttpRequest, fields: Fields) -> HttpResponseBase:
    """The page's own form with the text in it; or, when the text is not to be seen there, our page."""
    data = QueryDict(mutable=True)
    for name, values in fields.items():
        data.setlist(name, values)
    # A form bound to request.POST shows it; being a GET, nothing is saved.
    request.POST = data  # type: ignore[assignment]
    messages.warning(request, SENTENCE)
    response = answer(request)
    return response if shows(response, fields) else resend_page(request, fields, status=200)


def shows(response: HttpResponseBase, fields: Fields) -> bool:
    """Whether every longer text stands in the page."""
    if response.status_code != 200 or not isinstance(response, HttpResponse):
        return False
    content = response.content.decode().replace("\r", "")
    longer = [value for values in fields.values() for value in values if len(value.strip()) > 3]
    return bool(longer) and all(escape(value.strip()).replace("\r", "") in content for value in longer)


def resend_page(request: HttpRequest, fields: Fields, *, status: int) -> HttpResponse:
    """A page that lists what was typed and sends it again."""
    shown = [
        (name.replace("-", " ").replace("_", " ").capitalize(), value)
        for name, values in fields.items()
        for value in values
        if value.strip() and name not in UNSAID
    ]
    hidden = [(name, value) for name, values in fields.items() for value in values]
    return render(request, "errors/unsent.html", {"shown": shown, "hidden": hidden, "discard": DISCARD}, status=status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """A form whose token is out of date, as after signing in again in another tab.

    What came from our own pages is shown with a new token; what came from elsewhere is refused and not repeated.
    On a page that is open to everybody nothing of it is kept: who raises a concern there may want to stay unknown.
    """
    fields = typed(request)
    ours = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    if not ours or not fields:
        return errors.page(
            request, 403, "The form was out of date. Go back, load the page again, and send it once more."
        )
    if request.user.is_authenticated or _opens_to_all(request):
        return resend_page(request, fields, status=403)
    keep(request)
    return SignInKeepingText(lambda _: HttpResponse()).handle_no_permission(request, csrf_failure)


def _opens_to_all(request: HttpRequest) -> bool:
    found = request.resolver_match
    return found is not None and getattr(found.func, "permission", "") == "public"
