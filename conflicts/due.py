"""Steps of the daily tick about declarations and plans (settings.TICK_STEPS), told to whoever is to act.

Notices travel by mail: they say what is to be done and since when; never who declared, nor what.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Max, Min, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.timezone import localdate

from conflicts.choices import WAITING, DeclarationStatus
from conflicts.models import Declaration, ManagementPlan, PlanStep
from conflicts.policies import has_to_pass_approval
from conflicts.routes import BY_NAME as ROUTES
from conflicts.routes import OUTSIDE
from conflicts.waiting import SOON, decide_by
from people.actions.notice import keep_notices
from people.actions.system import system_user
from people.calendar import Day
from people.models import NoticeKind, Person, User
from people.notices import Due, who_may
from people.roles import Permission
from records.words import nz_date

D, K = DeclarationStatus, NoticeKind
TOLD_FOR = timedelta(days=14)  # how long the declarant is told that something was decided
OF_DECLARATIONS = (K.DECIDE_NEW, K.DECIDE_LATE, K.WRITING_ASKED, K.APPROVING_ASKED, K.MENDING_ASKED)
OF_DECLARANTS = (K.RETURNED_ASKED, K.DECIDED_TOLD, K.ACKNOWLEDGE_ASKED, K.FILLING_ASKED)
OF_PLANS = (K.KEEPING_DUE, K.KEEPING_LATE, K.STEP_DUE, K.STEP_LATE)
ASKED = {
    D.MANAGEABLE: (K.WRITING_ASKED, "A management plan is to be written", "plan_write"),
    D.PLAN_DRAFTED: (K.APPROVING_ASKED, "A management plan waits for your approval", "plan_approve"),
    D.NON_COMPLIANT: (K.MENDING_ASKED, "A plan that was not kept is to be put right", "declaration"),
}
PASSED_ON = "A management plan waits until you name somebody else who approves it", "pass_approval"
TOLD = {
    D.RETURNED: (K.RETURNED_ASKED, "Your declaration came back: something is missing"),
    D.PLAN_APPROVED: (K.ACKNOWLEDGE_ASKED, "A management plan waits for you to read it and agree to keep to it"),
    D.NO_CONFLICT: (K.DECIDED_TOLD, "Your declaration was decided"),
    D.MANAGEABLE: (K.DECIDED_TOLD, "Your declaration was decided"),
    D.UNMANAGEABLE: (K.DECIDED_TOLD, "Your declaration was decided"),
}


def declarations_waiting(on: date) -> int:
    """Tell whoever decides, writes a plan, approves one or puts one right. After ten working days it is late."""
    return keep_notices(kinds=OF_DECLARATIONS, found=list(_waiting(on)), on=on, by=system_user("tick"))


def declarants_told(on: date) -> int:
    """Tell declarants that theirs came back, was decided, or that a plan waits; and whom they let fill it in."""
    return keep_notices(kinds=OF_DECLARANTS, found=[*_told(on), *_filling_in(on)], on=on, by=system_user("tick"))


def plans_due(on: date) -> int:
    """Tell of steps of plans and of reviews that fall due within 30 days or are late."""
    found = [*_steps(on), *_reviews(on)]
    return keep_notices(kinds=OF_PLANS, found=found, on=on, by=system_user("tick"))


class Acting:
    """Who acts: the person named, where they are here and sign in; else the integrity team of the agency."""

    def __init__(self, on: date) -> None:
        self.champions = who_may(Permission.SEE_DECLARATIONS, on)
        self.here = set(Person.objects.here_on(on).filter(user__is_active=True).values_list("pk", flat=True))

    def of(self, declaration: Declaration, named: int | None) -> list[int]:
        """The keys of the people; never the declarant."""
        found = {named} if named in self.here else self.champions.get(declaration.agency_id, set())
        return sorted(found - {declaration.person_id})


def _waiting(on: date) -> Iterator[Due]:
    acting = Acting(on)
    rows = Declaration.objects.filter(status__in=(*WAITING, *ASKED)).annotate(since=Max("steps__on")).order_by("pk")
    for one in rows.iterator():
        if one.status in WAITING:
            yield from _deciding(one, acting, on)
            continue
        kind, text, page = ASKED[D(one.status)]
        if one.status == D.PLAN_DRAFTED and has_to_pass_approval(one):
            text, page = PASSED_ON
        for person in acting.of(one, _acts(one)):
            yield _due(person, kind, one, one.since, f"{text}, since {nz_date(one.since)}", page)


def _acts(one: Declaration) -> int | None:
    """Where one person decides and approves, nobody is named to write the plan: the integrity team does."""
    if one.status == D.PLAN_DRAFTED:
        return one.approver_id
    return None if one.status == D.MANAGEABLE and one.decider_id == one.approver_id else one.decider_id


def _deciding(one: Declaration, acting: Acting, on: date) -> Iterator[Due]:
    late_on = decide_by(one)
    since = one.submitted_on
    if late_on is None or since is None:
        return
    kind, day = (K.DECIDE_LATE, late_on) if late_on < on else (K.DECIDE_NEW, since)
    outside = bool(one.route) and ROUTES[one.route].decides == OUTSIDE
    words = "is to be decided outside the register, and recorded" if outside else "waits for your decision"
    for person in acting.of(one, one.decider_id):
        yield _due(person, kind, one, day, f"A declaration {words}, since {nz_date(since)}", "decide")


def _told(on: date) -> Iterator[Due]:
    here = Acting(on).here
    rows = Declaration.objects.filter(status__in=TOLD, person__in=here).annotate(since=Max("steps__on")).order_by("pk")
    for one in rows.iterator():
        kind, text = TOLD[D(one.status)]
        if one.person_id and (kind != K.DECIDED_TOLD or one.since > on - TOLD_FOR):
            yield _due(one.person_id, kind, one, one.since, f"{text}, {nz_date(one.since)}", "declaration")


def _filling_in(on: date) -> Iterator[Due]:
    """Since the day that the history first names them."""
    named = Declaration.history.filter(id=OuterRef("pk"), filled_in_by=OuterRef("filled_in_by")).order_by()
    since = Subquery(named.values("id").annotate(first=Min("history_date")).values("first"))
    rows = Declaration.objects.being_written().filter(filled_in_by__in=Acting(on).here)
    for one in rows.annotate(since=since).order_by("pk").iterator():
        day = localdate(one.since)
        text = f"A colleague asks you to fill in their declaration, since {nz_date(day)}: they submit it themselves"
        yield _due(one.filled_in_by_id, K.FILLING_ASKED, one, day, text, "declaration")  # type: ignore[arg-type]


def _steps(on: date) -> Iterator[Due]:
    here = Acting(on).here
    rows = PlanStep.objects.to_take().filter(due_on__lte=on + SOON, owner__in=here).order_by("pk")
    for one in rows.iterator():
        if one.due_on is not None:
            late = one.due_on < on
            text = f"A step of a management plan {'was' if late else 'is'} due on {nz_date(one.due_on)}"
            url = reverse("conflicts:plan_step", args=[one.pk])
            kind = K.STEP_LATE if late else K.STEP_DUE
            yield Due(one.owner_id, kind, f"Plan step {one.pk}", one.due_on, text, url)


def _reviews(on: date) -> Iterator[Due]:
    acting = Acting(on)
    open_now = (D.PLAN_APPROVED, D.MONITORING)
    rows = ManagementPlan.objects.in_force().filter(review_on__lte=on + SOON, declaration__status__in=open_now)
    for plan in rows.select_related("declaration").order_by("pk").iterator():
        day = plan.review_on
        if day is None:
            continue
        kind = K.KEEPING_LATE if day < on else K.KEEPING_DUE
        text = f"The review of a management plan {'was' if day < on else 'is'} due on {nz_date(day)}"
        people = set(acting.of(plan.declaration, plan.declaration.decider_id))
        if plan.monitored_by_id in acting.here and plan.monitored_by_id != plan.declaration.person_id:
            people.add(plan.monitored_by_id)
        for person in sorted(people):
            yield _due(person, kind, plan.declaration, day, text, "plan_review")


def _due(person: int, kind: NoticeKind, one: Declaration, day: date, text: str, page: str) -> Due:
    return Due(person, kind, f"Declaration {one.code}", day, text, reverse(f"conflicts:{page}", args=[one.code]))


def readable(user: User, references: list[str]) -> dict[str, str]:
    """The declarations that the user may read now (settings.NOTICE_READERS). Their title is nobody's to mail."""
    codes = [reference.partition(" ")[2] for reference in references]
    visible = Declaration.objects.visible_to(user).filter(code__in=codes).values_list("code", flat=True)
    kept = Declaration.objects.kept_by(user).filter(code__in=codes).values_list("code", flat=True)
    return {f"Declaration {code}": "" for code in (*visible, *kept)}


