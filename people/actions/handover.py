"""Put what a leaver owned on the hand-over list, and hand it over."""

from datetime import date

from people.actions.changes import check_and_save, lock
from people.errors import NotNow
from people.models import Agency, Handover, Person, User
from people.owned import OwnedItem, owned_by, taker
from people.policies import check_here, check_keeps, check_same_agency
from people.roles import Permission
from records.acting import action


def list_for_handover(person: Person, due_on: date) -> list[Handover]:
    """A row for everything the person owns that is not on the list yet."""
    listed = set(person.handovers.open().values_list("kind", "subject"))
    return [
        _row(person, item, due_on) for item in owned_by(person) if (item.kind, item.subject) not in listed
    ]  # fmt: skip


def _row(person: Person, item: OwnedItem, due_on: date) -> Handover:
    row = Handover(
        agency=person.agency, leaver=person, kind=item.kind, subject=item.subject, title=item.title, due_on=due_on
    )
    check_and_save(row)
    return row


@action
def list_leaver(*, person: Person, on: date, by: User) -> list[Handover]:
    """Put what somebody who left owns, and is not on the list yet, on it. Nothing for whoever is still here."""
    locked = lock(person)
    return list_for_handover(locked, due_on=on) if locked.has_left(on) else []


@action
def hand_over(*, handover: Handover, to: Person, by: User, on: date) -> Handover:
    """Give one thing on the list to somebody: it is re-assigned where it stands, and the row is done.

    Raises NotNow where it is done already or ``to`` has left, NotYours, NotPermitted.
    """
    check_keeps(by, handover.agency, Permission.HAND_OVER)
    locked = lock(handover)
    if locked.done_on:
        raise NotNow(f"{locked.taken_by} has taken this over already")
    to = lock(to)  # so that nobody takes over while they are recorded as leaving
    check_same_agency(locked.agency, to)
    check_here(to, on)
    if to.pk == locked.leaver_id and not _is_back(locked.leaver):
        raise NotNow(f"{to} is the one who hands it over: choose somebody else")
    taker(locked)(handover=locked, to=to, by=by)
    locked.taken_by, locked.done_on = to, on
    check_and_save(locked)
    return locked


@action
def take_off_list(*, agency: Agency, kind: str, subject: str, by: User) -> int:
    """Nothing is left to hand over of it: it was done without. How many rows there were; their history stays."""
    rows = list(Handover.objects.open().filter(agency=agency, kind=kind, subject=subject))
    for row in rows:
        row.delete()
    return len(rows)


def _is_back(person: Person) -> bool:
    """Someone who was reactivated may keep what was theirs."""
    return person.left_on is None and User.objects.filter(person=person, is_active=True).exists()
