"""The register keeps the schedule of assurance itself, in the same action as the change that matters."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.utils import timezone
from django.utils.timezone import localdate

from agreements.choices import Status
from assurance.days import later
from assurance.facts import ActivityFact, AgreementFacts
from assurance.models import Activity, ActivityStep
from assurance.schedule import CERTIFICATE, default_cycles, due, scheduled, wanted
from records import bulk
from records.acting import current
from records.moment import backdated_to

CHANGED = ["due_on", "months", "cancelled_on", "cancelled_by", "cancelled_why"]
OVER = "The agreement is no longer in use"
NOT_ASKED = "No cycle asks for it any more"


@dataclass
class _Work:
    """What is to be written: rows to make, and of open ones, by agreement and kind, the new due day and months."""

    new: list[Activity] = field(default_factory=list)
    moved: dict[tuple[int, str], tuple[date, int]] = field(default_factory=dict)
    over: dict[tuple[int, str], str] = field(default_factory=dict)


def keep_schedule(found: Iterable[AgreementFacts], on: date) -> dict[int, tuple[ActivityFact, ...]]:
    """Make, move and cancel scheduled activities so that each kind on a cycle has one open; what stands then.

    No statement where nothing changes, else at most six however many agreements. What people planned is left alone.
    Called inside an action that has locked the agreements.
    """
    work = _Work()
    stands = {
        facts.agreement: _kept(facts, work, localdate(backdated_to()) if backdated_to() else on) for facts in found
    }
    bulk.create(work.new)
    _change(work)
    return stands


def _kept(facts: AgreementFacts, work: _Work, on: date) -> tuple[ActivityFact, ...]:
    asked, open_ = wanted(facts), scheduled(facts)
    ended = facts.status == Status.ENDED and CERTIFICATE in open_
    for kind in open_.keys() - asked.keys() - ({CERTIFICATE} if ended else set()):
        work.over[facts.agreement, kind] = NOT_ASKED if facts.in_use else OVER
    kept = [
        one for one in facts.activities if (facts.agreement, one.kind) not in work.over or one not in open_.values()
    ]
    if facts.status == Status.ENDED and open_ and not ended:  # its assurance was on a cycle until now
        kept.append(_made(facts, work, CERTIFICATE, later(on, default_cycles().certificate_days), None, on))
    for kind, months in asked.items():
        if kind not in open_:
            kept.append(_made(facts, work, kind, due(facts, kind, months, on), months, on))
        elif open_[kind].months != months:
            moved = _moved(facts, open_[kind], months, on)
            work.moved[facts.agreement, kind] = (moved.due_on or on, months)
            kept[kept.index(open_[kind])] = moved
    return tuple(sorted(kept, key=str))


def _made(facts: AgreementFacts, work: _Work, kind: str, day: date, months: int | None, on: date) -> ActivityFact:
    by, now = _who(), _now()
    work.new.append(
        Activity(
            agreement_id=facts.agreement,
            kind=kind,
            due_on=day,
            months=months,
            scheduled=True,
            planned_by_id=by,
            planned_at=now,
        )
    )
    return ActivityFact(kind, due_on=day, scheduled=True, months=months)


def _moved(facts: AgreementFacts, one: ActivityFact, months: int, on: date) -> ActivityFact:
    """A shorter cycle never puts off what is due, and a longer one never brings it forward."""
    day, before = due(facts, one.kind, months, on), one.due_on or on
    shorter = one.months is not None and months < one.months
    return replace(one, due_on=min(day, before) if shorter else max(day, before), months=months)


def _change(work: _Work) -> None:
    """People may move an activity at the same time: it is read again under a lock before it is written."""
    keys = {agreement for agreement, _ in (*work.moved, *work.over)}
    if not keys:
        return
    rows = Activity.objects.select_for_update(of=("self",), no_key=True).filter(agreement__in=keys, scheduled=True)
    changed: list[Activity] = []
    steps: list[ActivityStep] = []
    for one in rows.open():
        key = (one.agreement_id, one.kind)
        if key in work.moved:
            steps.append(_step(one, *work.moved[key]))
            one.due_on, one.months = work.moved[key]
            changed.append(one)
        elif key in work.over:
            one.cancelled_on, one.cancelled_by_id, one.cancelled_why = localdate(_now()), _who(), work.over[key]
            changed.append(one)
    _write(changed, steps)


def _write(changed: Sequence[Activity], steps: Sequence[ActivityStep]) -> None:
    bulk.update(changed, CHANGED)
    bulk.create(steps)


def _step(one: Activity, day: date, months: int) -> ActivityStep:
    said = f"The cycle is {months} months now, and was {one.months}"
    why = "The risk that remains, what was agreed, or what the agency asks for has changed"
    return ActivityStep(activity=one, said=said, why=why, due_before=one.due_on, due_on=day, by_id=_who(), at=_now())


def _who() -> int:
    """The key of who acts, whose change this follows from."""
    return int(current().by.pk)


def _now() -> datetime:
    return backdated_to() or timezone.now()
