"""Reads one provider of single sign-on from OIDC_PROVIDERS."""

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

NEEDED = ("id", "name", "issuer", "client_id", "client_secret")


def oidc_app(**given: str) -> dict[str, Any]:
    """The provider as django-allauth wants it; raises ImproperlyConfigured naming what is missing or unknown."""
    missing = [name for name in NEEDED if not given.get(name)]
    unknown = sorted(given.keys() - {*NEEDED, "agency"})
    if missing or unknown:
        raise ImproperlyConfigured(
            f"OIDC_PROVIDERS: a provider has the keys {', '.join(NEEDED)} and may have agency. "
            f"Missing: {', '.join(missing) or 'none'}. Unknown: {', '.join(unknown) or 'none'}."
        )
    settings = {"server_url": given["issuer"], "oauth_pkce_enabled": True, "agency": given.get("agency", "")}
    return {
        "provider_id": given["id"],
        "name": given["name"],
        "client_id": given["client_id"],
        "secret": given["client_secret"],
        "settings": settings,
    }


def origin(issuer: str) -> str:
    """Scheme and host of an issuer, to which the sign-in form may lead (Content-Security-Policy)."""
    parts = urlsplit(issuer)
    return f"{parts.scheme}://{parts.netloc}"
