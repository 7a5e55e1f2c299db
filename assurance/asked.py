"""What waits for a person besides agreements: declarations of interests, and their own list of what is due."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject

from conflicts.choices import BEING_WRITTEN, WAITING, DeclarationStatus
from conflicts.models import Declaration, Invitation
from people.models import Notice, Person, User


@dataclass(frozen=True)
class RoundToAnswer:
    """A round that asks the person, by the code of their invitation."""

    code: str
    title: str
    due_on: date


@dataclass(frozen=True)
class Asked:
    """Rounds to answer, how many of others' declarations wait, and how long the list of what is due is."""

    rounds: list[RoundToAnswer]
    decide: int
    approve: int
    acknowledge: int
    fill_in: int
    due: int

    @property
    def about_interests(self) -> bool:
        """Whether anything about interests waits."""
        return bool(self.rounds or self.decide or self.approve or self.acknowledge or self.fill_in)


def asked_of(user: User) -> Asked:
    """What waits for the user; one query."""
    counts = {
        "decide": _declarations("decider", Q(status__in=WAITING)),
        "approve": _declarations("approver", Q(status=DeclarationStatus.PLAN_DRAFTED)),
        "acknowledge": _declarations("person", Q(status=DeclarationStatus.PLAN_APPROVED)),
        "fill_in": _declarations("filled_in_by", Q(status__in=BEING_WRITTEN)),
        "due": _count(Notice.objects.open(), "recipient"),
    }
    found: dict[str, Any] = dict(Person.objects.filter(pk=user.who.pk).values(rounds=_rounds(), **counts).get())
    rounds = found.pop("rounds")
    return Asked([RoundToAnswer(one["code"], one["title"], date.fromisoformat(one["due"])) for one in rounds], **found)


def _declarations(relation: str, where: Q) -> Coalesce:
    return _count(Declaration.objects.filter(where), relation)


def _count(rows: "QuerySet[Any, Any]", relation: str) -> Coalesce:
    """How many of the rows have this relation to the person of the query."""
    counted = rows.filter(**{relation: OuterRef("pk")}).order_by().values(relation).annotate(n=Count("pk"))
    return Coalesce(Subquery(counted.values("n")), 0)


def _rounds() -> ArraySubquery:
    asked = Invitation.objects.open().running().filter(person=OuterRef("pk"), declaration=None)
    due = Coalesce("extended_to", "round__due_on")
    return ArraySubquery(
        asked.order_by("round__due_on", "pk").values(json=JSONObject(code="code", title="round__title", due=due))
    )
