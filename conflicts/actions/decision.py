"""Decide on a declaration: every decision is a row that never changes, "no conflict" included (domain.md 3.1, M6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from conflicts.actions.changes import check_and_save, lock, tell_agreements
from conflicts.actions.step import move
from conflicts.choices import WAITING, Outcome, Standing
from conflicts.errors import NotNow
from conflicts.lifecycle import BY_NAME
from conflicts.models import Decision, Declaration, DeclaredInterest
from conflicts.policies import decides_outside
from people.models import User
from records.acting import action
from records.words import nz_date

WORST_FIRST = (Outcome.UNMANAGEABLE, Outcome.MANAGEABLE, Outcome.NONE)
STEP_OF = {
    Outcome.NONE: "decide_none",
    Outcome.MANAGEABLE: "decide_manageable",
    Outcome.UNMANAGEABLE: "decide_unmanageable",
}


@dataclass(frozen=True)
class Verdict:
    """What is decided about one declared interest; without one, about the declaration as a whole."""

    outcome: Outcome
    reasons: str
    declared: DeclaredInterest | None = None
    type: str = ""
    outsider: str = ""


@action
def decide(
    *, declaration: Declaration, verdicts: Sequence[Verdict], by: User, now: datetime, on: date | None = None,
    decided_by: str = "", document: str = "",
) -> Declaration:  # fmt: skip
    """Decide about every interest declared; the gravest outcome is the declaration's.

    ``on`` is the day of a decision made outside the register, by ``decided_by``, in ``document``.
    Raises NotNow, NotYours, ValidationError.
    """
    locked, today = lock(declaration), localdate(now)
    _check_still_open(locked)
    _check_whole(locked, verdicts)
    _check_outside(locked, decided_by, document, on, today)
    gravest = next(outcome for outcome in WORST_FIRST if outcome in {one.outcome for one in verdicts})
    reasons = " ".join(dict.fromkeys(one.reasons.strip() for one in verdicts))
    move(locked, BY_NAME[STEP_OF[gravest]], by, now, reasons[:2000], on)
    for one in verdicts:
        row = Decision(
            declaration=locked, declared=one.declared, outcome=one.outcome, type=one.type, outsider=one.outsider,
            reasons=one.reasons.strip(), by=by, at=now, on=on or today, decided_by=decided_by, document=document,
        )  # fmt: skip
        check_and_save(row)
    tell_agreements(locked, by, today)
    return locked


def _check_still_open(declaration: Declaration) -> None:
    """Of two who decide at the same moment the second is told who was first, and what came of it."""
    if declaration.status in WAITING:
        return
    last = declaration.steps.select_related("by__person").order_by("-pk").first()
    who = f"{last.by} was before you: " if last else ""
    raise NotNow(f"{who}it is {declaration.get_status_display().lower()} now, and what you wrote is not kept with it")


def _check_whole(declaration: Declaration, verdicts: Sequence[Verdict]) -> None:
    """Every interest declared has one decision, and a declaration of nothing has one of its own."""
    asked = list(declaration.declared.exclude(standing=Standing.ENDED).values_list("pk", flat=True)) or [0]
    given = [one.declared.pk if one.declared else 0 for one in verdicts]
    if sorted(given) != sorted(asked):
        raise NotNow("Decide about each interest that is declared")


def _check_outside(declaration: Declaration, decided_by: str, document: str, on: date | None, today: date) -> None:
    if decides_outside(declaration) and not (decided_by and document and on):
        raise NotNow("Say who decided, on which day and in which document: it is not decided here")
    if on and on > today:
        raise NotNow(f"{nz_date(on)} lies in the future: record the decision when it is made")
