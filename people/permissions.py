"""May this person? Whether the thing itself allows it now is asked by the app that owns the thing."""

from datetime import date

from people.models import Delegation, Person, Power, User
from people.roles import Permission
from records.errors import Refused
from records.one_page import once


class NotPermitted(Refused):
    """The person's roles do not allow it."""


class NotOfTheirRoles(NotPermitted):
    """None of their roles ever allows it, whatever the state of the record: pages do not offer it."""

    never = True


def check_may(user: User, permission: Permission) -> None:
    """Raise NotPermitted, with a sentence for the person, unless a role of theirs allows it."""
    if permission not in user.permissions:
        raise NotOfTheirRoles(f"Your roles do not let you do this: {permission.lower()}")


def may(user: User, permission: Permission) -> bool:
    """Whether a role of the user's allows it."""
    return permission in user.permissions


def holds_power(person: Person, power: Power, on: date) -> bool:
    """Whether a delegation gives the person this power on that day."""
    held = Delegation.objects.on(on).filter(holder=person, power=power)
    return once(("power", person.pk, power, on), held.exists)
