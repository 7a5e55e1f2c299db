"""Steps of the daily tick about agreements (settings.TICK_STEPS): reviews and ends, told to those who answer.

What hangs on agreements has its own: contracts_due, assessments_due, comments_due.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q

from agreements.models import Agreement
from agreements.models.agreement import IN_USE
from people.actions.notice import keep_notices
from people.actions.system import system_user
from people.calendar import Day
from people.models import NoticeKind, User
from people.notices import Due, privacy_officers, who_may
from people.permissions import may
from people.roles import Permission
from records.words import nz_date

SOON = 30  # days before a review is due, and before an end, at which it is told
AHEAD = 90  # days before an end at which it is told first
REVIEWS = (NoticeKind.REVIEW_DUE, NoticeKind.REVIEW_LATE)
ENDS = (NoticeKind.END_90, NoticeKind.END_30, NoticeKind.END_PAST)


def reviews_due(on: date) -> int:
    """Tell of every review of a running agreement that is due within 30 days or late."""
    return keep_notices(kinds=REVIEWS, found=list(_reviews(on)), on=on, by=system_user("tick"))


def ends_near(on: date) -> int:
    """Tell of every agreement that ends within 90 days, again within 30, and again once its end has passed."""
    return keep_notices(kinds=ENDS, found=list(_ends(on)), on=on, by=system_user("tick"))


class Answering:
    """Who hears of an agreement: its owner and contract manager; where neither can, the privacy officers."""

    def __init__(self, on: date) -> None:
        self.readers, self.officers = who_may(Permission.READ_AGREEMENTS, on), privacy_officers(on)

    def of(self, agreement: Agreement) -> list[int]:
        """The keys of the people."""
        return self.among(agreement.agency_id, agreement.owner_id, agreement.manager_id)

    def among(self, agency: int, *people: int | None) -> list[int]:
        """Those of the people who are here and read agreements; where none is, the privacy officers of the agency."""
        own = self.readers.get(agency, set()) & set(people)
        return sorted(own or self.officers.get(agency, set()))


def _reviews(on: date) -> Iterator[Due]:
    answering = Answering(on)
    rows = Agreement.objects.filter(status__in=IN_USE, review_due_on__lte=on + timedelta(days=SOON))
    for one in rows.order_by("pk").iterator():
        day = one.review_due_on
        if day is not None:
            late = day < on
            kind = NoticeKind.REVIEW_LATE if late else NoticeKind.REVIEW_DUE
            text = f"The review of {one.reference} {'was' if late else 'is'} due on {nz_date(day)}"
            yield from _told(one, answering, kind, day, text)


def _ends(on: date) -> Iterator[Due]:
    answering = Answering(on)
    rows = Agreement.objects.filter(status__in=IN_USE, current_terms__ends_on__lte=on + timedelta(days=AHEAD))
    for one in rows.select_related("current_terms").order_by("pk").iterator():
        day = one.terms_now.ends_on
        if day is not None:
            yield from _told(one, answering, *_end(one, day, on))


def _end(one: Agreement, day: date, on: date) -> tuple[NoticeKind, date, str]:
    if day < on:
        text = f"{one.reference} passed its end on {nz_date(day)}, and nobody has ended, renewed or replaced it"
        return NoticeKind.END_PAST, day, text
    kind = NoticeKind.END_30 if day <= on + timedelta(days=SOON) else NoticeKind.END_90
    return kind, day, f"{one.reference} ends on {nz_date(day)}"


def _told(one: Agreement, answering: Answering, kind: NoticeKind, day: date, text: str) -> Iterator[Due]:
    for person in answering.of(one):
        yield Due(person, kind, one.reference, day, text, one.get_absolute_url())


def readable(user: User, references: list[str]) -> dict[str, str]:
    """The titles of those agreements that the user may read now (settings.NOTICE_READERS)."""
    if not may(user, Permission.READ_AGREEMENTS):
        return {}
    rows = Agreement.objects.visible_to(user).filter(reference__in=references)
    return dict(rows.values_list("reference", "title"))


def calendar_of(user: User) -> list[Day]:
    """The reviews and ends of the agreements that the user owns or manages, and may read now."""
    if not may(user, Permission.READ_AGREEMENTS):
        return []
    mine = Q(owner=user.person_id) | Q(manager=user.person_id)
    rows = Agreement.objects.visible_to(user).filter(mine, status__in=IN_USE).select_related("current_terms")
    return [
        Day(f"{what} of {one.reference}", on, one.get_absolute_url())
        for one in rows.order_by("reference")
        for what, on in (("Review", one.review_due_on), ("End", one.terms_now.ends_on))
        if on is not None
    ]
