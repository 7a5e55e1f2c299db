"""The pages for when something is refused, missing or broken: a plain sentence, and what to do next."""

import sys

import psycopg
from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from config.context_processors import Frame
from people.access import open_to_all_signed_in
from people.labels import role_in_text
from people.models import User
from people.roles import Role
from records.errors import Refused

PAGES = {
    400: (
        "The register cannot read that request",
        "Something in the address or in what was sent is not as a browser would send it. Go back and try again.",
    ),
    403: (
        "This is not open to you",
        "Your roles do not allow it, or not at this stage. If they should, ask your agency’s {administrator}.",
    ),
    404: (
        "There is nothing here for you",
        "The address may be mistyped, or the record may belong to another agency. Search the register for it.",
    ),
    405: (
        "This address only takes what a form sends",
        "It cannot be opened by itself. Nothing was changed. Go back and use the button on the page.",
    ),
    413: (
        "That is more than the register takes at once",
        "Nothing was saved. A spreadsheet may be 25 MB; the text of one form 5 MB. Go back, and send it in parts.",
    ),
    500: (
        "Something went wrong on our side",
        "What you sent was not half saved. Try once more; if it happens again, tell your support and quote the number.",
    ),
    503: (
        "The register cannot reach its records just now",
        "Nothing was half saved. Wait a minute, then go back and send it again: the page still holds what you typed.",
    ),
}


def page(request: HttpRequest, status: int, sentence: str = "") -> HttpResponse:
    """The page for a status; ``sentence`` replaces the usual explanation."""
    heading, usual = PAGES[status]
    said = sentence or usual.format(administrator=_administrator(request))
    return render(request, "errors/page.html", {"heading": heading, "sentence": said}, status=status)


def _administrator(request: HttpRequest) -> str:
    """What the agency of the person on this page calls its administrators."""
    user = getattr(request, "user", None)
    if isinstance(user, User) and user.person:
        return role_in_text(user.agency, Role.ADMINISTRATOR)
    return Role.ADMINISTRATOR.label.lower()


def page_without_database(request: HttpRequest, status: int) -> HttpResponse:
    """The same page when the database may be what is broken: nobody is signed in on it and it asks nothing."""
    heading, sentence = PAGES[status]
    frame = Frame(settings.REGISTER_NAME, None, "", demo=False, menu=(), search_url="")
    number = getattr(request, "request_id", "")
    context = {"heading": heading, "sentence": sentence, "number": number, "frame": frame}
    return HttpResponse(render_to_string("errors/page.html", context), status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, and 413 for what is too large."""
    too_large = isinstance(exception, RequestDataTooBig | TooManyFieldsSent)
    return page(request, 413 if too_large else 400)


def not_open(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403, with the sentence of the refusal where there is one."""
    cause = exception.__cause__
    return page(request, 403, cause.sentence if isinstance(cause, Refused) else "")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, and 503 while the database cannot be reached."""
    return page_without_database(request, 503 if lost_database(sys.exc_info()[1]) else 500)


def lost_database(error: BaseException | None) -> bool:
    """Whether an error, or what caused it, is a lost or refused connection rather than a refused statement."""
    while error is not None:
        if isinstance(error, psycopg.OperationalError | psycopg.InterfaceError):
            state = error.sqlstate or "08"
            return state.startswith(("08", "53", "57P"))
        error = error.__cause__ or error.__context__
    return False


@open_to_all_signed_in
def closed(request: HttpRequest) -> HttpResponse:
    """An address of a library that this register does not open."""
    raise Http404(f"{request.path} is closed")
