"""The step of the daily tick about assessments (settings.TICK_STEPS): those that are to be done again."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse

from agreements.due.agreement import SOON, Answering
from agreements.models import Assessment
from agreements.models.agreement import IN_USE
from people.actions.notice import keep_notices
from people.actions.system import system_user
from people.calendar import Day
from people.models import NoticeKind, User
from people.notices import Due
from people.permissions import may
from people.roles import Permission
from records.words import nz_date

if TYPE_CHECKING:
    from django.db.models import QuerySet

KINDS = (NoticeKind.ASSESSMENT_DUE, NoticeKind.ASSESSMENT_LATE)


def assessments_due(on: date) -> int:
    """Tell of every assessment of a running agreement that is to be done again within 30 days, or should have been."""
    return keep_notices(kinds=KINDS, found=list(_again(on)), on=on, by=system_user("tick"))


def standing() -> "QuerySet[Assessment]":
    """The newest final assessment of each kind of each running agreement: an older one is superseded."""
    rows = Assessment.objects.filter(agreement__status__in=IN_USE).final()
    newest = rows.order_by("agreement", "kind", "-done_on", "-pk").distinct("agreement", "kind")
    return Assessment.objects.filter(pk__in=newest.values("pk")).select_related("agreement")


def _again(on: date) -> Iterator[Due]:
    answering = Answering(on)
    rows = standing().filter(again_on__lte=on + timedelta(days=SOON))
    for one in rows.order_by("pk").iterator():
        day = one.again_on
        if day is not None:
            late = day < on
            kind = NoticeKind.ASSESSMENT_LATE if late else NoticeKind.ASSESSMENT_DUE
            text = f"{one} of {one.agreement.reference} {'was' if late else 'is'} to be done again on {nz_date(day)}"
            for person in answering.of(one.agreement):
                yield Due(person, kind, f"Assessment {one.pk}", day, text, _url(one))


def _url(one: Assessment) -> str:
    """Where the next one is begun, beside the one that stands."""
    return reverse("agreements:assessments", args=[one.agreement.reference])


def readable(user: User, references: list[str]) -> dict[str, str]:
    """The titles of the agreements of those assessments, where the user may read them now (settings.NOTICE_READERS)."""
    if not may(user, Permission.READ_AGREEMENTS):
        return {}
    keys = [int(reference.partition(" ")[2]) for reference in references]
    rows = Assessment.objects.visible_to(user).filter(pk__in=keys)
    return {f"Assessment {key}": title for key, title in rows.values_list("pk", "agreement__title")}


def calendar_of(user: User) -> list[Day]:
    """When assessments of the agreements that the user owns or manages are to be done again."""
    if not may(user, Permission.READ_AGREEMENTS):
        return []
    mine = Q(agreement__owner=user.person_id) | Q(agreement__manager=user.person_id)
    rows = standing().filter(mine, agreement__agency=user.agency).order_by("agreement__reference", "kind")
    return [
        Day(f"{one} again of {one.agreement.reference}", one.again_on, _url(one)) for one in rows if one.again_on
    ]  # fmt: skip
