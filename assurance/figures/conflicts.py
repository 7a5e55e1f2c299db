"""Part 10: conflicts of interest in counts, never in names; a number under five points at people and is not shown."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from assurance.figures.base import Figure
from assurance.figures.known import known_rows
from conflicts.choices import DeclarationStatus, InvitationState, Occasion, Outcome
from conflicts.counting import FEW, LEAST, guarded, guarded_table
from conflicts.models import Decision, DeclarationStep, Invitation, ManagementPlan, NonCompliance, Round
from people.models import Agency, Person
from people.models.person import here
from records.as_at import end_of
from records.words import nz_date

YEAR = timedelta(days=365)
SMALL = "Numbers under five are not shown, since they point at people."


def figures_of(agency: Agency, as_at: date) -> list[Figure]:
    """Coverage, decisions, plans, what was not kept, senior leaders; six queries."""
    return [
        *_coverage(agency, as_at),
        _senior(agency, as_at),
        *_decisions(agency, as_at),
        _plans(agency, as_at),
        _not_kept(agency, as_at),
    ]


def _declared(as_at: date, **whose: Any) -> Exists:
    """Whether it was submitted by the end of the day, and known by then."""
    steps = DeclarationStep.objects.filter(target=DeclarationStatus.SUBMITTED, on__lte=as_at, at__lt=end_of(as_at))
    return Exists(steps.filter(**whose))


def _coverage(agency: Agency, as_at: date) -> list[Figure]:
    rounds = Round.objects.filter(agency=agency, occasion=Occasion.ANNUAL, launched_at__lt=end_of(as_at))
    newest = rounds.order_by("-launched_at").first()
    about = "People asked in the newest round of yearly declarations, who declared by the day, nothing to declare "
    about += f"included. Who left or was excused with a reason is not counted. {SMALL}"
    if newest is None:
        says = "No round was held"
        return [Figure("conflicts.coverage", "Declared in the yearly round", about, 0, says=says)]
    asked = _asked(newest, as_at).annotate(said=_declared(as_at, declaration=OuterRef("declaration")))
    counted = asked.aggregate(of=Count("pk"), done=Count("pk", filter=Q(said=True)))
    label = f"Declared in the round of {nz_date(newest.opens_on)}"
    return [_people("conflicts.coverage", label, about, counted["done"], counted["of"])]


def _asked(newest: Round, as_at: date) -> "QuerySet[Any]":
    """As the register had it then: who is excused, or said to have left, afterwards was asked on the day."""
    gone = known_rows(Person, as_at, agency=newest.agency_id).filter(left_on__lte=as_at)
    asked = known_rows(Invitation, as_at, round=newest).exclude(state=InvitationState.EXCUSED)
    return asked.exclude(person__in=gone.values("id"))


def _senior(agency: Agency, as_at: date) -> Figure:
    leaders = known_rows(Person, as_at, agency=agency).filter(here(as_at), senior=True)
    own = {"declaration__person": OuterRef("id"), "on__gt": as_at - YEAR}
    counted = leaders.annotate(said=_declared(as_at, **own)).aggregate(
        of=Count("pk"), done=Count("pk", filter=Q(said=True))
    )
    about = f"Senior leaders here on the day, as was recorded by then, who declared in the year before it. {SMALL}"
    return _people("conflicts.senior", "Senior leaders who declared", about, counted["done"], counted["of"])


def _people(key: str, label: str, about: str, done: int, of: int) -> Figure:
    """Done of all, unless either part is a handful of people."""
    says = ""
    if 0 < of < LEAST:
        says = f"{FEW} people asked"
    elif 0 < done < LEAST:
        says = f"{FEW} of {of:,}"
    elif 0 < of - done < LEAST:
        says = f"all but {FEW} of {of:,}"
    return Figure(key, label, about, 0 if says else done, of, says=says.capitalize())


def _decisions(agency: Agency, as_at: date) -> list[Figure]:
    """They add up, so that one hidden number hides another."""
    rows = Decision.objects.filter(declaration__agency=agency, on__gt=as_at - YEAR, on__lte=as_at)
    known = rows.filter(at__lt=end_of(as_at)).order_by().values_list("outcome").annotate(n=Count("pk"))
    said = dict(known)
    later = rows.filter(at__gte=end_of(as_at)).count()
    numbers: Sequence[int] = [said.get(outcome.value, 0) for outcome in Outcome]
    [shown] = guarded_table([numbers])
    about = f"Decisions of the year before the day, each with its reasons, by what was decided. {SMALL}"
    return [
        Figure(
            f"conflicts.decided.{outcome.value}",
            f"Decided: {outcome.label[:1].lower()}{outcome.label[1:]}",
            about,
            count.number if not count.hidden else 0,
            says=count.says.capitalize() if count.hidden else "",
            later=later if not count.hidden and outcome == Outcome.NONE else 0,
        )
        for outcome, count in zip(Outcome, shown, strict=True)
    ]


def _plans(agency: Agency, as_at: date) -> Figure:
    rows = ManagementPlan.objects.filter(declaration__agency=agency, approved_on__lte=as_at)
    rows = rows.filter(Q(ended_on=None) | Q(ended_on__gt=as_at), approved_at__lt=end_of(as_at))
    about = f"Management plans that were approved by the day and had not ended. {SMALL}"
    return _single("conflicts.plans", "Management plans in force", about, rows.count())


def _not_kept(agency: Agency, as_at: date) -> Figure:
    rows = NonCompliance.objects.filter(declaration__agency=agency, on__gt=as_at - YEAR, on__lte=as_at)
    about = f"In the year before the day a plan, or the duty to declare, was not kept. {SMALL}"
    return _single("conflicts.not_kept", "Plans or duties not kept", about, rows.filter(at__lt=end_of(as_at)).count())


def _single(key: str, label: str, about: str, number: int) -> Figure:
    count = guarded(number)
    return Figure(key, label, about, count.number, says=count.says.capitalize() if count.hidden else "")
