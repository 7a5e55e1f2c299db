"""Assurance activities by month: what is late, twelve months ahead and what comes after, by kind."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from django.db.models import Count, Q
from django.db.models.functions import TruncMonth
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode

from assurance.models import Activity, ActivityKind
from people.models import User

MONTHS = 12
Counted = Sequence[tuple[date, bool, str, int]]  # month, whether late, kind, how many


@dataclass(frozen=True)
class Cell:
    """How many of one kind, or of all, and the list of them."""

    label: str
    count: int
    url: str


@dataclass(frozen=True)
class Line:
    """A month, or what is late or comes later: all of it, then by kind as the headings go."""

    title: str
    total: Cell
    cells: Sequence[Cell]
    late: bool = False


@dataclass(frozen=True)
class Span:
    """What a line counts, and how the list of activities is asked for the same."""

    title: str
    begin: date
    end: date
    asked: dict[str, str]
    late: bool = False

    def holds(self, month: date, late: bool) -> bool:
        """Whether what is due in a month belongs here."""
        return late if self.late else not late and self.begin <= month <= self.end


def calendar(user: User, on: date, *, mine: bool) -> tuple[list[str], list[Line]]:
    """Headings by kind, and the lines: each activity that is to be done is in one of them. One query."""
    rows = Activity.objects.visible_to(user).open()
    rows = rows.answered_by(user.person_id) if mine else rows
    grouped = rows.order_by().annotate(month=TruncMonth("due_on"), passed=Q(due_on__lt=on))
    counted = list(grouped.values_list("month", "passed", "kind").annotate(many=Count("pk")))
    kinds = [one for one in ActivityKind if any(kind == one for _, _, kind, _ in counted)]
    whose = {"look": "me"} if mine else {}
    lines = [_line(span, kinds, counted, span.asked | whose) for span in _spans(on)]
    return [str(one.label) for one in kinds], [one for one in lines if one.total.count or one.title not in AROUND]


AROUND = ("Late", "Later")  # left out where they are empty; a month never is


def _spans(on: date) -> list[Span]:
    first = on.replace(day=1)
    months = [_after(first, number) for number in range(MONTHS + 1)]
    found = [Span("Late", date.min, on, {"due": "late"}, late=True)]
    for begin, following in pairwise(months):
        end = following - timedelta(days=1)
        asked = {"due_from": str(max(begin, on)), "due_to": str(end)}
        found.append(Span(date_format(begin, "F Y"), begin, end, asked))
    return [*found, Span("Later", months[-1], date.max, {"due_from": str(months[-1])})]


def _after(first: date, months: int) -> date:
    """The first day of the month so many months later."""
    year, month = divmod(first.month - 1 + months, 12)
    return date(first.year + year, month + 1, 1)


def _line(span: Span, kinds: Sequence[ActivityKind], counted: Counted, asked: dict[str, str]) -> Line:
    here = [(kind, many) for month, late, kind, many in counted if span.holds(month, late)]
    cells = [
        _cell(str(one.label), sum(many for kind, many in here if kind == one), asked | {"kind": one.value})
        for one in kinds
    ]
    return Line(span.title, _cell("All", sum(many for _, many in here), asked), cells, span.late)


def _cell(label: str, count: int, asked: dict[str, str]) -> Cell:
    return Cell(label, count, f"{reverse('activities')}?{urlencode(asked)}")
