"""The one writer of a declaration's status: performs the steps of lifecycle.py that need no record of their own."""

from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.timezone import localdate

from conflicts.actions.changes import lock, note_step, tell_agreements
from conflicts.errors import NotNow, NotYours
from conflicts.lifecycle import BY_NAME, Step
from conflicts.models import Declaration, ManagementPlan
from conflicts.policies import check_may_step
from people.models import Person, User
from records.acting import action

ON_ITS_OWN = ("withdraw", "take_up", "send_back", "put_right", "vary_plan", "look_again", "close", "reopen")
ENDING = ("reopen", "look_again", "close")


@action
def perform(*, declaration: Declaration, step: str, by: User, now: datetime, reason: str = "") -> Declaration:
    """Take a step that needs no more than a reason. Raises NotNow, NotYours."""
    if step not in ON_ITS_OWN:
        raise NotNow("This step has a page of its own")
    locked = lock(declaration)
    move(locked, BY_NAME[step], by, now, reason)
    tell_agreements(locked, by, localdate(now))
    return locked


@action
def escalate(*, declaration: Declaration, to: Person, reason: str, by: User, now: datetime) -> Declaration:
    """Let somebody else of the agency decide, with a reason. Raises NotNow, NotYours."""
    locked = lock(declaration)
    if to.agency_id != locked.agency_id or to.has_left(localdate(now)):
        raise NotYours("Name somebody who works here")
    if to.pk in (locked.person_id, locked.decider_id):
        raise NotYours("Name somebody other than the declarant and yourself")
    move(locked, BY_NAME["escalate"], by, now, reason)
    locked.decider = to
    locked.save()
    return locked


def move(
    declaration: Declaration,
    step: Step,
    by: User,
    now: datetime,
    reason: str = "",
    on: date | None = None,
    *,
    check: bool = True,
) -> None:
    """Take the step and keep it as a row of record; the declaration is locked already.

    ``check`` is False where the action has a rule of its own about who may take the step, and has asked it.
    """
    if check:
        check_may_step(declaration, step, by)
    if step.needs_reason and not reason.strip():
        raise NotNow("Say why: the reason is kept with the step")
    source, declaration.status = declaration.status, step.target
    if step.name in ENDING:
        end_plans(declaration.plans.filter(ended_on=None), localdate(now))
    declaration.save()
    note_step(declaration, step.name, source, by, now, reason, on)


def end_plans(plans: "QuerySet[ManagementPlan]", on: date) -> None:
    """A plan ends with what it was for, or when another takes its place."""
    for plan in plans:
        plan.ended_on = on
        plan.save()
