"""How the exceptions of a briefing stand: which rows the deputy answered, which groups the head of the agency did."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from assurance.models import Briefing, GroupAnswer, GroupDecision, RowAnswer, StatementGroup, StatementRow
from records.one_page import once


@dataclass(frozen=True)
class RowState:
    """An exception and the newest answer to it, None where it has none that counts."""

    row: StatementRow
    answer: RowAnswer | None


@dataclass(frozen=True)
class GroupState:
    """A group with its rows. ``answer`` is the newest of the head of the agency."""

    group: StatementGroup
    rows: list[RowState]
    answer: GroupAnswer | None

    @property
    def open(self) -> list[RowState]:
        """Rows that the deputy still has to answer: after a return, all that were not answered since."""
        return [one for one in self.rows if one.answer is None]

    @property
    def seen(self) -> str:
        """What tells whether somebody answered since this was shown: the key of the newest answer, 0 without one."""
        return str(max((one.answer.pk for one in self.rows if one.answer), default=0))

    @property
    def last_by(self) -> date | None:
        """By when all of it is done, as the deputy says; None where something is not answered."""
        days = [one.answer.by_when for one in self.rows if one.answer]
        return max(days) if days and not self.open else None

    @property
    def is_accepted(self) -> bool:
        """Whether it stands in the way of signing no more."""
        return self.answer is not None and self.answer.decision == GroupDecision.ACCEPTED

    @property
    def state(self) -> str:
        """In the words of config/states.py: accepted, returned, waiting_deputy or waiting_head."""
        if self.is_accepted:
            return "accepted"
        if self.open:
            return "returned" if self.answer else "waiting_deputy"
        return "waiting_head"


def group_states(briefing: Briefing | None, only: int | None = None) -> list[GroupState]:
    """Every group of a briefing in its order; four queries, whatever the rows, and once a page."""
    if briefing is None:
        return []
    return once(("group_states", briefing.pk, only), lambda: _states(briefing, only))


def _states(briefing: Briefing, only: int | None) -> list[GroupState]:
    groups = StatementGroup.objects.filter(briefing=briefing).order_by("place", "pk")
    if only is not None:
        groups = groups.filter(pk=only)
    answers = RowAnswer.objects.select_related("by__person").order_by("-pk")
    rows = StatementRow.objects.order_by("place", "pk").prefetch_related(Prefetch("answers", answers))
    said = GroupAnswer.objects.select_related("by__person").order_by("-pk")
    found = groups.prefetch_related(Prefetch("rows", rows), Prefetch("answers", said))
    return [_state(one) for one in found]


def _state(group: StatementGroup) -> GroupState:
    newest = next(iter(group.answers.all()), None)
    returned = newest.at if newest and newest.decision == GroupDecision.RETURNED else None
    rows = []
    for row in group.rows.all():
        answer = next(iter(row.answers.all()), None)
        counts = answer is not None and (returned is None or answer.at > returned)
        rows.append(RowState(row, answer if counts else None))
    return GroupState(group, rows, newest)


def still_open(states: Sequence[GroupState]) -> list[GroupState]:
    """Those that stand in the way of signing."""
    return [one for one in states if not one.is_accepted]
