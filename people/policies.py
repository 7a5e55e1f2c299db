"""May this be done to this person's sign-in, roles or delegations? Each rule stands once and raises a sentence."""

from datetime import date

from people.errors import NotNow, NotYours
from people.labels import a_role, role_in_text
from people.models import Agency, Person, RoleGrant, User
from people.permissions import check_may
from people.roles import Permission, Role


def check_keeps(user: User, agency: Agency, permission: Permission = Permission.MANAGE_PEOPLE) -> None:
    """The user may change what concerns the people of this agency. Commands act for every agency."""
    if user.is_system:
        return
    check_may(user, permission)
    if user.agency.pk != agency.pk:
        raise NotYours("This belongs to another agency")


def check_same_agency(agency: Agency, *people: Person | None) -> None:
    """Everyone named belongs to the agency; nothing crosses."""
    for person in people:
        if person is not None and person.agency_id != agency.pk:
            raise NotYours(f"{person} does not belong to {agency}")


def check_not_oneself(person: Person, user: User, sentence: str) -> None:
    """An administrator does this to somebody else: maker is not checker. ``sentence`` says what nobody does."""
    if user.person_id is not None and user.person_id == person.pk:
        raise NotYours(f"{sentence}: ask another {role_in_text(person.agency, Role.ADMINISTRATOR)}")


def check_here(person: Person, on: date) -> None:
    """The person has not left by that day."""
    if person.has_left(on):
        raise NotNow(f"{person} has left")


def other_administrators(person: Person, on: date) -> bool:
    """Whether somebody else who can sign in is an administrator of the same agency on that day."""
    grants = RoleGrant.objects.on(on).filter(role=Role.ADMINISTRATOR, person__agency=person.agency)
    return grants.filter(person__in=Person.objects.here_on(on), person__user__is_active=True).exclude(
        person=person
    ).exists()  # fmt: skip


def check_not_last_administrator(person: Person, on: date) -> None:
    """An agency keeps an administrator. Hold the lock of actions.changes.keep_administrators() meanwhile."""
    is_one = person.role_grants.on(on).filter(role=Role.ADMINISTRATOR).exists()
    if is_one and not other_administrators(person, on):
        word, one = role_in_text(person.agency, Role.ADMINISTRATOR), a_role(person.agency, Role.ADMINISTRATOR)
        raise NotNow(f"{person} is the last {word} of the agency. Make somebody else {one} first")


def check_may_grant(person: Person, user: User, on: date) -> None:
    """Nobody gives themselves a role, and someone who has left gets none."""
    check_keeps(user, person.agency)
    check_not_oneself(person, user, "Nobody gives themselves a role")
    check_here(person, on)


def check_may_deactivate(person: Person, user: User, on: date) -> None:
    """Somebody else's sign-in, and not the last administrator's."""
    check_keeps(user, person.agency)
    check_not_oneself(person, user, "Nobody deactivates themselves")
    check_not_last_administrator(person, on)
