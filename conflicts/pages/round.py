"""How a round stands: answered, waiting and late by unit, and mail that did not arrive."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Count as Counted
from django.db.models import Q, QuerySet

from conflicts.choices import InvitationState
from conflicts.counting import Count, exact, guarded, guarded_table
from conflicts.letters import MAIL
from conflicts.models import Invitation, Round
from conflicts.models.round import OPEN_STATES, due_in
from people.models import Person, Unit, User
from people.permissions import may
from people.roles import Permission
from records.models import Mail, MailState

NOT_DELIVERED = (MailState.BOUNCED, MailState.FAILED, MailState.UNSURE)
COLUMNS = ("Answered", "Not answered", "Late")


@dataclass(frozen=True)
class UnitRow:
    """One unit: its key for the list behind the numbers, its name, and the numbers of COLUMNS."""

    key: str
    name: str
    counts: list[Count]


@dataclass(frozen=True)
class Progress:
    """The whole round, by unit and altogether. ``sees_names`` opens the lists behind the numbers."""

    asked: Count
    counts: list[Count]
    share: str
    out: Count
    units: list[UnitRow]
    sees_names: bool


def progress(round_: Round, user: User, on: date) -> Progress:
    """Two queries. Small numbers are hidden from those who may only count, and what they could be worked out from."""
    names = may(user, Permission.RUN_ROUNDS)
    rows = _by_unit(round_, on)
    cells = [[row.answered, row.waiting, row.late] for row in rows]
    whole = [sum(row[at] for row in cells) for at in range(len(COLUMNS))]
    shown, [totals] = (_show(cells), _show([whole])) if names else (_guard(cells), _guard([whole]))
    count, asked = exact if names else guarded, whole[0] + whole[1]
    return Progress(
        asked=count(asked),
        counts=totals,
        share="" if not asked or totals[0].hidden else f"{whole[0]:,} of {asked:,}",
        out=count(sum(row.out for row in rows)),
        units=[
            UnitRow(str(row.unit or "none"), row.name or "No unit", counts)
            for row, counts in zip(rows, shown, strict=True)
        ],
        sees_names=names,
    )


def _show(cells: Sequence[Sequence[int]]) -> list[list[Count]]:
    return [[exact(number) for number in row] for row in cells]


def _guard(cells: Sequence[Sequence[int]]) -> list[list[Count]]:
    """Answered and not answered add up; late is part of the latter, and stands or falls with it."""
    safe = guarded_table([row[:2] for row in cells])
    return [
        [*two, Count(0, two[1].says, hidden=True) if two[1].hidden else guarded(row[2])]
        for two, row in zip(safe, cells, strict=True)
    ]


class _UnitNumbers(NamedTuple):
    unit: int | None
    name: str | None
    answered: int
    waiting: int
    late: int
    out: int


def _by_unit(round_: Round, on: date) -> list[_UnitNumbers]:
    """Names apart from the numbers: the database groups 20,000 rows by a key sooner than by a name."""
    waiting = Q(state__in=OPEN_STATES)
    rows = Invitation.objects.filter(round=round_).alias(due=due_in(round_)).order_by()
    counted = rows.values("unit").annotate(
        answered=Counted("pk", filter=Q(state=InvitationState.RETURNED)),
        waiting=Counted("pk", filter=waiting),
        late=Counted("pk", filter=waiting & Q(due__lt=on)),
        out=Counted("pk", filter=Q(state__in=[InvitationState.LEFT, InvitationState.EXCUSED])),
    )
    found = {row["unit"]: row for row in counted}
    names = Unit.objects.in_bulk([key for key in found if key])
    by_name = [_UnitNumbers(name=str(names[key]) if key else None, **row) for key, row in found.items()]
    return sorted(by_name, key=lambda row: (row.name is None, row.name or "", row.unit or 0))


def not_reached(round_: Round) -> "QuerySet[Invitation]":
    """Who has not answered and got no mail: no address, or mail about rounds that was refused or not sent."""
    since = round_.launched_at or round_.opens_on
    failed = Mail.objects.filter(
        agency=round_.agency.code, key__startswith=MAIL, state__in=NOT_DELIVERED, made_at__gte=since
    )
    people = Person.objects.filter(Q(email="") | Q(email__in=failed.values("to")), agency=round_.agency_id)
    unreached = Q(person__in=people.values("pk")) | Q(misdirected_at__isnull=False)
    return Invitation.objects.filter(round=round_).open().filter(unreached)
