"""Yearly reports of AISAs and matching: told to the lead agency's people once the year is over, until it is complete.

By when is the register's own day, to be in time for the annual report; the Act names none.
"""

from collections.abc import Iterator
from datetime import date

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate

from agreements.choices import Kind, Status
from agreements.due.agreement import Answering
from agreements.models import Agreement, StatusChange
from agreements.models.agreement import IN_USE
from assurance.aisa.policies import complete_in
from assurance.years import begins, called, last_finished
from people.actions.notice import keep_notices
from people.actions.system import system_user
from people.calendar import Day
from people.models import NoticeKind, User
from people.notices import Due, who_may
from people.permissions import may
from people.roles import Permission
from records.words import nz_date

KINDS = (NoticeKind.AISA_DUE, NoticeKind.AISA_LATE)


def aisa_reports_due(on: date) -> int:
    """Tell who answers for each agreement of the report of the year that is over; late, also who keeps the reports."""
    return keep_notices(kinds=KINDS, found=list(_found(on)), on=on, by=system_user("tick"))


def by_when(year: int) -> date:
    """The day by which the register asks for the report of a year: three months after its end."""
    return date(year, 9, 30)


def _found(on: date) -> Iterator[Due]:
    year, answering, keepers = last_finished(on), Answering(on), who_may(Permission.KEEP_POLICIES, on)
    day, late = by_when(year), by_when(year) < on
    kind = NoticeKind.AISA_LATE if late else NoticeKind.AISA_DUE
    for one in waiting(year).select_related("current_terms").iterator():
        what = "was to be complete" if late else "is to be complete"
        text = f"The report of {one.reference} for {called(year)} {what} by {nz_date(day)}"
        told = set(answering.of(one)) | (keepers.get(one.agency_id, set()) if late else set())
        for person in sorted(told):
            yield Due(person, kind, one.reference, day, text, reverse("aisa_report", args=[one.reference, year]))


def waiting(year: int) -> "QuerySet[Agreement]":
    """What their own agency is in the lead of, or matches where no lead is recorded, and has no complete report.

    Of what runs, or ended only once the year had begun, and did not begin after the year.
    """
    led = Q(approval__lead__agency=F("agency")) | Q(kind=Kind.MATCHING, approval__lead=None)
    ended = StatusChange.objects.filter(target=Status.ENDED, on__gte=begins(year)).values("agreement")
    in_use = Q(status__in=IN_USE) | Q(status__in=(Status.ENDED, Status.CLOSED_OUT), pk__in=ended)
    rows = Agreement.objects.filter(led, in_use, kind__in=(Kind.AISA, Kind.MATCHING))
    rows = rows.exclude(current_terms__starts_on__gt=date(year, 6, 30))
    return rows.exclude(pk__in=complete_in(year)).order_by("pk")


def calendar_of(user: User) -> list[Day]:
    """The reports that the user has still to complete of the last year that is over."""
    if not may(user, Permission.READ_AGREEMENTS):
        return []
    year = last_finished(localdate())
    own = Q(owner=user.person_id) | Q(manager=user.person_id)
    found = []
    for one in waiting(year).filter(own, agency=user.agency):
        page = reverse("aisa_report", args=[one.reference, year])
        found.append(Day(f"Report of {one.reference} for {called(year)}", by_when(year), page))
    return found
