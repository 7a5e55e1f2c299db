"""The mailed link with which somebody answers a round: signed, for a while, and for one invitation only."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse

from conflicts.models import Invitation

SALT = "conflicts.invitation"
OPENS_FOR = timedelta(days=60)  # from the mail that carries it; each reminder carries a new one


@dataclass(frozen=True)
class Link:
    """What a link leads to: an invitation, or a word that says why it does not open.

    ``broken``: never ours, or cut short. ``expired``: older than it opens. ``replaced``: a newer one was sent, or
    somebody reported that it reached them by mistake. ``closed``: the round is over. ``left``: nothing is asked.
    """

    invitation: Invitation | None = None
    problem: str = ""


def token_of(code: str, version: int) -> str:
    """What stands in the link of an invitation of that version."""
    return signing.dumps([code, version], salt=SALT, compress=True)


def address_of(code: str, version: int) -> str:
    """The whole link, for a mail."""
    return settings.PUBLIC_ADDRESS.rstrip("/") + reverse("conflicts:answer", args=[token_of(code, version)])


def follow(token: str) -> Link:
    """Where a link leads now."""
    try:
        code, version = signing.loads(token, salt=SALT, max_age=OPENS_FOR)
    except signing.SignatureExpired:
        return Link(problem="expired")
    except (signing.BadSignature, ValueError, TypeError):
        return Link(problem="broken")
    return standing(code, version)


def standing(code: str, version: int) -> Link:
    """Where an invitation of that version stands now. A returned one still shows that it was answered. One query."""
    rows = Invitation.objects.select_related("round", "person__agency", "declaration")
    found = rows.filter(code=code).first()
    if found is None:
        return Link(problem="broken")
    if found.state == "returned":
        return Link(found)
    if found.version != version:
        return Link(problem="replaced")
    if not found.round.running:
        return Link(problem="closed")
    return Link(found) if found.is_open else Link(problem="left")
