"""Add a person, change what is known about them, and record that they leave."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError

from people.actions.changes import check_and_save, keep_administrators, lock
from people.actions.delegation import end_delegations
from people.actions.handover import list_for_handover
from people.actions.placement import end_placement, place
from people.actions.role import end_grants
from people.actions.user import change_address, close_sign_in
from people.errors import NotNow
from people.models import Agency, Person, User
from people.policies import check_keeps, check_not_last_administrator, check_not_oneself
from records.acting import action
from records.words import nz_date

FIELDS = ("name", "email", "engagement", "senior", "started_on")
WHERE = ("unit", "manager", "position")


@action
def add_person(*, agency: Agency, values: Mapping[str, Any], on: date, by: User) -> Person:
    """Add a person, with or without a place to work (``unit``, ``manager``, ``position``) from ``on``.

    Raises ValidationError, NotYours, NotNow, NotPermitted.
    """
    check_keeps(by, agency)
    person = Person(agency=agency)
    _fill(person, values)
    where = {name: values[name] for name in WHERE if values.get(name)}
    if where:
        place(person=person, on=person.started_on or on, by=by, **where)
    return person


@action
def change_person(*, person: Person, values: Mapping[str, Any], by: User, reason: str = "") -> Person:
    """Change what is known about a person; a new e-mail address is the new sign-in as well.

    That ends the sessions of somebody who signs in, so it needs a reason; the view writes to both addresses. Raises
    ValidationError, NotNow, NotYours, NotPermitted.
    """
    check_keeps(by, person.agency)
    locked = lock(person)
    _fill(locked, values)
    user = User.objects.filter(person=locked).first()
    if user and user.email != locked.email:
        if not reason.strip():
            raise ValidationError({"reason": f"Say why the address changes with which {locked} signs in: it is kept"})
        change_address(user, locked.email)
    return locked


def _fill(person: Person, values: Mapping[str, Any]) -> None:
    for name in FIELDS:
        if name in values:
            setattr(person, name, values[name])
    person.name = " ".join(person.name.split())
    person.email = person.email.strip().lower()
    check_and_save(person)


@action
def mark_left(*, person: Person, left_on: date, by: User, on: date, reason: str = "") -> Person:
    """Record that a person leaves: the first day on which they are no longer here, past or to come.

    Their placement, roles and delegations end the day before, what they own goes on the hand-over list, and their
    sign-in is deactivated (on a day to come: it stops by itself then). Raises ValidationError, NotNow, NotYours,
    NotPermitted.
    """
    check_keeps(by, person.agency)
    keep_administrators(person.agency)
    locked = lock(person)
    check_not_oneself(locked, by, "Nobody records their own leaving")
    if locked.left_on:
        raise NotNow(f"{locked} is already recorded as having left on {nz_date(locked.left_on)}")
    check_not_last_administrator(locked, on)
    locked.left_on = left_on
    check_and_save(locked)
    last_day = left_on - timedelta(days=1)
    end_placement(locked, last_day)
    end_grants(locked, last_day)
    end_delegations(locked, last_day, "The holder left")
    list_for_handover(locked, due_on=max(left_on, on))
    user = User.objects.filter(person=locked, is_active=True).first()
    if user and left_on <= on:
        close_sign_in(user)
    return locked


@action
def mark_returned(*, person: Person, by: User, reason: str = "") -> Person:
    """Take back that a person left. Roles, placement and sign-in are given again by hand."""
    check_keeps(by, person.agency)
    locked = lock(person)
    if locked.left_on is None:
        raise NotNow(f"{locked} is not recorded as having left")
    locked.left_on = None
    check_and_save(locked)
    return locked
