"""Who decides on a declaration and who approves its plan: a table (routes.toml) and who that is today."""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from conflicts.models import Declaration
from people.models import Person, RoleGrant
from people.roles import Role

OUTSIDE = "commission"


@dataclass(frozen=True)
class Route:
    """One row of the table. ``nil`` says whether "nothing to declare" is noted or decided."""

    name: str
    title: str
    when: dict[str, Any]
    decides: str
    approves: str
    nil: str
    says: str
    source: str

    def fits(self, declaration: Declaration, on: date) -> bool:
        """Whether this row is about the declaration."""
        person, when = declaration.person, self.when
        return (
            ("capacity" not in when or declaration.capacity in when["capacity"])
            and ("senior" not in when or bool(person and person.senior))
            and ("head" not in when or bool(person and holds(person, Role.CHIEF_EXECUTIVE, on)))
        )


@dataclass(frozen=True)
class Routed:
    """The row that fits, and who it leads to: nobody where it leads outside, or where nobody holds that place."""

    route: Route
    decider: Person | None = None
    approver: Person | None = None


def _read() -> tuple[Route, ...]:
    with Path(__file__).with_suffix(".toml").open("rb") as file:
        return tuple(Route(**row) for row in tomllib.load(file)["route"])


ROUTES = _read()
BY_NAME = {route.name: route for route in ROUTES}


def holds(person: Person, role: Role, on: date) -> bool:
    """Whether the person holds the role on that day."""
    return RoleGrant.objects.on(on).filter(person=person, role=role).exists()


def route_of(declaration: Declaration, on: date) -> Routed:
    """The first row that fits, and who decides and approves today. Nobody decides on their own."""
    route = next(route for route in ROUTES if route.fits(declaration, on))
    decider = _other(_who(route.decides, declaration, on), declaration, route.decides, on)
    approver = _other(_who(route.approves, declaration, on), declaration, route.approves, on)
    return Routed(route, decider, approver)


def _other(found: Person | None, declaration: Declaration, place: str, on: date) -> Person | None:
    """Whoever was found, unless it is the declarant or somebody who left; then the integrity team's first."""
    if place == OUTSIDE:
        return None
    if found and found.pk != declaration.person_id and not found.has_left(on):
        return found
    return _holder(declaration, Role.INTEGRITY_CHAMPION, on)


def _who(place: str, declaration: Declaration, on: date) -> Person | None:
    if place == "head":
        return _holder(declaration, Role.CHIEF_EXECUTIVE, on)
    if place == "integrity":
        return _holder(declaration, Role.INTEGRITY_CHAMPION, on)
    if place in ("contract_manager", "owner"):
        return _of_work(place, declaration)
    return above(declaration.person, 1 if place == "manager" else 2, on)


def _holder(declaration: Declaration, role: Role, on: date) -> Person | None:
    grants = RoleGrant.objects.on(on).filter(role=role, person__agency=declaration.agency_id)
    found = grants.exclude(person=declaration.person_id).filter(person__in=Person.objects.here_on(on))
    first = found.select_related("person").order_by("starts_on", "pk").first()
    return first.person if first else None


def _of_work(place: str, declaration: Declaration) -> Person | None:
    """The manager of the contract or agreement, or the owner of the agreement it serves."""
    contract, agreement = declaration.contract, declaration.agreement
    if place == "contract_manager":
        managers = [work.manager for work in (contract, agreement) if work and work.manager]
        return managers[0] if managers else None
    if agreement is None and contract is not None:
        link = contract.agreement_links.select_related("agreement__owner").order_by("pk").first()
        agreement = link.agreement if link else None
    return agreement.owner if agreement else None


def above(person: Person | None, levels: int, on: date) -> Person | None:
    """The person's manager on that day; with two levels, that one's manager."""
    for _ in range(levels):
        placement = person.placements.on(on).select_related("manager").first() if person else None
        person = placement.manager if placement else None
    return person
