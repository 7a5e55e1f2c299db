"""Give a person a sign-in, close it, and open it again. Users are never deleted."""

from datetime import date, timedelta

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount

from people.actions.changes import check_and_save, keep_administrators, lock
from people.actions.handover import list_for_handover
from people.actions.role import end_grants
from people.errors import NotNow
from people.models import Person, User
from people.policies import check_here, check_keeps, check_may_deactivate
from records.acting import action

TAKEN = "This e-mail address already signs in somebody else: use another"


@action
def invite(*, person: Person, by: User, on: date) -> User:
    """Give a person a sign-in without a password; the mail that brings the link is sent by the view.

    Inviting again, while no password was set, returns the same user. Raises NotNow, NotYours, NotPermitted.
    """
    check_keeps(by, person.agency)
    locked = lock(person)
    check_here(locked, on)
    if not locked.email:
        raise NotNow(f"{locked} has no e-mail address: add one first")
    user = User.objects.filter(person=locked).first()
    if user is None:
        user = User(person=locked)
        user.set_unusable_password()
        change_address(user, locked.email)
    elif not user.is_active:
        raise NotNow("This sign-in was deactivated: reactivate it instead")
    elif user.has_usable_password():
        raise NotNow(f"{locked} has a sign-in already")
    return user


@action
def sign_in_for_link(*, person: Person, by: User, on: date) -> User:
    """The sign-in of somebody whom a mailed link reached; where there is none, one without password or role.

    The link went to the address on record, so it proves as much as a mailed code does. Raises NotNow.
    """
    locked = lock(person)
    check_here(locked, on)
    user = User.objects.filter(person=locked).first()
    if user is not None and not user.is_active:
        raise NotNow("Your sign-in was deactivated: ask those who keep the people of your agency")
    if user is None:
        user = User(person=locked)
        user.set_unusable_password()
        change_address(user, locked.email)
    return user


def change_address(user: User, email: str) -> None:
    """Keep the sign-in's address and allauth's record of it in step; the administrator vouches for the address.

    Sessions that were opened with another address end, for good.
    """
    email = email.strip().lower()
    if not email:
        raise NotNow("Someone with a sign-in keeps an e-mail address: deactivate the sign-in first")
    if user.pk and user.email == email:
        return
    if User.objects.filter(email=email).exclude(pk=user.pk).exists():
        raise NotNow(TAKEN)
    user.email = email
    if user.pk:
        user.end_sessions()
    user.save()
    EmailAddress.objects.filter(user=user).delete()
    EmailAddress.objects.create(user=user, email=email, primary=True, verified=True)


def link_provider(account: SocialAccount, user: User) -> None:
    """Remember who a provider of single sign-on means, so that a later change of address there changes nothing here."""
    account.user = user
    account.save()


@action
def deactivate(*, user: User, by: User, on: date, reason: str) -> User:
    """Close a sign-in at once: its sessions end, its roles end, and what the person owns goes on the hand-over list.

    Raises NotNow, NotYours, NotPermitted.
    """
    person = _person(user)
    keep_administrators(person.agency)
    check_may_deactivate(person, by, on)
    locked = lock(user)
    if not locked.is_active:
        raise NotNow("This sign-in is already deactivated")
    if not reason.strip():
        raise NotNow("Say why: the reason is kept in the history")
    close_sign_in(locked)
    end_grants(person, on - timedelta(days=1))
    list_for_handover(person, due_on=on)
    return locked


def close_sign_in(user: User) -> None:
    """Nobody signs in with it any more. Every session dies with the password, so none wakes up when it is reopened."""
    user.is_active = False
    user.set_unusable_password()
    user.save()


@action
def reactivate(*, user: User, by: User, on: date, reason: str = "") -> User:
    """Open a sign-in again, without a password and without roles: an invitation and new roles follow."""
    person = _person(user)
    check_keeps(by, person.agency)
    check_here(person, on)
    locked = lock(user)
    if locked.is_active:
        raise NotNow("This sign-in is active")
    locked.is_active = True
    check_and_save(locked)
    return locked


def _person(user: User) -> Person:
    if user.person is None:
        raise NotNow(f"{user} is not a person: commands act by that name")
    return user.person
