"""The mailed link with which a provider answers: signed, for a while, and for one request only (docs/adr/10)."""

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.urls import reverse

from assurance.models import OPENS_FOR, ProviderRequest

SALT = "assurance.provider"


@dataclass(frozen=True)
class ProviderLink:
    """What a link leads to: a request, or a word that says why it does not open.

    ``broken``: never ours, or cut short. ``expired``: older than it opens. ``replaced``: a newer one was sent, or
    somebody reported that it reached them by mistake. ``withdrawn``: the agency asks no more.
    """

    request: ProviderRequest | None = None
    problem: str = ""


def token_of(request: ProviderRequest) -> str:
    """What stands in the newest link of a request."""
    return signing.dumps([request.code, request.version], salt=SALT, compress=True)


def address_of(request: ProviderRequest) -> str:
    """The whole link, for a mail."""
    return settings.PUBLIC_ADDRESS.rstrip("/") + reverse("provider", args=[token_of(request)])


def follow(token: str) -> ProviderLink:
    """Where a link leads now. No query for what is not ours, one else."""
    try:
        code, version = signing.loads(token, salt=SALT, max_age=OPENS_FOR)
    except signing.SignatureExpired:
        return ProviderLink(problem="expired")
    except (signing.BadSignature, ValueError, TypeError):
        return ProviderLink(problem="broken")
    rows = ProviderRequest.objects.select_related("organisation", "agency", "asked_by__person")
    found = rows.filter(code=code).first()
    if found is None:
        return ProviderLink(problem="broken")
    if found.version != version:
        return ProviderLink(problem="replaced")
    return ProviderLink(problem="withdrawn") if found.withdrawn_at else ProviderLink(found)
