"""What somebody reads after too many wrong passwords, counted in the database by django-axes."""

from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def locked_page(request: HttpRequest, *_: Any, **__: Any) -> HttpResponse:
    """429, with how long it lasts and what works meanwhile."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    return render(request, "account/lockout.html", {"minutes": minutes}, status=429)


def typed_address(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The e-mail address as it was typed, in small letters, so that capitals start no new count."""
    said = credentials or {}
    found = said.get("email") or said.get("username") or request.POST.get("login", "")
    return str(found).strip().lower()


def address_of(request: HttpRequest) -> str | None:
    """The network address of the browser, behind a proxy the one that the proxy saw; none outside a real request."""
    if "REMOTE_ADDR" not in request.META:
        return None
    found: str = get_adapter(request).get_client_ip(request)
    return found
