"""Draft a management plan, approve it, acknowledge it. Who wrote it does not approve it; once approved it stands."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import localdate

from conflicts.actions.changes import check_and_save, lock, refuse, tell_agreements
from conflicts.actions.step import end_plans, move
from conflicts.choices import DeclarationStatus
from conflicts.errors import NotNow, NotYours
from conflicts.lifecycle import BY_NAME
from conflicts.models import Declaration, ManagementPlan, PlanStep
from conflicts.policies import check_may_draft_plan
from people.models import User
from people.policies import check_same_agency
from records.acting import action

PLAN_FIELDS = ("risk", "options", "why_these", "told", "restricted", "monitored_by", "review_on", "ends_when")


@action
def draft_plan(
    *, declaration: Declaration, values: Mapping[str, Any], steps: Sequence[Mapping[str, Any]], by: User, now: datetime
) -> ManagementPlan:
    """Write the plan, or write it anew while it is not approved. Raises NotNow, NotYours, ValidationError."""
    locked = lock(declaration)
    check_may_draft_plan(locked, by)
    plan = locked.plans.being_written().first() or ManagementPlan(declaration=locked, drafted_at=now)
    for name in PLAN_FIELDS:
        if name in values:
            setattr(plan, name, values[name])
    if not plan.options:
        raise refuse("options", "Choose what is done about it; doing nothing more is a choice too, with reasons")
    check_same_agency(locked.agency, plan.monitored_by, *(step["owner"] for step in steps))
    plan.writers = sorted({*plan.writers, by.pk})
    check_and_save(plan)
    for old in plan.steps.all():
        old.delete()
    for step in steps:
        check_and_save(PlanStep(plan=plan, **step))
    if locked.status == DeclarationStatus.MANAGEABLE:
        move(locked, BY_NAME["draft_plan"], by, now, check=False)
    return plan


@action
def approve_plan(*, declaration: Declaration, by: User, now: datetime, conditions: str = "") -> ManagementPlan:
    """Approve the plan as it stands; it takes the place of the one in force.

    Raises NotNow, NotYours (the declarant, or who wrote part of it).
    """
    locked, on = lock(declaration), localdate(now)
    plan = _locked(locked.plans.being_written())
    if by.pk in plan.writers:
        raise NotYours("You wrote part of this plan: somebody else approves it")
    move(locked, BY_NAME["approve_plan"], by, now, conditions)
    end_plans(locked.plans.in_force(), on)
    plan.approved_by, plan.approved_at, plan.approved_on = by, now, on
    plan.conditions = " ".join(conditions.split())
    check_and_save(plan)
    tell_agreements(locked, by, on)
    return plan


@action
def refuse_plan(*, declaration: Declaration, reason: str, by: User, now: datetime) -> Declaration:
    """Send the plan back to whoever drafted it, with a reason. Raises NotNow, NotYours."""
    locked = lock(declaration)
    move(locked, BY_NAME["refuse_plan"], by, now, reason)
    return locked


@action
def acknowledge_plan(*, declaration: Declaration, by: User, now: datetime) -> ManagementPlan:
    """The declarant has read the approved plan and keeps to it from now on. Raises NotNow, NotYours."""
    locked = lock(declaration)
    move(locked, BY_NAME["acknowledge"], by, now)
    plan = _locked(locked.plans.in_force())
    plan.acknowledged_at = now
    plan.save()
    tell_agreements(locked, by, localdate(now))
    return plan


def _locked(plans: "QuerySet[ManagementPlan]") -> ManagementPlan:
    plan = plans.select_for_update(of=("self",), no_key=True).first()
    if plan is None:
        raise NotNow("There is no plan yet")
    return plan
