"""The list of what the agency reports on in a year, and the choice of years."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from agreements.choices import Kind
from agreements.models import Agreement
from agreements.models.agreement import ONCE_SIGNED
from assurance.aisa.policies import shared_years
from assurance.models import AisaStep
from assurance.pages.aisa_report import Report, reports_of
from assurance.years import FIRST, called, financial_year, is_known, last_finished
from people.models import Agency, User

OFFERED = 6  # years to choose from; an earlier one is opened by its address


@dataclass(frozen=True)
class AisaList:
    """What the page shows; ``others`` are agreements on which another agency reports, or nobody is known to."""

    year: int
    years: list[tuple[int, str]]
    reports: list[Report]
    others: Sequence[Agreement]

    @property
    def called(self) -> str:
        """2025/26."""
        return called(self.year)

    @property
    def complete(self) -> int:
        """How many are complete."""
        return sum(one.complete for one in self.reports)


def aisa_list(user: User, on: date, asked: str) -> AisaList | None:
    """The list of a year; None where there cannot be one. Five queries, however many."""
    year = last_finished(on) if not asked else int(asked) if asked.isdecimal() and len(asked) == 4 else 0
    if not is_known(year, on):
        return None
    rows = list(_reportable(user.agency).annotate(ours=Exists(reported(user.agency).filter(pk=OuterRef("pk")))))
    ours, others = [one for one in rows if one.ours], [one for one in rows if not one.ours]
    last = financial_year(on)
    years = [(one, called(one)) for one in range(last, max(FIRST, last - OFFERED), -1)]
    return AisaList(year, years, list(reports_of(ours, year)), others)


def shown_to(agency: Agency) -> "QuerySet[AisaStep]":
    """The reports that other agencies show to this one, a party of their agreement: the step that showed each."""
    faces = Agreement.objects.signed_faces_for(agency).order_by().values("pk")
    rows = shared_years().filter(agreement__in=faces).select_related("agreement__agency")
    return rows.order_by("-year", "agreement__title", "pk")


def reported(agency: Agency) -> "QuerySet[Agreement]":
    """The agreements on which the agency reports."""
    return _reportable(agency).filter(in_the_lead(agency))


def in_the_lead(agency: Agency) -> Q:
    """Its own organisation is in the lead; of matching also where no lead is recorded."""
    return Q(approval__lead__agency=agency) | Q(kind=Kind.MATCHING, approval__lead=None)


def _reportable(agency: Agency) -> "QuerySet[Agreement]":
    rows = Agreement.objects.filter(agency=agency, kind__in=(Kind.AISA, Kind.MATCHING), status__in=ONCE_SIGNED)
    return rows.select_related("approval__lead").order_by("title", "pk")
