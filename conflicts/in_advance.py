"""Was a plan approved in advance? Computed from dates, so that nobody can tick it away (letter, 2; 8.5 rule 10)."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from django.db.models import Case, Exists, F, Min, OuterRef, Q, QuerySet, Subquery, When

from conflicts.choices import DeclarationStatus, Standing
from conflicts.models import Declaration, DeclaredInterest, ManagementPlan

PLANNING = (DeclarationStatus.MANAGEABLE, DeclarationStatus.PLAN_DRAFTED)


class InAdvance(StrEnum):
    """What the dates say."""

    IN_TIME = "Approved in advance"
    LATE = "Approved after the work began"
    MISSING = "The work began without an approved plan"
    AROSE = "The interest came about after the work had begun"
    WAITING = "To be approved before the work begins"
    UNKNOWN = "It is not known when the work begins"


def work_begins_on(declaration: Declaration) -> date | None:
    """The first day of the work, subcontract or panel that the declaration is about; None where nothing says."""
    if declaration.subcontractor:
        return declaration.subcontractor.starts_on
    if declaration.begins_on:
        return declaration.begins_on
    if declaration.contract:
        return declaration.contract.starts_on
    return declaration.agreement.terms_now.starts_on if declaration.agreement else None


# The same day in a query of declarations.
BEGINS = Case(
    When(subcontractor__isnull=False, then="subcontractor__starts_on"),
    When(begins_on__isnull=False, then="begins_on"),
    When(contract__isnull=False, then="contract__starts_on"),
    default="agreement__current_terms__starts_on",
)


def in_advance(declaration: Declaration, plans: Iterable[ManagementPlan], on: date) -> InAdvance:
    """What the dates of the work and of the first approval say on that day.

    A plan that takes the place of another is not asked again. An interest that began after the work did could not be
    planned for in advance; one of which nobody said since when, could.
    """
    begins = work_begins_on(declaration)
    said = of_dates(begins, min((plan.approved_on for plan in plans if plan.approved_on), default=None), on)
    if begins is None or said not in (InAdvance.LATE, InAdvance.MISSING):
        return said
    rows = declaration.declared.exclude(standing=Standing.ENDED)
    arose = all(row.starts_on and row.starts_on > begins for row in rows)
    return InAdvance.AROSE if arose else said


def of_dates(begins: date | None, approved: date | None, on: date) -> InAdvance:
    """The same of the two days alone. On the first day itself counts as in time."""
    if begins is None:
        return InAdvance.UNKNOWN
    if approved:
        return InAdvance.IN_TIME if approved <= begins else InAdvance.LATE
    return InAdvance.WAITING if on < begins else InAdvance.MISSING


def foreseeable(begins: str) -> Exists:
    """Of a declaration in a query: whether an interest was there before the day in its column ``begins``."""
    rows = DeclaredInterest.objects.filter(declaration=OuterRef("pk")).exclude(standing=Standing.ENDED)
    return Exists(rows.filter(Q(starts_on=None) | Q(starts_on__lte=OuterRef(begins))))


def began_without_a_plan(declarations: "QuerySet[Declaration]", on: date) -> "QuerySet[Declaration]":
    """Those of the declarations whose work began before the first plan was approved: in_advance() as one query.

    They carry ``begins`` and ``first_approved``. Closed ones stay: what happened does not go away.
    """
    plans = ManagementPlan.objects.filter(declaration=OuterRef("pk")).order_by().values("declaration")
    first = Subquery(plans.annotate(first=Min("approved_on")).values("first"))
    late = Q(first_approved__gt=F("begins")) | Q(first_approved=None, status__in=PLANNING, begins__lte=on)
    return declarations.annotate(begins=BEGINS, first_approved=first).filter(late, foreseeable("begins"))
