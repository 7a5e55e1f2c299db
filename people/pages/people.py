"""The list of people: who, where, which roles, and whether they can sign in."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import CharField, F, FilteredRelation, Func, Prefetch, Q, QuerySet, Value
from django.db.models.functions import Lower

from people.labels import role_labels
from people.models import Person, RoleGrant, Unit, User
from people.roles import Role
from records.forms import plain

ROWS = 50
MARKED, UNMARKED = "āēīōū", "aeiou"
STATES = (
    ("here", "Here now"),
    ("signs_in", "Can sign in"),
    ("no_sign_in", "Without a sign-in"),
    ("closed", "Sign-in deactivated"),
    ("left", "Left"),
    ("all", "Everyone, past and present"),
)


@dataclass(frozen=True)
class Row:
    """One person in the list."""

    person: Person
    roles: str


@dataclass(frozen=True)
class PeoplePage:
    """What the page of the list shows."""

    page: Page[Person]
    rows: list[Row]
    chosen: dict[str, str]
    units: list[Unit]
    roles: list[tuple[str, str]]
    states: tuple[tuple[str, str], ...] = STATES

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the usual is asked for."""
        return any(value for name, value in self.chosen.items() if name != "state") or self.chosen["state"] != "here"


def people_page(user: User, asked: Any, on: date) -> PeoplePage:
    """The list as the address asks for it: ``q``, ``unit``, ``role``, ``state`` and ``page``."""
    chosen = {name: str(asked.get(name, ""))[:200].replace("\0", "") for name in ("q", "unit", "role", "state")}
    chosen["state"] = chosen["state"] if chosen["state"] in dict(STATES) else "here"
    found = _narrowed(Person.objects.visible_to(user), chosen, on)
    page = Paginator(_with_what_is_shown(found, on).order_by("name", "pk"), ROWS).get_page(asked.get("page"))
    labels = role_labels(user.agency)
    rows = [
        Row(person, ", ".join(labels[Role(grant.role)] for grant in person.role_grants.all())) for person in page
    ]  # fmt: skip
    units = list(Unit.objects.visible_to(user).order_by("name"))
    return PeoplePage(page, rows, chosen, units, [(role.value, label) for role, label in labels.items()])


def _narrowed(people: QuerySet[Person], chosen: dict[str, str], on: date) -> QuerySet[Person]:
    words = plain(chosen["q"])
    if words:
        name = Func(Lower("name"), Value(MARKED), Value(UNMARKED), function="TRANSLATE", output_field=CharField())
        people = people.annotate(plain_name=name).filter(Q(plain_name__contains=words) | Q(email__contains=words))
    if chosen["unit"].isdecimal():
        placed = Q(placements__ends_on=None) | Q(placements__ends_on__gte=on)
        people = people.filter(placed, placements__starts_on__lte=on, placements__unit_id=int(chosen["unit"][:18]))
    if chosen["role"] in Role.values:
        people = people.filter(role_grants__in=RoleGrant.objects.on(on).filter(role=chosen["role"]))
    return _in_state(people, chosen["state"], on)


def _in_state(people: QuerySet[Person], state: str, on: date) -> QuerySet[Person]:
    left = Q(left_on__lte=on)
    return {
        "here": people.exclude(left),
        "signs_in": people.exclude(left).filter(user__is_active=True),
        "no_sign_in": people.exclude(left).filter(user=None),
        "closed": people.filter(user__is_active=False),
        "left": people.filter(left),
        "all": people,
    }[state]


def _with_what_is_shown(people: QuerySet[Person], on: date) -> QuerySet[Person]:
    """Unit, position and manager of today come along in the same query, roles in one more."""
    holds = Q(placements__starts_on__lte=on) & (Q(placements__ends_on=None) | Q(placements__ends_on__gte=on))
    grants = Prefetch("role_grants", RoleGrant.objects.on(on).order_by("role"))
    return (
        people.annotate(now=FilteredRelation("placements", condition=holds))
        .annotate(unit_name=F("now__unit__name"), position=F("now__position"), manager_name=F("now__manager__name"))
        .select_related("user")
        .prefetch_related(grants)
    )
