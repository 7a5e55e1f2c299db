"""Was a plan approved in advance? Computed from dates, so that nobody can tick it away (letter, 2; 8.5 rule 10)."""

from datetime import date
from enum import StrEnum

from conflicts.models import Declaration, ManagementPlan


class InAdvance(StrEnum):
    """What the dates say."""

    IN_TIME = "Approved in advance"
    LATE = "Approved after the work began"
    MISSING = "The work began without an approved plan"
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


def in_advance(declaration: Declaration, plan: ManagementPlan | None, on: date) -> InAdvance:
    """What the dates of the work and of the approval say on that day."""
    return of_dates(work_begins_on(declaration), plan.approved_on if plan else None, on)


def of_dates(begins: date | None, approved: date | None, on: date) -> InAdvance:
    """The same of the two days alone. On the first day itself counts as in time."""
    if begins is None:
        return InAdvance.UNKNOWN
    if approved:
        return InAdvance.IN_TIME if approved <= begins else InAdvance.LATE
    return InAdvance.WAITING if on < begins else InAdvance.MISSING
