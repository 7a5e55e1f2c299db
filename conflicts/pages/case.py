"""What came of a declaration: decisions beside what was said, the plan, what was recorded, and what can be done now."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q

from conflicts.choices import BEING_WRITTEN, WAITING, DeclarationStatus, Standing
from conflicts.in_advance import PLANNING, InAdvance, in_advance, work_begins_on
from conflicts.models import (
    Decision,
    Declaration,
    DeclarationStep,
    DeclaredInterest,
    ManagementPlan,
    NonCompliance,
    PlanReview,
    PlanStep,
)  # fmt: skip
from conflicts.pages.doing import Act, acts_of
from conflicts.plan_options import BY_NAME as OPTIONS
from conflicts.plan_options import PlanOption
from conflicts.policies import check_may_take_plan_step, has_to_pass_approval
from people.models import User
from records.refusals import why_not

TO_APPROVE = (*WAITING, DeclarationStatus.MANAGEABLE, DeclarationStatus.PLAN_DRAFTED)


@dataclass(frozen=True)
class Line:
    """One interest as declared, the decision that stands about it, and those from before, newest first."""

    declared: DeclaredInterest | None
    decision: Decision | None
    before: list[Decision]


@dataclass(frozen=True)
class PlanShown:
    """A plan with its options in words, and the steps that the reader may say are done."""

    plan: ManagementPlan
    options: list[PlanOption]
    theirs: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Case:
    """Everything that came of one declaration, for one reader."""

    lines: list[Line]
    plans: list[PlanShown]
    timing: InAdvance
    begins: date | None
    is_breach: bool
    stops: str
    pass_on: bool
    open_again: bool
    breaches: list[NonCompliance]
    steps: list[DeclarationStep]
    acts: list[Act]

    @property
    def decided(self) -> bool:
        """Whether anything was ever decided about what was declared."""
        return any(line.decision or line.before for line in self.lines)

    @property
    def main(self) -> Act | None:
        """The one thing to do now; None where nothing waits for this reader."""
        return next((act for act in self.acts if act.main), None)


def case_of(declaration: Declaration, user: User, on: date) -> Case:
    """The case as it stands, in at most eight queries."""
    plans = list(
        declaration.plans.select_related("approved_by__person", "monitored_by")
        .prefetch_related(
            Prefetch("steps", PlanStep.objects.select_related("owner", "done_by__person").order_by("pk")),
            Prefetch("reviews", PlanReview.objects.select_related("by__person").order_by("pk")),
        )
        .order_by("-pk")
    )
    timing = in_advance(declaration, plans, on)
    return Case(
        lines=lines_of(declaration, user),
        plans=[PlanShown(plan, options_of(plan), _theirs(plan, user)) for plan in plans],
        timing=timing,
        begins=work_begins_on(declaration),
        is_breach=timing == InAdvance.LATE or (timing == InAdvance.MISSING and declaration.status in PLANNING),
        stops=stopped_by(declaration),
        pass_on=declaration.status in TO_APPROVE and has_to_pass_approval(declaration),
        open_again=declaration.status in BEING_WRITTEN,
        breaches=list(declaration.breaches.select_related("by__person").order_by("-pk")) if plans else [],
        steps=list(declaration.steps.select_related("by__person").order_by("-pk")),
        acts=acts_of(declaration, user),
    )


def _theirs(plan: ManagementPlan, user: User) -> frozenset[int]:
    return frozenset(step.pk for step in plan.steps.all() if not why_not(check_may_take_plan_step, step, user))


def stopped_by(declaration: Declaration) -> str:
    """What an unmanageable conflict stops, in a sentence; empty where there is none (domain.md 8.5 rules 11, 12)."""
    if declaration.status != DeclarationStatus.UNMANAGEABLE:
        return ""
    work = [
        f"subcontractor {declaration.subcontractor.organisation}" if declaration.subcontractor else "",
        f"contract {declaration.contract.reference}" if declaration.contract else "",
        declaration.agreement.reference if declaration.agreement else "",
    ]
    named = ", ".join(one for one in work if one) or declaration.about or "the work that it touches"
    return f"Until it is over, nothing is signed and nothing begins for {named}, and the declarant takes no part in it."


def plan_shown(plan: ManagementPlan | None) -> PlanShown | None:
    """One plan as it is read; None where there is none."""
    return PlanShown(plan, options_of(plan)) if plan else None


def options_of(plan: ManagementPlan) -> list[PlanOption]:
    """What is done about it, in words."""
    return [OPTIONS[name] for name in plan.options]


def lines_of(declaration: Declaration, user: User) -> list[Line]:
    """Each interest that is declared now with its decisions, also of earlier declarations that the user may read."""
    rows_now = sorted(declaration.declared.all(), key=lambda row: row.pk)
    declared = [row for row in rows_now if row.standing != Standing.ENDED]
    visible = Declaration.objects.visible_to(user).values("pk")
    about = Q(declared__interest__in=[row.interest_id for row in declared if row.interest_id])
    rows = Decision.objects.filter(about & Q(declaration__in=visible) | Q(declaration=declaration))
    found = list(rows.select_related("declared", "by__person").order_by("-pk"))
    rows_or_none: list[DeclaredInterest | None] = [*declared] or [None]
    return [_line(row, declaration, found) for row in rows_or_none]


def _line(row: DeclaredInterest | None, declaration: Declaration, found: list[Decision]) -> Line:
    """Opened again, what was decided no longer stands, until it is decided anew."""
    mine = [one for one in found if _is_about(one, row)]
    open_again = declaration.status in (*BEING_WRITTEN, *WAITING, DeclarationStatus.WITHDRAWN)
    now = [] if open_again else [one for one in mine if one.declaration_id == declaration.pk][:1]
    return Line(row, now[0] if now else None, [one for one in mine if one not in now])


def _is_about(one: Decision, row: DeclaredInterest | None) -> bool:
    if row is None or one.declared is None:
        return row is None and one.declared is None
    return one.declared_id == row.pk or (row.interest_id is not None and one.declared.interest_id == row.interest_id)
