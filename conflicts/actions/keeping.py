"""A plan in force is kept: steps done, reviews, and what is recorded when it was not kept."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from conflicts.actions.changes import check_and_save, lock, refuse, tell_agreements
from conflicts.actions.step import move
from conflicts.due import declarations_waiting
from conflicts.errors import NotNow
from conflicts.lifecycle import BY_NAME
from conflicts.models import Declaration, ManagementPlan, NonCompliance, PlanReview, PlanStep, ReviewFinding
from conflicts.policies import check_may_record_not_kept, check_may_review, check_may_take_plan_step
from people.models import User
from records.acting import action
from records.words import nz_date


@action
def take_plan_step(*, step: PlanStep, done_on: date, note: str, by: User, on: date) -> PlanStep:
    """Mark one step of a plan in force as done, and say how that is known. Raises NotNow, NotYours, ValidationError."""
    locked = PlanStep.objects.select_for_update(of=("self",), no_key=True).get(pk=step.pk)
    locked.plan.declaration = lock(locked.plan.declaration)
    check_may_take_plan_step(locked, by)
    if done_on > on:
        raise refuse("done_on", f"{nz_date(done_on)} lies in the future: mark it when it is done")
    if not note.strip():
        raise refuse("note", "Say how we know that it is done")
    locked.done_on, locked.done_by, locked.note = done_on, by, note.strip()
    check_and_save(locked)
    return locked


@action
def review_plan(*, declaration: Declaration, values: Mapping[str, Any], by: User, now: datetime) -> PlanReview:
    """Keep what a review of the plan in force found; what follows from it follows at once.

    Still fitting: the plan is next reviewed on ``next_on``. To change: a new one is written while this one applies.
    Over: the declaration is closed. Raises NotNow, NotYours, ValidationError.
    """
    locked, today = lock(declaration), localdate(now)
    check_may_review(locked, by)
    plan = _in_force(locked)
    if values["on"] > today:
        raise refuse("on", f"{nz_date(values['on'])} lies in the future: record the review when it is done")
    review = PlanReview(plan=plan, by=by, at=now, **values)
    review.note = review.note.strip()
    if review.finding == ReviewFinding.CONFIRMED and review.next_on is None:
        raise refuse("next_on", "Say when it is looked at next")
    check_and_save(review)
    _follow(locked, plan, review, by, now)
    tell_agreements(locked, by, today)
    return review


def _follow(declaration: Declaration, plan: ManagementPlan, review: PlanReview, by: User, now: datetime) -> None:
    if review.finding == ReviewFinding.CONFIRMED:
        plan.review_on = review.next_on
        check_and_save(plan)
        return
    step = "vary_plan" if review.finding == ReviewFinding.VARIED else "close"
    move(declaration, BY_NAME[step], by, now, review.note, check=False)


@action
def record_not_kept(*, declaration: Declaration, values: Mapping[str, Any], by: User, now: datetime) -> NonCompliance:
    """Record that the plan was not kept: the day, what happened and what was done about it. Whoever decides is told.

    Raises NotNow, NotYours, ValidationError.
    """
    locked, today = lock(declaration), localdate(now)
    if values["on"] > today:
        raise refuse("on", f"{nz_date(values['on'])} lies in the future")
    check_may_record_not_kept(locked, by)
    row = NonCompliance(declaration=locked, by=by, at=now, **values)
    move(locked, BY_NAME["not_kept"], by, now, row.what, values["on"], check=False)
    check_and_save(row)
    tell_agreements(locked, by, today)
    if locked.decider_id != by.person_id:
        declarations_waiting(today)
    return row


def _in_force(declaration: Declaration) -> ManagementPlan:
    plan = declaration.plans.in_force().select_for_update(of=("self",), no_key=True).first()
    if plan is None:
        raise NotNow("No plan is in force")
    return plan
