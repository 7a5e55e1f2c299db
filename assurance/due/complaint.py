"""Notices about complaints: to whom one is given, or all who answer them, a week before its day and after it.

Never what they say.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse

from assurance.models import Complaint
from people.actions.notice import keep_notices
from people.actions.system import system_user
from people.calendar import Day
from people.models import NoticeKind, User
from people.notices import Due, who_may
from people.roles import Permission
from records.words import nz_date

SOON = timedelta(days=7)
KINDS = (NoticeKind.COMPLAINT_DUE, NoticeKind.COMPLAINT_LATE)


def complaints_due(on: date) -> int:
    """Tell whom each was given to, or all who answer complaints, of those whose day is near or has passed."""
    return keep_notices(kinds=KINDS, found=list(_found(on)), on=on, by=system_user("tick"))


def _found(on: date) -> Iterator[Due]:
    handlers = who_may(Permission.HANDLE_CONCERNS, on)
    for one in Complaint.objects.open().filter(answer_by__lte=on + SOON).order_by("pk"):
        late = one.is_late(on)
        kind = NoticeKind.COMPLAINT_LATE if late else NoticeKind.COMPLAINT_DUE
        text = f"{one.reference} {'was' if late else 'is'} to be answered by {nz_date(one.answer_by)}"
        all_of_them = handlers.get(one.agency_id, set())
        for person in sorted(all_of_them & {one.owner_id} or all_of_them):
            url = reverse("complaint", args=[one.reference])
            yield Due(person, kind, one.reference, one.answer_by, text, url)


def readable(user: User, references: list[str]) -> dict[str, str]:
    """The complaints that the user may read now (settings.NOTICE_READERS), without a title."""
    rows = Complaint.objects.visible_to(user).filter(reference__in=references)
    return dict.fromkeys(rows.values_list("reference", flat=True), "")


def calendar_of(user: User) -> list[Day]:
    """By when the user answers complaints given to them."""
    rows = Complaint.objects.visible_to(user).open().filter(owner=user.person_id).order_by("pk")
    return [Day(one.reference, one.answer_by, reverse("complaint", args=[one.reference])) for one in rows]
