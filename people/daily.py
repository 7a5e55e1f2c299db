"""Steps of the daily tick about people (settings.TICK_STEPS), and who may read their notices."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from people.actions.handover import list_leaver
from people.actions.notice import keep_notices
from people.actions.system import system_user
from people.calendar import Day
from people.models import Delegation, Handover, NoticeKind, Person, User
from people.notices import Due, who_may
from people.permissions import may
from people.roles import Permission
from records.actions.mail import forget_old_mail
from records.words import nz_date

SOON = timedelta(days=30)  # how long before its last day the end of a delegation is told


def leavers_into_hand_over(on: date) -> int:
    """What people who left by that day own, and nobody has on the list yet: it came to them after they gave notice."""
    gone = Person.objects.filter(left_on__lte=on).order_by("pk")
    by = system_user("tick")
    return sum(len(list_leaver(person=person, on=on, by=by)) for person in gone)


def delegations_ending(on: date) -> int:
    """Tell whoever gave and whoever holds a delegation that ends within 30 days."""
    found = list(_of_delegations(on))
    return keep_notices(kinds=[NoticeKind.DELEGATION_ENDS], found=found, on=on, by=system_user("tick"))


def _of_delegations(on: date) -> Iterator[Due]:
    ending = Delegation.objects.on(on).filter(ends_on__lte=on + SOON, revoked_why="")
    here = set(Person.objects.here_on(on).filter(user__is_active=True).values_list("pk", flat=True))
    for one in ending.select_related("giver", "holder").order_by("pk"):
        power = one.get_power_display().lower()
        words = {
            one.holder_id: f"Your delegation to {power} ends on {nz_date(one.ends_on)}",
            one.giver_id: f"The delegation to {power} that you gave to {one.holder} ends on {nz_date(one.ends_on)}",
        }
        for person, text in words.items():
            if person in here and one.ends_on:
                yield Due(
                    person, NoticeKind.DELEGATION_ENDS, f"Delegation {one.pk}", one.ends_on, text, reverse("people:me")
                )


def hand_overs_due(on: date) -> int:
    """Tell those who hand over what each leaver has left behind, once a leaver and day."""
    found = list(_of_leavers(on))
    return keep_notices(kinds=[NoticeKind.HANDOVER_DUE], found=found, on=on, by=system_user("tick"))


def _of_leavers(on: date) -> Iterator[Due]:
    tellers = who_may(Permission.HAND_OVER, on)
    rows = Handover.objects.open().filter(due_on__lte=on).select_related("leaver").order_by("pk")
    for leaver, day in {(row.leaver, row.due_on): None for row in rows}:
        text = f"What {leaver} answered for has waited to be handed over since {nz_date(day)}"
        for person in sorted(tellers.get(leaver.agency_id, ())):
            yield Due(person, NoticeKind.HANDOVER_DUE, f"Person {leaver.pk}", day, text, reverse("people:handovers"))


def calendar_of(user: User) -> list[Day]:
    """The ends of delegations that the user gave or holds."""
    mine = Delegation.objects.visible_to(user).filter(Q(holder=user.person_id) | Q(giver=user.person_id))
    return [
        Day(f"End of delegation {one.pk}", one.ends_on, reverse("people:me"))
        for one in mine.filter(revoked_why="").order_by("pk")
        if one.ends_on
    ]


def old_mail_forgotten(on: date) -> int:
    """Delete what was sent or given up three months ago."""
    return forget_old_mail(by=system_user("tick"), now=timezone.now())


def readable_delegations(user: User, references: list[str]) -> dict[str, str]:
    """Delegations of the user's own agency that they gave or hold. They have no title."""
    mine = Delegation.objects.visible_to(user).filter(Q(holder=user.person_id) | Q(giver=user.person_id))
    return _named("Delegation", mine.values_list("pk", flat=True), references)


def readable_hand_overs(user: User, references: list[str]) -> dict[str, str]:
    """Leavers of the user's own agency, while the user hands over."""
    if not may(user, Permission.HAND_OVER):
        return {}
    return _named("Person", Person.objects.visible_to(user).values_list("pk", flat=True), references)


def _named(word: str, keys: Iterable[int], references: list[str]) -> dict[str, str]:
    known = {f"{word} {key}" for key in keys}
    return {reference: "" for reference in references if reference in known}
