"""What somebody can do with a declaration now: the steps that lead on from where it stands and are theirs to take."""

from dataclasses import dataclass, replace

from django.urls import reverse

from conflicts.lifecycle import Step, Who, steps_from
from conflicts.models import Declaration
from conflicts.policies import check_may_draft_plan, check_may_pass_approval, check_may_review, check_may_step
from people.models import User
from records.refusals import why_not

# Steps with a page of their own; the other steps share one. Submitting belongs to the draft, reviews to the plan.
PAGES = {
    "decide_none": ("Decide", "decide"),
    "approve_plan": ("Approve or send back the plan", "plan_approve"),
    "not_kept": ("Record that the plan was not kept", "plan_not_kept"),
    "escalate": ("Pass it to somebody else", "pass_on"),
}
ELSEWHERE = ("submit", "note", "decide_manageable", "decide_unmanageable", "draft_plan", "refuse_plan", "vary_plan")
MAIN = ("decide_none", "approve_plan", "acknowledge", "put_right")


@dataclass(frozen=True)
class Act:
    """One thing to do: its words, its page, and whether it is the usual one now."""

    label: str
    url: str
    main: bool = False
    dangerous: bool = False


def acts_of(declaration: Declaration, user: User) -> list[Act]:
    """What this person can do: one usual thing first, what undoes last. No query beyond roles and the plan in force."""
    found = [_act(step, declaration) for step in steps_from(declaration.status) if _is_theirs(step, declaration, user)]
    found += list(_of_plan(declaration, user))
    found.sort(key=lambda act: (not act.main, act.dangerous))
    return [*found[:1], *(replace(act, main=False) for act in found[1:])]


def _is_theirs(step: Step, declaration: Declaration, user: User) -> bool:
    if step.who == Who.SYSTEM or step.name in ELSEWHERE:
        return False
    return not why_not(check_may_step, declaration, step, user)


def _act(step: Step, declaration: Declaration) -> Act:
    label, name = PAGES.get(step.name, (step.label, ""))
    args = [declaration.code] if name else [declaration.code, step.name]
    return Act(label, reverse(f"conflicts:{name or 'declaration_step'}", args=args), step.name in MAIN, step.dangerous)


def _of_plan(declaration: Declaration, user: User) -> "list[Act]":
    asked = (
        ("Write the plan", "plan_write", check_may_draft_plan, True),
        ("Record a review of the plan", "plan_review", check_may_review, False),
        ("Let somebody else approve the plan", "pass_approval", check_may_pass_approval, False),
    )
    return [
        Act(label, reverse(f"conflicts:{name}", args=[declaration.code]), main)
        for label, name, check, main in asked
        if not why_not(check, declaration, user)
    ]
