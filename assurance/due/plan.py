"""What the daily tick finds due about the standards and the plan (settings.TICK_STEPS): told to those who answer."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from agreements.choices import Status
from agreements.due.agreement import Answering
from agreements.extensions import gates
from agreements.models import StatusChange
from assurance.models import PlanItem, PlanState
from people.actions.notice import keep_notices
from people.actions.system import system_user
from people.calendar import Day
from people.models import NoticeKind, User
from people.notices import Due
from people.permissions import may
from people.roles import Permission
from records.words import nz_date

NAMED = 3  # of what keeps a start; the page behind the notice has the rest


def held_starts_told(on: date) -> int:
    """Tell of every agreement that the tick held on its first day, once, until it is resumed or ended."""
    kinds = [NoticeKind.START_HELD]
    return keep_notices(kinds=kinds, found=list(_held(on)), on=on, by=system_user("tick"))


def plan_targets_passed(on: date) -> int:
    """Tell of every item of the plan whose quarter has passed and that is not done, once for each quarter."""
    kinds = [NoticeKind.PLAN_LATE]
    return keep_notices(kinds=kinds, found=list(_passed(on)), on=on, by=system_user("tick"))


def _held(on: date) -> Iterator[Due]:
    """Nobody but the tick suspends in its own name; whatever came after ended the hold."""
    answering = Answering(on)
    later = StatusChange.objects.filter(agreement=OuterRef("agreement"), pk__gt=OuterRef("pk"))
    rows = StatusChange.objects.filter(~Exists(later), agreement__status=Status.SUSPENDED, step="suspend", on__lte=on)
    mine = rows.filter(by=system_user("tick")).select_related("agreement__current_terms")
    for change in mine.order_by("pk"):
        one = change.agreement
        text = (
            f"{one.reference} did not start on {nz_date(change.on)} and is suspended. {_keeps(gates(one, 'start', on))}"
        )
        url = f"{reverse('conformance', args=[one.reference])}#left"
        for person in answering.of(one):
            yield Due(person, NoticeKind.START_HELD, one.reference, change.on, text, url)


def _keeps(reasons: list[str]) -> str:
    """What is asked, without the names that stand in the reason: mail travels further than the register."""
    if not reasons:
        return "Nothing that is asked before a start is open any more: resume it"
    named = [reason.partition(":")[0] for reason in reasons[:NAMED]]
    more = [f"{len(reasons) - NAMED} more"] if len(reasons) > NAMED else []
    return f"Still to be met: {'; '.join(named + more)}"


def late_items(on: date) -> "QuerySet[PlanItem]":
    """What is still asked, is not done, and had a quarter that has passed."""
    return PlanItem.objects.filter(left_on=None, target__lt=on).exclude(state=PlanState.DONE)


def _passed(on: date) -> Iterator[Due]:
    """To who owns the item; where nobody does, to those who answer for the agreement."""
    answering = Answering(on)
    rows = late_items(on).select_related("agreement").order_by("pk")
    for item in rows.iterator():
        one, day = item.agreement, item.target
        people = answering.among(one.agency_id, item.owner_id) if item.owner_id else answering.of(one)
        if day is not None:
            text = f"What the plan asks about {one.reference} was to be done by {nz_date(day)}, and is not"
            for person in people:
                yield Due(person, NoticeKind.PLAN_LATE, one.reference, day, text, _url(one.reference))


def _url(reference: str) -> str:
    return reverse("plan_item", args=[reference])


def calendar_of(user: User) -> list[Day]:
    """The last days of the quarters in which items that the user owns are to be done, passed ones too."""
    if not may(user, Permission.READ_AGREEMENTS):
        return []
    rows = PlanItem.objects.visible_to(user).filter(owner=user.person_id, left_on=None, target__isnull=False)
    undone = rows.exclude(state=PlanState.DONE).select_related("agreement").order_by("agreement__reference")
    return [
        Day(f"Plan for {item.agreement.reference}", item.target, _url(item.agreement.reference))
        for item in undone
        if item.target
    ]
