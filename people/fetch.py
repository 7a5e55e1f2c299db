"""Find what an address names, for this person, or say 404."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from people.models import Delegation, Handover, Person, Reminders, RoleGrant, Unit, User


def person_or_404(user: User, pk: int) -> Person:
    """A person of the user's own agency."""
    found = get_object_or_404(Person.objects.visible_to(user), pk=pk)
    found.agency = user.agency  # the same one, and it has its words for roles with it
    return found


def sign_in_of(person: Person) -> User | None:
    """The person's sign-in, as it stands now; None where they have none."""
    return User.objects.filter(person=person).first()


def sign_in_or_404(person: Person) -> User:
    """The person's sign-in."""
    return get_object_or_404(User.objects.select_related("person__agency"), person=person)


def grant_or_404(person: Person, pk: int) -> RoleGrant:
    """A role of this person."""
    found = get_object_or_404(person.role_grants, pk=pk)
    found.person = person
    return found


def unit_or_404(user: User, pk: int) -> Unit:
    """A unit of the user's own agency."""
    return get_object_or_404(Unit.objects.visible_to(user).select_related("parent"), pk=pk)


def delegation_or_404(user: User, pk: int) -> Delegation:
    """A delegation of the user's own agency."""
    return get_object_or_404(Delegation.objects.visible_to(user).select_related("giver", "holder", "agency"), pk=pk)


def handover_or_404(user: User, pk: int) -> Handover:
    """Something on the hand-over list of the user's own agency, and not done yet."""
    found = Handover.objects.visible_to(user).select_related("leaver", "agency").filter(pk=pk).first()
    if found is None:
        raise Http404("Nothing of your agency is to be handed over under this address")
    return found


def reminders_of(user: User) -> Reminders | None:
    """How the user chose to be reminded; None where they never chose."""
    return Reminders.objects.filter(person=user.person_id).first()
