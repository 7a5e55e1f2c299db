"""Signing in is given by invitation, taken away at once, and given back empty."""

import pytest
from allauth.account.models import EmailAddress

from people.actions.person import add_person, change_person
from people.actions.role import grant_role
from people.actions.user import deactivate, invite, reactivate
from people.errors import NotNow, NotYours
from people.models import Person, RoleGrant, User
from people.roles import Role
from tests.cast import PASSWORD, TODAY, Cast


def test_an_invitation_makes_a_sign_in_without_a_password(cast: Cast, aroha: Person) -> None:
    user = invite(person=aroha, on=TODAY, by=cast.administrator)
    assert (user.email, user.is_active, user.has_usable_password()) == ("aroha@mcw.example.nz", True, False)
    assert list(EmailAddress.objects.filter(user=user).values_list("email", "primary", "verified")) == [
        (user.email, True, True)
    ]
    assert invite(person=aroha, on=TODAY, by=cast.administrator).pk == user.pk


def test_who_cannot_be_invited(cast: Cast, aroha: Person) -> None:
    with pytest.raises(NotNow, match="has a sign-in already"):
        invite(person=cast.auditor.who, on=TODAY, by=cast.administrator)
    change_person(person=aroha, values={"email": ""}, by=cast.administrator)
    with pytest.raises(NotNow, match="has no e-mail address"):
        invite(person=aroha, on=TODAY, by=cast.administrator)
    other = Cast("OTH", "Other Ministry")
    with pytest.raises(NotYours):
        invite(person=aroha, on=TODAY, by=other.administrator)


def test_an_address_signs_in_one_person_of_the_whole_register(cast: Cast) -> None:
    other = Cast("OTH", "Other Ministry")
    twin = add_person(
        agency=other.agency, values={"name": "Twin", "email": cast.auditor.email}, on=TODAY, by=other.administrator
    )
    with pytest.raises(NotNow, match="already signs in somebody else"):
        invite(person=twin, on=TODAY, by=other.administrator)


def test_deactivating_ends_roles_and_passwords(cast: Cast, aroha: Person) -> None:
    user = invite(person=aroha, on=TODAY, by=cast.administrator)
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
    grant_role(person=aroha, role=Role.ADVISER, on=TODAY, by=cast.administrator)
    before = user.get_session_auth_hash()
    deactivate(user=user, on=TODAY, by=cast.administrator, reason="Long leave")
    gone = User.objects.get(pk=user.pk)
    assert not gone.is_active
    assert not gone.has_usable_password()
    assert gone.get_session_auth_hash() != before
    assert not RoleGrant.objects.on(TODAY).filter(person=aroha).exists()
    assert gone.history.latest("history_id").history_change_reason == "Long leave"
    with pytest.raises(NotNow, match="already deactivated"):
        deactivate(user=user, on=TODAY, by=cast.administrator, reason="Again")
    with pytest.raises(NotNow, match="reactivate it instead"):
        invite(person=aroha, on=TODAY, by=cast.administrator)


def test_deactivating_asks_why_and_not_oneself(cast: Cast) -> None:
    with pytest.raises(NotNow, match="Say why"):
        deactivate(user=cast.auditor, on=TODAY, by=cast.administrator, reason=" ")
    with pytest.raises(NotYours, match="Nobody deactivates themselves"):
        deactivate(user=cast.administrator, on=TODAY, by=cast.administrator, reason="Tired")


def test_reactivating_gives_back_neither_password_nor_roles(cast: Cast) -> None:
    user = cast.auditor
    deactivate(user=user, on=TODAY, by=cast.administrator, reason="Long leave")
    back = reactivate(user=user, on=TODAY, by=cast.administrator)
    assert (back.is_active, back.has_usable_password(), back.roles) == (True, False, frozenset())
    with pytest.raises(NotNow, match="is active"):
        reactivate(user=user, on=TODAY, by=cast.administrator)
