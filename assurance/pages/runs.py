"""Earlier assessments of an agreement, each with what the next one before it had found otherwise."""

from dataclasses import dataclass
from itertools import pairwise

from agreements.models import Agreement
from assurance.models import ConformanceRun
from assurance.outcome import Outcome


@dataclass(frozen=True)
class Change:
    """A requirement that came out otherwise than before; None where it was not asked."""

    requirement: str
    was: Outcome | None
    became: Outcome | None

    @property
    def words(self) -> str:
        """`Not met → Met`."""
        return " → ".join(one.label if one else "Not asked" for one in (self.was, self.became))


@dataclass(frozen=True)
class Earlier:
    """A run, and what changed with it; ``first`` is the run before which there is none."""

    run: ConformanceRun
    changes: list[Change]
    first: bool


def earlier_runs(agreement: Agreement, *, before: ConformanceRun | None, many: int) -> list[Earlier]:
    """The newest runs, up to and with ``before``, newest first; one query, one run more than shown."""
    rows = ConformanceRun.objects.filter(agreement=agreement).order_by("-pk").defer("facts")
    runs = list(rows.filter(pk__lte=before.pk)[: many + 1] if before else rows[: many + 1])
    found = [Earlier(run, changes(was, run), first=False) for run, was in pairwise(runs)]
    return found + ([Earlier(runs[-1], [], first=True)] if 0 < len(runs) <= many else [])


def changes(was: ConformanceRun, became: ConformanceRun) -> list[Change]:
    """Every requirement whose outcome differs, also those that only one of the two asked."""
    names = sorted({*was.results, *became.results})
    found = [Change(name, _outcome(was, name), _outcome(became, name)) for name in names]
    return [one for one in found if one.was != one.became]


def _outcome(run: ConformanceRun, name: str) -> Outcome | None:
    return Outcome(run.results[name][0]) if name in run.results else None
