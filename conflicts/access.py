"""Let the declarant whom a mailed link led here into the pages of that one declaration, and no further."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone

from conflicts.links import Link, standing
from conflicts.models import Invitation
from people.models import User
from people.sign_in.backend import user_now

View = Callable[..., HttpResponseBase]
KEY = "answering"  # in the session: the invitation's code, its version, and until when (seconds)
LASTS = 2 * 3600  # seconds from the moment they said who they are


def remember(request: HttpRequest, invitation: Invitation) -> None:
    """Note that this browser answers the invitation for a while. It signs nobody in."""
    request.session.cycle_key()
    request.session[KEY] = [invitation.code, invitation.version, timezone.now().timestamp() + LASTS]


def answering(request: HttpRequest) -> Link | None:
    """Where the invitation that this browser answers stands now; None where it answers none. At most one query."""
    code, version, until = request.session.get(KEY, ("", 0, 0.0))
    return standing(code, version) if code and timezone.now().timestamp() < until else None


def by_link(view: View) -> View:
    """The view opens to those signed in and, for its ``code`` alone, to whom the mailed link led to it.

    Somebody who came by the link holds no role here, whatever they hold once they sign in.
    """

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        link = answering(request)
        if link is None:
            return redirect_to_login(request.get_full_path())
        if link.invitation is None or link.invitation.state == "returned":
            return redirect("conflicts:answered")
        user = _declarant(link.invitation, str(kwargs.get("code", "")))
        if user is None:
            return redirect_to_login(request.get_full_path())
        request.user, request.by_link = user, link.invitation  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)

    opened.login_required = False  # type: ignore[attr-defined]  # asked for above
    return opened


def _declarant(invitation: Invitation, code: str) -> User | None:
    """The declarant, where this is their draft of this round."""
    if invitation.declaration is None or invitation.declaration.code != code:
        return None
    found = User.objects.filter(person=invitation.person_id).values_list("pk", flat=True).first()
    user = user_now(found) if found else None
    if user:
        user.roles = frozenset()
    return user


def opened_by_link(patterns: list[URLPattern]) -> list[URLPattern]:
    """The same addresses, each of them ``by_link``: every one names the declaration by its ``code``."""
    return [path(str(each.pattern), by_link(each.callback), name=each.name) for each in patterns]
