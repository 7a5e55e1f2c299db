"""Record who may approve, accept risk or accept an exception, and end it."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from people.actions.changes import check_and_save, lock
from people.errors import NotNow
from people.models import Agency, Delegation, Person, User
from people.policies import check_here, check_keeps, check_not_oneself, check_same_agency
from people.roles import Permission
from records.acting import action


@action
def add_delegation(*, agency: Agency, values: Mapping[str, Any], by: User, on: date) -> Delegation:
    """Record a delegation: giver, holder, power, starts_on, ends_on, document.

    Nobody records one to themselves. Raises ValidationError, NotNow, NotYours, NotPermitted.
    """
    check_keeps(by, agency, Permission.MANAGE_DELEGATIONS)
    delegation = Delegation(agency=agency, **values)
    check_same_agency(agency, delegation.giver, delegation.holder)
    check_not_oneself(delegation.holder, by, "Nobody records a delegation to themselves: somebody else does")
    check_here(delegation.holder, max(on, delegation.starts_on))
    check_and_save(delegation)
    return delegation


@action
def end_delegation(*, delegation: Delegation, by: User, on: date, reason: str) -> Delegation:
    """End a delegation at once (yesterday was its last day), with the reason. Raises NotNow, NotYours, NotPermitted."""
    check_keeps(by, delegation.agency, Permission.MANAGE_DELEGATIONS)
    locked = lock(delegation)
    if not reason.strip():
        raise NotNow("Say why it ends: the reason is kept with the delegation")
    if locked.revoked_why or (locked.ends_on and locked.ends_on < on):
        raise NotNow("This delegation has already ended")
    return _close(locked, on - timedelta(days=1), reason)


def end_delegations(person: Person, last_day: date, reason: str) -> None:
    """End what was delegated to someone who leaves. What they gave stands until somebody ends it."""
    held = person.delegations_held.select_for_update(of=("self",), no_key=True)
    for delegation in held.exclude(ends_on__lte=last_day):
        _close(delegation, last_day, reason)


def _close(delegation: Delegation, last_day: date, reason: str) -> Delegation:
    """A delegation that held for no whole day goes; its history stays."""
    delegation.ends_on, delegation.revoked_why = max(last_day, delegation.starts_on), reason.strip()
    delegation.save()
    if delegation.starts_on > last_day:
        delegation.delete()
    return delegation
