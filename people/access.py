"""Who may open a view, named by a decorator that the permission matrix reads."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from people.permissions import may
from people.roles import Permission

View = Callable[..., HttpResponseBase]


def permission(needed: Permission) -> Callable[[View], View]:
    """The view opens to those whose roles hold ``needed``; others are refused with 403."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not may(request.user, needed):  # type: ignore[arg-type]
                raise PermissionDenied(needed)
            return view(request, *args, **kwargs)

        guarded.permission = needed  # type: ignore[attr-defined]
        return guarded

    return decorate


def open_to_all_signed_in(view: View) -> View:
    """The view opens to everyone who is signed in; what it shows depends on who they are."""
    view.permission = "signed in"  # type: ignore[attr-defined]
    return view


def public(view: View) -> View:
    """The view opens to everyone, signed in or not."""
    open_view = login_not_required(view)
    open_view.permission = "public"  # type: ignore[attr-defined]
    return open_view
