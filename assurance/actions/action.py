"""Actions about a finding: given to somebody, done with evidence, verified by somebody else or sent back."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from agreements.actions.changes import check_and_save, refuse
from agreements.actions.evidence import check_evidence
from agreements.errors import NotNow, NotYours
from agreements.models import EVIDENCE_FIELDS
from assurance.actions.finding import lock_finding, told
from assurance.models import Action, ActionState, Finding, StepKind
from assurance.policies.work import (
    check_may_change,
    check_may_drop,
    check_may_take,
    check_may_verify,
    check_may_work_on,
)
from people.models import Person, User
from people.permissions import check_may
from people.roles import Permission
from records.acting import action
from records.words import nz_date

SHOWN = ("evidence_note", *EVIDENCE_FIELDS)


@action
def add_action(*, finding: Finding, what: str, owner: Person, due_on: date, by: User, now: datetime) -> Action:
    """Say what has to be done, by whom and by when. Raises ValidationError, NotNow, NotYours, NotPermitted."""
    locked, today = lock_finding(finding), localdate(now)
    check_may_work_on(locked, by)
    _check_owner(owner, by, today)
    _check_to_come(due_on, today)
    made = Action(finding=locked, what=what.strip(), owner=owner, due_on=due_on)
    check_and_save(made)
    said = f"{owner}, by {nz_date(due_on)}"
    told(locked, StepKind.ADDED, by, now, action=made, said=said, why=made.what, due_on=due_on)
    return made


@action
def move_action(*, action_: Action, owner: Person, due_on: date, why: str, by: User, now: datetime) -> Action:
    """Give an open one another owner or day, and say why. Raises as add_action()."""
    locked, today = lock_action(action_), localdate(now)
    check_may_change(locked, by)
    if (owner, due_on) == (locked.owner, locked.due_on):
        raise refuse("due_on", "Nothing differs from what stands there: change something, or go back")
    if owner != locked.owner:
        _check_owner(owner, by, today)
    if due_on != locked.due_on:
        _check_to_come(due_on, today)
    if not why.strip():
        raise refuse("why", "Say why, so that others understand it later")
    locked.owner, locked.due_on = owner, due_on
    check_and_save(locked)
    said = f"{owner}, by {nz_date(due_on)}"
    told(locked.finding, StepKind.MOVED, by, now, action=locked, said=said, why=why.strip(), due_on=due_on)
    return locked


@action
def hand_over_action(*, action_: Action, leaver: Person, to: Person, by: User, now: datetime) -> Action:
    """Give an open one of a leaver to somebody else. Raises NotYours, NotNow, NotPermitted."""
    check_may(by, Permission.HAND_OVER)
    locked = lock_action(action_)
    if locked.finding.agency_id != by.agency.pk or to.agency_id != by.agency.pk:
        raise NotYours("This finding belongs to another agency")
    if locked.state != ActionState.OPEN or locked.owner_id != leaver.pk:
        raise NotNow("It is done, or somebody else does it by now: nothing is left to hand over")
    locked.owner = to
    check_and_save(locked)
    said = f"{to}, by {nz_date(locked.due_on)}"
    told(
        locked.finding,
        StepKind.MOVED,
        by,
        now,
        action=locked,
        said=said,
        why=f"{leaver} has left",
        due_on=locked.due_on,
    )
    return locked


@action
def do_action(*, action_: Action, note: str, shown: Mapping[str, Any], by: User, now: datetime) -> Action:
    """Say that it is done, with what shows it. Raises ValidationError, NotNow, NotYours, NotPermitted."""
    locked = lock_action(action_)
    check_may_take(locked, by)
    if not note.strip():
        raise refuse("note", "Say what was done")
    given = {name: shown[name] for name in SHOWN if shown.get(name)}
    for name, value in given.items():
        setattr(locked, name, value)
    if locked.evidence and locked.finding.agreement is None:
        raise refuse("evidence", "This finding is about no agreement: say in words where the evidence is kept")
    if locked.finding.agreement:
        check_evidence(locked.evidence, locked.finding.agreement, by)
    if locked.evidence is None and not locked.evidence_note.strip():
        raise refuse("evidence", "It needs evidence: choose a document, or say in words where it is kept")
    locked.state, locked.done_on, locked.done_by = ActionState.DONE, localdate(now), by
    locked.done_note = note.strip()
    check_and_save(locked)
    told(locked.finding, StepKind.DONE, by, now, action=locked, why=locked.done_note, **given)
    return locked


@action
def verify_action(*, action_: Action, note: str, by: User, now: datetime) -> Action:
    """Somebody else has seen that it is done. Raises ValidationError, NotNow, NotYours, NotPermitted."""
    locked = lock_action(action_)
    check_may_verify(locked, by)
    if not note.strip():
        raise refuse("note", "Say how you saw that it is done")
    locked.state, locked.verified_on, locked.verified_by = ActionState.VERIFIED, localdate(now), by
    locked.verified_note = note.strip()
    check_and_save(locked)
    told(locked.finding, StepKind.VERIFIED, by, now, action=locked, why=locked.verified_note)
    return locked


@action
def send_back(*, action_: Action, why: str, by: User, now: datetime) -> Action:
    """It is not done after all: it is open again, and what was said of it stays among the steps. Raises as above."""
    locked = lock_action(action_)
    check_may_verify(locked, by)
    if not why.strip():
        raise refuse("why", "Say what is missing")
    claimed = locked.done_note
    locked.state, locked.done_on, locked.done_by, locked.done_note = ActionState.OPEN, None, None, ""
    locked.evidence, locked.evidence_page, locked.evidence_on, locked.evidence_note = None, "", None, ""
    check_and_save(locked)
    said = f"It was said: {claimed}"[:300]
    told(locked.finding, StepKind.SENT_BACK, by, now, action=locked, said=said, why=why.strip(), due_on=locked.due_on)
    return locked


@action
def drop_action(*, action_: Action, why: str, by: User, now: datetime) -> Action:
    """It need not be done any more. Raises ValidationError, NotNow, NotYours, NotPermitted."""
    locked = lock_action(action_)
    check_may_drop(locked, by)
    if not why.strip():
        raise refuse("why", "Say why it need not be done")
    locked.state, locked.dropped_on = ActionState.DROPPED, localdate(now)
    check_and_save(locked)
    told(locked.finding, StepKind.DROPPED, by, now, action=locked, why=why.strip())
    return locked


def lock_action(action_: Action) -> Action:
    """The action as it stands now, locked after its finding."""
    finding = lock_finding(action_.finding)
    rows = Action.objects.select_for_update(of=("self",), no_key=True).select_related("owner")
    locked = rows.get(pk=action_.pk)
    locked.finding = finding
    return locked


def _check_owner(owner: Person, by: User, today: date) -> None:
    if owner.agency_id != by.agency.pk or owner.has_left(today):
        raise refuse("owner", "Choose somebody who works here")


def _check_to_come(day: date, today: date) -> None:
    if day < today:
        raise refuse("due_on", f"{nz_date(day)} has passed: choose a day that can still be met")
