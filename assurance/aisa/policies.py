"""Who may report on an AISA or on matching, and when."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from agreements.errors import NotNow, NotTheirs, NotYours
from agreements.models import Agreement
from agreements.models.agreement import ONCE_SIGNED
from assurance.actions.approval import APPROVED_KINDS
from assurance.models import AisaStep, AisaStepKind, Approval
from assurance.years import called, ends, is_known
from people.models import User
from people.permissions import may
from people.roles import Permission


def check_may_report(agreement: Agreement, user: User) -> None:
    """The person keeps the yearly figures or owns the agreement, of which their agency is in the lead.

    Raises NotYours, NotNow.
    """
    if agreement.agency_id != user.agency.pk:
        raise NotYours("This agreement belongs to another agency")
    if agreement.kind not in APPROVED_KINDS:
        raise NotNow("Only an approved information sharing agreement or information matching is reported on each year")
    if agreement.status not in ONCE_SIGNED:
        raise NotNow("It was not signed yet: there is no year to report on")
    _check_in_the_lead(agreement, user)
    owns = agreement.owner_id is not None and agreement.owner_id == user.person_id
    if not owns and not may(user, Permission.KEEP_POLICIES):
        raise NotTheirs(f"Only the owner of the agreement can do this, or whose role allows: {_keeping()}")


def check_year_open(agreement: Agreement, year: int, on: date) -> None:
    """The year has begun and is not complete. Raises NotNow."""
    if not is_known(year, on):
        raise NotNow(f"{called(year)} cannot be reported on now")
    if is_complete(agreement, year):
        raise NotNow(f"{called(year)} is complete: reopen it with a reason to change what it says")


def check_may_enter(agreement: Agreement, year: int, user: User, on: date) -> None:
    """The person may enter and correct what this year says. Raises NotYours, NotNow."""
    check_may_report(agreement, user)
    check_year_open(agreement, year, on)


def check_may_complete(agreement: Agreement, year: int, user: User, on: date) -> None:
    """The person may say that the year is complete: it is over, and something was entered. Raises NotYours, NotNow."""
    check_may_enter(agreement, year, user, on)
    if ends(year) >= on:
        raise NotNow(f"{called(year)} is not over yet")
    if not agreement.aisa_entries.filter(year=year).exists():
        raise NotNow("Nothing was entered for this year yet")


def check_may_reopen(agreement: Agreement, year: int, user: User) -> None:
    """The person may reopen the year: it is complete. Raises NotYours, NotNow."""
    check_may_report(agreement, user)
    if not is_complete(agreement, year):
        raise NotNow(f"{called(year)} is open already")


def check_may_share(agreement: Agreement, year: int, user: User) -> None:
    """The person may show the year to the other parties: it is complete, and not shown yet. Raises NotYours, NotNow."""
    check_may_report(agreement, user)
    if not is_complete(agreement, year):
        raise NotNow(f"{called(year)} is not complete yet")
    if shared_years().filter(agreement=agreement, year=year).exists():
        raise NotNow(f"The other parties see {called(year)} already")


def shared_years() -> "QuerySet[AisaStep]":
    """Of each agreement and year that the other parties see, the step that showed it."""
    return _standing().filter(kind=AisaStepKind.SHARED)


def complete_in(year: int) -> "QuerySet[Any, Any]":
    """The keys of the agreements whose report of a year is complete."""
    return _standing().filter(year=year).exclude(kind=AisaStepKind.REOPENED).values("agreement")


def _standing() -> "QuerySet[AisaStep]":
    """The newest step of each agreement and year."""
    newest = AisaStep.objects.order_by("agreement", "year", "-pk").distinct("agreement", "year")
    return AisaStep.objects.filter(pk__in=newest.values("pk"))


def is_complete(agreement: Agreement, year: int) -> bool:
    """Whether somebody said so, and nobody reopened it since."""
    kinds = AisaStep.objects.filter(agreement=agreement, year=year).order_by("-pk").values_list("kind", flat=True)
    return kinds.first() in (AisaStepKind.COMPLETE, AisaStepKind.SHARED)


def _check_in_the_lead(agreement: Agreement, user: User) -> None:
    """The lead agency reports (section 155); of matching, who holds the agreement where no lead is recorded."""
    approval = Approval.objects.filter(agreement=agreement).select_related("lead").first()
    lead = approval.lead if approval else None
    if lead is None and agreement.kind == APPROVED_KINDS[0]:
        raise NotNow("The lead agency reports, and who that is is not recorded: record the approval first")
    if lead is not None and lead.agency_id != user.agency.pk:
        raise NotYours(f"The lead agency reports, and that is {lead.name}")


def _keeping() -> str:
    return Permission.KEEP_POLICIES.lower()
