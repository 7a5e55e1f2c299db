"""The people of a round as a list: its filters and sorts, and the same as a sheet. Who answered, never what."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.db.models import F, Q, QuerySet
from django.http import QueryDict

from agreements.sheets import Cell
from conflicts.choices import InvitationState
from conflicts.models import Invitation, Round
from conflicts.models.round import OPEN_STATES, due_in
from conflicts.pages.round import not_reached
from people.models import Person, Unit
from records.filters import LinkFilter, Option, OptionFilter, PickFilter
from records.lists import Address, ListSpec, Plain, Sort

HEADINGS = (
    "Person", "E-mail address", "Unit", "Manager", "State", "To be answered by", "Answered on", "Extended because",
    "Excused because",
)  # fmt: skip


@dataclass(frozen=True)
class Found:
    """What an address finds."""

    address: Address
    rows: "QuerySet[Invitation]"
    count: int


def read(round_: Round, on: date, data: QueryDict) -> Address:
    """The address of the list, read on a day."""
    return Address(_spec(round_, on), data)


def find(address: Address, round_: Round) -> Found:
    """Look for what the address asks; nothing where anything in it was refused."""
    if address.problems:
        return Found(address, Invitation.objects.none(), 0)
    rows = matching(address, round_)
    return Found(address, rows, rows.count())


def matching(address: Address, round_: Round) -> "QuerySet[Invitation]":
    """The invitations that the address asks for, in its order, with all that a row shows."""
    rows = round_.invitations.annotate(due=due_in(round_)).filter(address.condition())
    if address.q:
        rows = rows.filter(Q(person__name__icontains=address.q) | Q(person__email__icontains=address.q))
    # Only the person is joined, since the list is sorted by it: the others belong to the few rows of a page.
    return rows.select_related("person").prefetch_related("unit", "manager").order_by(*address.order())


def sheet_rows(rows: "QuerySet[Invitation]", on: date) -> Iterator[list[Cell]]:
    """The rows under HEADINGS."""
    for row in rows.iterator(chunk_size=500):
        late = " (late)" if row.is_late(on) else ""
        yield [
            row.person.name, row.person.email, str(row.unit or ""), str(row.manager or ""),
            f"{row.get_state_display()}{late}", row.due_on, row.returned_on, row.extended_why, row.excused_why,
        ]  # fmt: skip


def _spec(round_: Round, on: date) -> ListSpec:
    waiting = Q(state__in=OPEN_STATES)
    states = (
        Option("waiting", "Not answered", waiting),
        Option("late", "Late", waiting & Q(due__lt=on)),
        Option("answered", "Answered", Q(state=InvitationState.RETURNED)),
        Option("answered_late", "Answered late", Q(state=InvitationState.RETURNED, returned_on__gt=F("due"))),
        Option("extended", "Given longer", Q(extended_to__isnull=False)),
        Option("excused", "Excused", Q(state=InvitationState.EXCUSED)),
        Option("left", "Left", Q(state=InvitationState.LEFT)),
        Option("unreached", "Not reached by mail", Q(pk__in=not_reached(round_).values("pk"))),
    )
    return ListSpec(
        filters=(
            OptionFilter("state", "State", states),
            PickFilter("unit", "Unit", cache(lambda: _units(round_)), _in_unit, nothing="Any unit"),
            # A link alone: a large agency has more managers than a page can offer.
            LinkFilter("manager", "Manager", cache(lambda: _managers(round_)), lambda key: Q(manager=key)),
        ),
        sorts=(
            Sort("name", "Person", (Plain("person__name"),), filled=True),
            Sort("unit", "Unit", (Plain("unit__name"),)),
            Sort("due", "To be answered by", ("due",), filled=True),
        ),
        default="name",
    )


def _in_unit(key: str) -> Q:
    return Q(unit=None) if key == "none" else Q(unit=key)


def _units(round_: Round) -> list[tuple[str, str]]:
    rows = Unit.objects.filter(pk__in=Invitation.objects.filter(round=round_).values("unit")).order_by("name")
    return [*((str(key), name) for key, name in rows.values_list("pk", "name")), ("none", "No unit")]


def _managers(round_: Round) -> list[tuple[str, str]]:
    rows = Person.objects.filter(pk__in=Invitation.objects.filter(round=round_).values("manager"))
    return [(str(key), name) for key, name in rows.order_by("name").values_list("pk", "name")]
