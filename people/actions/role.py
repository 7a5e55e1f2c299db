"""Give roles and end them."""

from datetime import date, timedelta

from people.actions.changes import check_and_save, keep_administrators, lock
from people.errors import NotNow
from people.labels import role_in_text
from people.models import Person, RoleGrant, User
from people.policies import check_keeps, check_may_grant, check_not_last_administrator
from people.roles import Role
from records.acting import action


@action
def grant_role(*, person: Person, role: str, by: User, on: date, until: date | None = None) -> RoleGrant:
    """Give a role from that day, for good or until a last day. Raises NotNow, NotYours, NotPermitted."""
    locked = lock(person)
    check_may_grant(locked, by, on)
    chosen = Role(role)
    open_grants = locked.role_grants.filter(role=chosen)
    if open_grants.filter(ends_on=None).exists() or open_grants.on(on).exists():
        raise NotNow(f"{locked} is {role_in_text(locked.agency, chosen)} already")
    grant = RoleGrant(person=locked, role=chosen, starts_on=on, ends_on=until, granted_by=by)
    check_and_save(grant)
    return grant


@action
def end_role(*, grant: RoleGrant, by: User, on: date, reason: str = "") -> RoleGrant:
    """End a role at once: yesterday was its last day. Raises NotNow, NotYours, NotPermitted."""
    check_keeps(by, grant.person.agency)
    keep_administrators(grant.person.agency)
    locked = lock(grant)
    if locked.ends_on and locked.ends_on < on:
        raise NotNow("This role has already ended")
    if locked.role == Role.ADMINISTRATOR:
        check_not_last_administrator(locked.person, on)
    _close(locked, on - timedelta(days=1))
    return locked


def end_grants(person: Person, last_day: date) -> None:
    """End every role of someone who leaves or is deactivated."""
    for grant in person.role_grants.exclude(ends_on__lte=last_day):
        _close(grant, last_day)


def _close(grant: RoleGrant, last_day: date) -> None:
    """A role given today and ended today held for no whole day: the row goes, its history stays."""
    if grant.starts_on > last_day:
        grant.delete()
    else:
        grant.ends_on = last_day
        grant.save()
