"""Who is asked in a round: everybody of the agency who is here, narrowed by units, roles and seniority."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from conflicts.models import Round
from people.models import Person, Placement, RoleGrant, Unit


@dataclass(frozen=True)
class Place:
    """Where somebody works on a day: the keys of unit and manager."""

    unit: int | None = None
    manager: int | None = None


@dataclass(frozen=True)
class Reach:
    """How many a round asks, and how many of them it does not reach well."""

    asked: int
    without_address: int
    without_manager: int


def with_those_below(agency: int, units: Iterable[int]) -> set[int]:
    """The keys of these units and of every unit below them. One query."""
    children: dict[int | None, list[int]] = {}
    for key, parent in Unit.objects.filter(agency=agency).values_list("pk", "parent"):
        children.setdefault(parent, []).append(key)
    found: set[int] = set()
    waiting = list(units)
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting += children.get(key, [])
    return found


def audience(round_: Round, on: date) -> "QuerySet[Person]":
    """Everybody whom the round asks on that day."""
    people = Person.objects.here_on(on).filter(agency=round_.agency_id)
    if round_.senior_only:
        people = people.filter(senior=True)
    if round_.roles:
        held = RoleGrant.objects.on(on).filter(person=OuterRef("pk"), role__in=round_.roles)
        people = people.filter(Exists(held))
    units = list(round_.round_units.values_list("unit", flat=True)) if round_.pk else []
    if units:
        there = Placement.objects.on(on).filter(
            person=OuterRef("pk"), unit__in=with_those_below(round_.agency_id, units)
        )
        people = people.filter(Exists(there))
    return people


def reach(round_: Round, on: date) -> Reach:
    """How many would be asked on that day. At most four queries."""
    people = audience(round_, on)
    managed = Placement.objects.on(on).filter(person=OuterRef("pk"), manager__isnull=False)
    return Reach(
        asked=people.count(),
        without_address=people.filter(email="").count(),
        without_manager=people.exclude(Exists(managed)).count(),
    )


def places(people: Collection[int], on: date) -> dict[int, Place]:
    """Where each of these people works on that day. One query."""
    rows = Placement.objects.on(on).filter(person__in=people).order_by("person", "starts_on")
    return {person: Place(unit, manager) for person, unit, manager in rows.values_list("person", "unit", "manager")}
