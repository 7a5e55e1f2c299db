"""Plan assurance activities, move them, call them off, and do them with evidence (domain.md 1.7, F7, F8)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from agreements.actions.changes import changing, check_and_save, refuse
from agreements.actions.evidence import check_evidence
from agreements.actions.review import keep_exercise
from agreements.errors import NotNow, NotYours
from agreements.models import EVIDENCE_FIELDS, Agreement
from assurance.actions.finding import found_by
from assurance.models import Activity, ActivityEvidence, ActivityKind, ActivityOutcome, ActivityStep
from assurance.policies.work import check_may_cancel, check_may_do, check_may_move, check_may_plan, check_may_show
from people.models import Person, User
from people.permissions import check_may
from people.roles import Permission
from records.acting import action
from records.words import nz_date

SHOWN = ("evidence_note", *EVIDENCE_FIELDS)


@action
def plan_activity(
    *, agreement: Agreement, values: Mapping[str, Any], why: str, by: User, now: datetime
) -> Activity:  # fmt: skip
    """Plan one besides what cycles ask for: ``kind``, ``due_on``, ``responsible`` and what is ``asked``.

    Raises ValidationError naming the field, NotYours, NotNow, NotPermitted.
    """
    today = localdate(now)
    with changing(agreement, by, today) as locked:
        check_may_plan(locked, by)
        activity = Activity(agreement=locked, planned_by=by, planned_at=now, **values)
        _check_to_come(activity.due_on, today)
        check_here(activity.responsible, by, today)
        check_and_save(activity)
        _say(activity, f"Planned for {nz_date(activity.due_on)}", why, None, by, now)
    return activity


@action
def move_activity(
    *, activity: Activity, due_on: date, responsible: Person | None, why: str, by: User, now: datetime
) -> Activity:
    """Give an open one another day, or hand it to somebody else, and say why. Raises as plan_activity()."""
    today = localdate(now)
    with changing(activity.agreement, by, today) as agreement:
        locked = lock_activity(activity, agreement)
        check_may_move(locked, by)
        said = _moves(locked, due_on, responsible)
        if not said:
            raise refuse("due_on", "Nothing differs from what stands there: change something, or go back")
        if due_on != locked.due_on:
            _check_to_come(due_on, today)
        if responsible != locked.responsible:
            check_here(responsible, by, today)
        before, locked.due_on, locked.responsible = locked.due_on, due_on, responsible
        check_and_save(locked)
        _say(locked, said, why, before, by, now)
    return locked


@action
def hand_over_activity(*, activity: Activity, leaver: Person, to: Person, by: User, now: datetime) -> Activity:
    """Put ``to`` where ``leaver`` was named. Raises NotYours, NotNow, NotPermitted."""
    check_may(by, Permission.HAND_OVER)
    with changing(activity.agreement, by, localdate(now)) as agreement:
        locked = lock_activity(activity, agreement)
        if agreement.agency_id != by.agency.pk or to.agency_id != by.agency.pk:
            raise NotYours("This agreement belongs to another agency")
        if not locked.is_open or locked.responsible_id != leaver.pk:
            raise NotNow("It is done, or somebody else does it by now: nothing is left to hand over")
        locked.responsible = to
        check_and_save(locked)
        _say(locked, f"{to} does it", f"{leaver} has left", locked.due_on, by, now)
    return locked


@action
def cancel_activity(*, activity: Activity, why: str, by: User, now: datetime) -> Activity:
    """Call off what a person planned. Raises as plan_activity()."""
    today = localdate(now)
    with changing(activity.agreement, by, today) as agreement:
        locked = lock_activity(activity, agreement)
        check_may_cancel(locked, by)
        if not why.strip():
            raise refuse("why", "Say why it is not done")
        locked.cancelled_on, locked.cancelled_by, locked.cancelled_why = today, by, why.strip()
        check_and_save(locked)
    return locked


@action
def do_activity(
    *, activity: Activity, values: Mapping[str, Any], shown: Mapping[str, Any], by: User, now: datetime,
    finding: Mapping[str, Any] | None = None,
) -> Activity:  # fmt: skip
    """Keep ``done_on``, ``outcome`` and ``summary`` with what shows it; the provision counts as exercised.

    An outcome that is not satisfactory opens a finding, for which ``finding`` says at least ``severity``. The register
    schedules the next one. Raises ValidationError naming the field, NotYours, NotNow, NotPermitted.
    """
    today = localdate(now)
    with changing(activity.agreement, by, today) as agreement:
        locked = lock_activity(activity, agreement)
        check_may_do(locked, by)
        keep_done(locked, values, [_shown(locked, shown, by, now)], by, now, finding)
    return locked


@action
def show_more(*, activity: Activity, shown: Mapping[str, Any], by: User, now: datetime) -> ActivityEvidence:
    """Add evidence to what was done. Raises ValidationError naming the field, NotYours, NotNow, NotPermitted."""
    with changing(activity.agreement, by, localdate(now)) as agreement:
        locked = lock_activity(activity, agreement)
        check_may_show(locked, by)
        row = _shown(locked, shown, by, now)
        check_and_save(row)
    return row


def keep_done(
    activity: Activity, values: Mapping[str, Any], shown: Sequence[ActivityEvidence], by: User, now: datetime,
    finding: Mapping[str, Any] | None = None,
) -> None:  # fmt: skip
    """Write the outcome of a locked activity with what shows it, inside an action that has checked who acts.

    Raises ValidationError naming the field.
    """
    activity.done_by, activity.done_at = by, now
    for name in ("done_on", "outcome", "summary"):
        setattr(activity, name, values[name])
    _check_done(activity, localdate(now))
    check_and_save(activity)
    for row in shown:
        check_and_save(row)
    evidence = {name: getattr(shown[0], name) for name in SHOWN}
    keep_exercise(
        agreement=activity.agreement, code=activity.provision, on=activity.done_on, found=_found(activity), by=by,
        now=now, **evidence,
    )  # fmt: skip
    if activity.outcome != ActivityOutcome.SATISFACTORY:
        found_by(activity, dict(finding or {}), by, now)


def lock_activity(activity: Activity, agreement: Agreement) -> Activity:
    """The activity as it stands now, locked, of an agreement that is locked already."""
    rows = Activity.objects.select_for_update(of=("self",), no_key=True).select_related("responsible")
    locked = rows.get(pk=activity.pk)
    locked.agreement = agreement
    return locked


def check_here(person: Person | None, by: User, today: date) -> None:
    """Whoever is named works for the agency of the person who names them."""
    if person and (person.agency_id != by.agency.pk or person.has_left(today)):
        raise refuse("responsible", "Choose somebody who works here")


def _check_to_come(day: date, today: date) -> None:
    if day < today:
        raise refuse("due_on", f"{nz_date(day)} has passed: choose a day that can still be met")


def _check_done(activity: Activity, today: date) -> None:
    if activity.done_on and activity.done_on > today:
        raise refuse("done_on", "This day lies in the future: record it when it has happened")
    if not activity.summary.strip():
        raise refuse("summary", "Say what was looked at and what was seen")
    if activity.outcome not in ActivityOutcome.values:
        raise refuse("outcome", "Say what came of it")


def _shown(activity: Activity, shown: Mapping[str, Any], by: User, now: datetime) -> ActivityEvidence:
    """An outcome without evidence is only a claim."""
    row = ActivityEvidence(activity=activity, by=by, at=now)
    for name in SHOWN:
        if shown.get(name):
            setattr(row, name, shown[name])
    check_evidence(row.evidence, activity.agreement, by)
    if row.evidence is None and not row.evidence_note.strip():
        raise refuse("evidence", "An outcome needs evidence: choose a document, or say in words where it is kept")
    return row


def _found(activity: Activity) -> str:
    words = ActivityKind(activity.kind).label
    return f"{words}: {activity.get_outcome_display().lower()}. {activity.summary}"[:2000]


def _moves(activity: Activity, due_on: date, responsible: Person | None) -> str:
    parts = []
    if due_on != activity.due_on:
        parts.append(f"Due on {nz_date(due_on)}, was {nz_date(activity.due_on)}")
    if responsible != activity.responsible:
        parts.append(f"{responsible or 'Whoever manages the agreement'} does it")
    return "; ".join(parts)


def _say(activity: Activity, said: str, why: str, before: date | None, by: User, now: datetime) -> None:
    if not why.strip():
        raise refuse("why", "Say why, so that others understand it later")
    step = ActivityStep(
        activity=activity, said=said, why=why.strip(), due_before=before, due_on=activity.due_on, by=by, at=now
    )
    check_and_save(step)
