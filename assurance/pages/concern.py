"""Concerns on pages: what whoever raised one sees of it, and what those see who handle it."""

from dataclasses import dataclass

from django.db.models import QuerySet

from assurance.models import Concern, ConcernStep
from assurance.provider.receipts import hash_of
from people.models import Agency, User


@dataclass(frozen=True)
class RaisedPage:
    """What whoever raised it sees: what happened, without names of those who handle it."""

    state: str
    steps: list[ConcernStep]


def raised_page(concern: Concern) -> RaisedPage:
    """One query."""
    return RaisedPage(concern.state, list(concern.steps.filter(shown=True).order_by("pk")))


def own_concerns(user: User) -> "QuerySet[Concern]":
    """Those that the user raised by name, the newest first."""
    return Concern.objects.raised_by_user(user).order_by("-pk")


def by_receipt(receipt: str) -> Concern | None:
    """The concern that a code opens."""
    return Concern.objects.select_related("agency").filter(receipt_hash=hash_of(receipt)).first()


def taking() -> "QuerySet[Agency]":
    """The agencies that take concerns: those of the register."""
    return Agency.objects.order_by("name")
