"""Conversations of managers with their staff: whose turn it is, and how far the agency has come, in counts."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Max, Q, QuerySet

from conflicts.models import Conversation
from people.models import Person, Placement, User
from people.permissions import may
from people.roles import Permission

A_YEAR = timedelta(days=365)
FEW = 5  # fewer people than that are not counted out to those who may only count


@dataclass(frozen=True)
class Coverage:
    """Of how many people it is known that they and their manager talked within a year."""

    talked: str
    people: str


@dataclass(frozen=True)
class StaffConversations:
    """The manager's own people with the day of their last conversation, the reader's own, and the agency's counts."""

    team: list[Any]
    mine: list[Conversation]
    coverage: Coverage | None


def staff_conversations_of(user: User, on: date) -> StaffConversations:
    """Everything on the page, in at most five queries."""
    return StaffConversations(team=_team(user, on), mine=_mine(user), coverage=coverage_of(user, on))


def people_to_record(user: User, on: date) -> "QuerySet[Person]":
    """Those who report to the user, directly or through one manager; everybody else for the integrity team."""
    here = Person.objects.filter(agency=user.agency).here_on(on).exclude(user=user).order_by("name")
    if may(user, Permission.SEE_DECLARATIONS):
        return here
    direct = Placement.objects.on(on).filter(manager=user.person_id).values("person")
    below = Placement.objects.on(on).filter(manager__in=direct).values("person")
    return here.filter(Q(pk__in=direct) | Q(pk__in=below))


def coverage_of(user: User, on: date) -> Coverage | None:
    """How many were talked with within a year; None for whoever may not count. Two queries."""
    if not may(user, Permission.COUNT_CONFLICTS):
        return None
    people = Person.objects.filter(agency=user.agency).here_on(on)
    talked = Conversation.objects.filter(agency=user.agency, person__in=people, on__gt=on - A_YEAR)
    total, reached = people.count(), talked.values("person").distinct().count()
    exact = may(user, Permission.SEE_DECLARATIONS)
    few = not exact and (0 < reached < FEW or 0 < total - reached < FEW)
    return Coverage(f"fewer than {FEW}" if few and reached < FEW else "nearly all" if few else str(reached), str(total))


def _team(user: User, on: date) -> list[Any]:
    direct = Placement.objects.on(on).filter(manager=user.person_id).values("person")
    rows = Person.objects.filter(pk__in=direct).here_on(on)
    last = Max("conversations__on", filter=Q(conversations__agency=user.agency))
    return list(rows.annotate(last_conversation=last).order_by("last_conversation", "name"))


def _mine(user: User) -> list[Conversation]:
    rows = Conversation.objects.visible_to(user).filter(Q(person=user.person_id) | Q(by=user, person__isnull=False))
    return list(rows.select_related("person", "by__person").order_by("-on", "-pk")[:20])
