"""What waits for somebody: declarations to decide, plans to write, approve and review, steps to take. Late first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.urls import reverse

from conflicts.choices import WAITING, DeclarationStatus
from conflicts.lifecycle import BY_NAME
from conflicts.models import Declaration, ManagementPlan, PlanStep
from conflicts.policies import check_may_draft_plan, check_may_step, has_to_pass_approval
from conflicts.waiting import SOON, decide_by
from people.models import User
from records.refusals import why_not

MOST = 200  # lines of one kind on the page
D = DeclarationStatus
REVIEWED = (D.PLAN_APPROVED, D.MONITORING)
PASSED = (D.MANAGEABLE, D.PLAN_DRAFTED)


@dataclass(frozen=True)
class Waiting:
    """One thing to do, for whom, and by when; without a day it waits since it came."""

    declaration: Declaration
    url: str
    due_on: date | None
    more: str = ""


@dataclass(frozen=True)
class Kind:
    """Things of one kind to do, the latest first."""

    name: str
    title: str
    rows: list[Waiting]


def to_decide(user: User, on: date) -> list[Kind]:
    """Everything that waits for this person, by kind; kinds without anything are left out. At most four queries."""
    asked = list(
        Declaration.objects.waiting_for(user)
        .select_related("person", "supplier", "decider", "approver")
        .order_by("pk")[:MOST]
    )
    found = [
        Kind("decide", "To decide", _late_first(_deciding(asked, user))),
        Kind("write", "Plans to write", _late_first(_writing(asked, user))),
        Kind("approve", "Plans to approve", _late_first(_approving(asked, user))),
        Kind("pass", "Plans that somebody else has to approve: name them", _late_first(_passing(asked))),
        Kind("review", "Plans to review", _late_first(_reviews(user, on))),
        Kind("steps", "Steps of plans to take", _late_first(_steps(user))),
        Kind("mend", "Plans not kept, to put right", _late_first(_mending(asked, user))),
    ]
    return [kind for kind in found if kind.rows]


def _deciding(rows: Iterable[Declaration], user: User) -> Iterator[Waiting]:
    for one in rows:
        if one.status in WAITING and not why_not(check_may_step, one, BY_NAME["decide_none"], user):
            yield Waiting(one, _page("decide", one), decide_by(one), one.get_status_display())


def _writing(rows: Iterable[Declaration], user: User) -> Iterator[Waiting]:
    for one in rows:
        if one.status == D.MANAGEABLE and not why_not(check_may_draft_plan, one, user):
            yield Waiting(one, _page("plan_write", one), None)


def _approving(rows: Iterable[Declaration], user: User) -> Iterator[Waiting]:
    for one in rows:
        if one.status == D.PLAN_DRAFTED and not why_not(check_may_step, one, BY_NAME["approve_plan"], user):
            yield Waiting(one, _page("plan_approve", one), None)


def _passing(rows: Iterable[Declaration]) -> Iterator[Waiting]:
    for one in rows:
        if one.status in PASSED and has_to_pass_approval(one):
            yield Waiting(one, _page("pass_approval", one), None)


def _mending(rows: Iterable[Declaration], user: User) -> Iterator[Waiting]:
    for one in rows:
        if one.status == D.NON_COMPLIANT and not why_not(check_may_step, one, BY_NAME["put_right"], user):
            yield Waiting(one, one.get_absolute_url(), None)


def _reviews(user: User, on: date) -> Iterator[Waiting]:
    mine = Q(declaration__decider=user.person_id) | Q(monitored_by=user.person_id)
    rows = ManagementPlan.objects.in_force().filter(mine, review_on__lte=on + SOON, declaration__status__in=REVIEWED)
    rows = rows.filter(pk__in=ManagementPlan.objects.visible_to(user).values("pk"))
    for plan in rows.select_related("declaration__person", "declaration__supplier", "declaration__decider")[:MOST]:
        yield Waiting(plan.declaration, _page("plan_review", plan.declaration), plan.review_on)


def _steps(user: User) -> Iterator[Waiting]:
    rows = PlanStep.objects.visible_to(user).to_take().filter(owner=user.person_id)
    for step in rows.select_related("plan__declaration__person", "plan__declaration__supplier")[:MOST]:
        url = reverse("conflicts:plan_step", args=[step.pk])
        yield Waiting(step.plan.declaration, url, step.due_on, step.what)


def _late_first(rows: Iterable[Waiting]) -> list[Waiting]:
    return sorted(rows, key=lambda row: (row.due_on is None, row.due_on or date.max))


def _page(name: str, declaration: Declaration) -> str:
    return reverse(f"conflicts:{name}", args=[declaration.code])
