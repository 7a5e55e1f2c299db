"""Dated notices before an adverse action, counted for a year. Pure: it is given the rows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from agreements.choices import Kind
from assurance.models import AdverseNotice, AdverseOutcome, Approval, Became
from records.working_days import working_days_after

NOTICE = {Kind.AISA: 10, Kind.MATCHING: 5}  # working days: sections 152 and 181, to be confirmed


@dataclass(frozen=True)
class Counted:
    """A row of notices with what came of it. Numbers are of notices; what was recorded by mistake is taken off."""

    notice: AdverseNotice
    outcomes: tuple[AdverseOutcome, ...]

    @property
    def last_day(self) -> date:
        """The last day to dispute; action from the day after it is in time."""
        return working_days_after(self.notice.given_on, self.notice.period)

    @property
    def given(self) -> int:
        """How many were given."""
        return self.notice.number - self.of(Became.MISTAKE)

    @property
    def acted(self) -> int:
        """On how many action was taken."""
        return self.of(Became.ACTED)

    @property
    def early(self) -> int:
        """On how many action was taken while people could still dispute."""
        return sum(one.number for one in self.outcomes if one.became == Became.ACTED and one.on <= self.last_day)

    @property
    def disputed(self) -> int:
        """How many were disputed."""
        return self.of(Became.DISPUTED)

    def of(self, became: Became) -> int:
        """Of how many this was recorded."""
        return sum(one.number for one in self.outcomes if one.became == became)


def counted(notices: Iterable[AdverseNotice]) -> list[Counted]:
    """The rows with what came of each, which was fetched with them."""
    return [Counted(one, tuple(sorted(one.outcomes.all(), key=lambda each: (each.on, each.pk)))) for one in notices]


def totals(rows: Iterable[Counted]) -> Mapping[str, int]:
    """Each counted figure by its key; empty where no notice is recorded, which is not none given."""
    listed = list(rows)
    if not listed:
        return {}
    return {
        "notices": sum(one.given for one in listed),
        "acted": sum(one.acted for one in listed),
        "early": sum(one.early for one in listed),
        "disputed": sum(one.disputed for one in listed),
    }


def period_of(kind: str, approval: Approval | None) -> int:
    """Working days people have to dispute: as the approval says, else as the Act does."""
    said = approval.notice_days if approval else None
    return NOTICE[Kind(kind)] if said is None else said