def readable_steps(user: User, references: list[str]) -> dict[str, str]:
    """The steps of plans that the user may see now, without a title."""
    keys = [int(reference.rpartition(" ")[2]) for reference in references]
    rows = PlanStep.objects.visible_to(user).filter(pk__in=keys)
    return {f"Plan step {key}": "" for key in rows.values_list("pk", flat=True)}


def calendar_of(user: User) -> list[Day]:
    """By when the user decides, reviews and takes steps; numbers and no names."""
    deciding = Declaration.objects.visible_to(user).filter(status__in=WAITING, decider=user.person_id).order_by("pk")
    mine = Q(declaration__decider=user.person_id) | Q(monitored_by=user.person_id)
    plans = ManagementPlan.objects.visible_to(user).in_force().filter(mine, review_on__isnull=False)
    steps = PlanStep.objects.visible_to(user).to_take().filter(owner=user.person_id, due_on__isnull=False)
    found = [(f"Declaration to decide {one.pk}", decide_by(one), _page("decide", one)) for one in deciding]
    found += [
        (f"Review of management plan {plan.pk}", plan.review_on, _page("plan_review", plan.declaration))
        for plan in plans.select_related("declaration").order_by("pk")
    ]
    found += [
        (f"Step of a management plan {step.pk}", step.due_on, reverse("conflicts:plan_step", args=[step.pk]))
        for step in steps.order_by("pk")
    ]
    return [Day(what, day, url) for what, day, url in found if day]


def _page(name: str, one: Declaration) -> str:
    return reverse(f"conflicts:{name}", args=[one.code])
