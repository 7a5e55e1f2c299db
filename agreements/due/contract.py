"""Steps of the daily tick about contracts (settings.TICK_STEPS): told to who manages them.

Where nobody does, or they have gone, the privacy officers hear of it.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse

from agreements.choices import ContractStage
from agreements.due.agreement import AHEAD, SOON, Answering
from agreements.models import Contract, Subcontractor
from agreements.policies.contract import QUIET_AFTER
from people.actions.notice import keep_notices
from people.actions.system import system_user
from people.calendar import Day
from people.models import NoticeKind, User
from people.notices import Due
from people.permissions import may
from people.roles import Permission
from records.words import nz_date

ENDS = (NoticeKind.CONTRACT_90, NoticeKind.CONTRACT_30, NoticeKind.CONTRACT_PAST)


def contract_ends_near(on: date) -> int:
    """Tell of every running contract that ends within 90 days, again within 30, and again once its end has passed."""
    return keep_notices(kinds=ENDS, found=list(_ends(on)), on=on, by=system_user("tick"))


def contracts_quiet(on: date) -> int:
    """Tell of every contract in service about which nothing was logged for half a year."""
    kinds = [NoticeKind.OVERSIGHT_DUE]
    return keep_notices(kinds=kinds, found=list(_quiet(on)), on=on, by=system_user("tick"))


def subcontractors_starting(on: date) -> int:
    """Tell of every subcontractor that starts within 30 days: until then risks and conflicts can be looked at."""
    kinds = [NoticeKind.SUBCONTRACTOR_STARTS]
    return keep_notices(kinds=kinds, found=list(_starting(on)), on=on, by=system_user("tick"))


def _ends(on: date) -> Iterator[Due]:
    answering = Answering(on)
    rows = Contract.objects.running().filter(ends_on__lte=on + timedelta(days=AHEAD))
    for one in rows.order_by("pk").iterator():
        if one.ends_on is not None:
            yield from _told(one, answering, *_end(one, one.ends_on, on))


def _end(one: Contract, day: date, on: date) -> tuple[NoticeKind, date, str]:
    if day < on:
        text = f"Contract {one.reference} passed its end on {nz_date(day)}, and nobody has said that it ended"
        return NoticeKind.CONTRACT_PAST, day, text
    kind = NoticeKind.CONTRACT_30 if day <= on + timedelta(days=SOON) else NoticeKind.CONTRACT_90
    return kind, day, f"Contract {one.reference} ends on {nz_date(day)}"


def _quiet(on: date) -> Iterator[Due]:
    answering = Answering(on)
    rows = Contract.objects.filter(stage=ContractStage.IN_SERVICE).with_last_oversight()
    for one in rows.order_by("pk").iterator():
        day, text = _last_looked_after(one, on)
        if day <= on:
            yield from _told(one, answering, NoticeKind.OVERSIGHT_DUE, day, text)


def _last_looked_after(one: Contract, on: date) -> tuple[date, str]:
    """When half a year without an entry is over. Where neither entry nor start is known, the first of each month."""
    last: date | None = one.last_oversight  # type: ignore[attr-defined]  # annotated
    since = last or one.starts_on
    if since is None:
        return on.replace(day=1), f"Nothing was ever logged about contract {one.reference}"
    words = "since" if last else "since it started on"
    return since + timedelta(
        days=QUIET_AFTER
    ), f"Nothing was logged about contract {one.reference} {words} {nz_date(since)}"


def _starting(on: date) -> Iterator[Due]:
    answering = Answering(on)
    rows = Subcontractor.objects.filter(starts_on__range=(on, on + timedelta(days=SOON)))
    running = rows.exclude(contract__stage=ContractStage.ENDED).select_related("contract")
    for row in running.order_by("pk").iterator():
        one, day = row.contract, row.starts_on
        if day is not None:
            text = f"A subcontractor of contract {one.reference} starts on {nz_date(day)}"
            yield from _told(one, answering, NoticeKind.SUBCONTRACTOR_STARTS, day, text, f"Subcontractor {row.pk}")


def _told(
    one: Contract, answering: Answering, kind: NoticeKind, day: date, text: str, about: str = ""
) -> Iterator[Due]:
    for person in answering.among(one.agency_id, one.manager_id):
        yield Due(person, kind, about or f"Contract {one.pk}", day, text, one.get_absolute_url())


def readable(user: User, references: list[str]) -> dict[str, str]:
    """The titles of those contracts that the user may read now (settings.NOTICE_READERS)."""
    if not may(user, Permission.READ_AGREEMENTS):
        return {}
    rows = Contract.objects.visible_to(user).filter(pk__in=_keys(references))
    return {f"Contract {key}": title for key, title in rows.values_list("pk", "title")}


def readable_subcontractors(user: User, references: list[str]) -> dict[str, str]:
    """The titles of the contracts of those subcontractors, where the user may read them now."""
    if not may(user, Permission.READ_AGREEMENTS):
        return {}
    rows = Subcontractor.objects.filter(contract__in=Contract.objects.visible_to(user), pk__in=_keys(references))
    return {f"Subcontractor {key}": title for key, title in rows.values_list("pk", "contract__title")}


def _keys(references: list[str]) -> list[int]:
    return [int(reference.partition(" ")[2]) for reference in references]


def calendar_of(user: User) -> list[Day]:
    """The ends of the running contracts that the user manages, and when their subcontractors start."""
    if not may(user, Permission.READ_AGREEMENTS):
        return []
    mine = Contract.objects.visible_to(user).running().filter(manager=user.person_id)
    under = Subcontractor.objects.filter(~Q(starts_on=None), contract__in=mine).select_related("contract")
    ends = [
        Day(f"End of contract {one.reference}", one.ends_on, one.get_absolute_url())
        for one in mine.order_by("reference")
        if one.ends_on
    ]
    return ends + [
        Day(f"Start of subcontractor {row.pk}", row.starts_on, reverse("agreements:contract", args=[row.contract_id]))
        for row in under.order_by("pk")
        if row.starts_on
    ]
