"""People come, move and leave; what is dated stays in order."""

from datetime import date, timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError

from people.actions.person import add_person, change_person, mark_left, mark_returned
from people.actions.placement import place
from people.actions.role import grant_role
from people.actions.unit import add_unit, change_unit
from people.actions.user import invite
from people.errors import NotNow, NotYours
from people.models import Delegation, Person, Placement, RoleGrant, User
from people.permissions import NotPermitted
from people.roles import Role
from records.acting import acting
from tests.cast import TODAY, Cast


def unit(cast: Cast, name: str = "Information", **values: Any) -> Any:
    return add_unit(agency=cast.agency, values={"name": name, **values}, by=cast.administrator)


def test_a_new_person_has_a_place_and_an_address_in_small_letters(cast: Cast) -> None:
    values = {"name": " Hēmi   Ōtene ", "email": "Hemi@MCW.example.nz", "unit": unit(cast), "position": "Analyst"}
    person = add_person(agency=cast.agency, values=values, on=TODAY, by=cast.administrator)
    assert (person.name, person.email) == ("Hēmi Ōtene", "hemi@mcw.example.nz")
    placement = person.placements.get()
    assert (placement.unit, placement.position, placement.starts_on) == (values["unit"], "Analyst", TODAY)


def test_two_people_do_not_share_an_address(cast: Cast, aroha: Person) -> None:
    with pytest.raises(ValidationError, match="already has this e-mail address"):
        add_person(
            agency=cast.agency, values={"name": "X", "email": "AROHA@mcw.example.nz"}, on=TODAY, by=cast.administrator
        )


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_only_administrators_add_people(cast: Cast, role: Role) -> None:
    with pytest.raises(NotPermitted):
        add_person(agency=cast.agency, values={"name": "X"}, on=TODAY, by=cast.user(role))


def test_another_agency_changes_nobody(aroha: Person) -> None:
    outsider = Cast("OTH", "Other Ministry").administrator
    with pytest.raises(NotYours):
        change_person(person=aroha, values={"name": "Y"}, by=outsider)
    with pytest.raises(NotYours):
        place(person=aroha, on=TODAY, position="Y", by=outsider)
    with pytest.raises(NotYours):
        mark_left(person=aroha, left_on=TODAY, on=TODAY, by=outsider)


def test_a_move_closes_the_placement_before_it(cast: Cast, aroha: Person) -> None:
    first = place(person=aroha, on=date(2026, 1, 1), unit=unit(cast, "One"), by=cast.administrator)
    second = place(person=aroha, on=date(2026, 7, 1), unit=unit(cast, "Two"), by=cast.administrator)
    first.refresh_from_db()
    assert (first.ends_on, second.ends_on) == (date(2026, 6, 30), None)
    assert Placement.objects.filter(person=aroha, ends_on=None).count() == 1


def test_a_placement_of_the_same_day_is_corrected_and_an_unchanged_one_left(cast: Cast, aroha: Person) -> None:
    first = place(person=aroha, on=TODAY, position="Adviser", by=cast.administrator)
    again = place(person=aroha, on=TODAY + timedelta(days=9), position="Adviser ", by=cast.administrator)
    mended = place(person=aroha, on=TODAY, position="Senior adviser", by=cast.administrator)
    assert first.pk == again.pk == mended.pk
    assert aroha.placements.get().position == "Senior adviser"


def test_a_move_does_not_begin_before_the_present_placement(cast: Cast, aroha: Person) -> None:
    place(person=aroha, on=TODAY, position="Adviser", by=cast.administrator)
    with pytest.raises(NotNow, match="The present placement began on 14\xa0July 2026"):
        place(person=aroha, on=TODAY - timedelta(days=1), position="Other", by=cast.administrator)


def test_nobody_manages_themselves_or_someone_above_them(cast: Cast, aroha: Person) -> None:
    boss = cast.approver.who
    place(person=aroha, on=TODAY, manager=boss, by=cast.administrator)
    with pytest.raises(NotNow, match="Nobody is their own manager"):
        place(person=boss, on=TODAY, manager=boss, by=cast.administrator)
    with pytest.raises(NotNow, match="Aroha Tāwhai works under"):
        place(person=boss, on=TODAY, manager=aroha, by=cast.administrator)
    with pytest.raises(NotYours):
        place(person=boss, on=TODAY, manager=Cast("OTH", "Other Ministry").auditor.who, by=cast.administrator)


def test_nobody_moves_into_a_closed_unit_and_a_unit_with_people_is_not_closed(cast: Cast, aroha: Person) -> None:
    closed = unit(cast, "Old", ends_on=date(2020, 1, 1))
    with pytest.raises(NotNow, match="Old was closed on"):
        place(person=aroha, on=TODAY, unit=closed, by=cast.administrator)
    lively = unit(cast, "New")
    place(person=aroha, on=TODAY, unit=lively, by=cast.administrator)
    with pytest.raises(NotNow, match="1 person works here: move them first"):
        change_unit(unit=lively, values={"ends_on": TODAY - timedelta(days=1)}, on=TODAY, by=cast.administrator)


def test_units_are_a_tree(cast: Cast) -> None:
    above = unit(cast, "Above")
    below = unit(cast, "Below", parent=above)
    with pytest.raises(NotNow, match="cannot stand under itself"):
        change_unit(unit=above, values={"parent": below}, on=TODAY, by=cast.administrator)
    with pytest.raises(ValidationError, match="already has this name"):
        unit(cast, " Above ")


def test_leaving_ends_everything_that_was_theirs(cast: Cast, aroha: Person) -> None:
    admin = cast.administrator
    user = invite(person=aroha, on=TODAY, by=admin)
    place(person=aroha, on=date(2026, 1, 1), position="Adviser", by=admin)
    grant_role(person=aroha, role=Role.ADVISER, on=date(2026, 1, 1), by=admin)
    with acting(by=admin):
        held = Delegation(
            agency=cast.agency, giver=cast.chief_executive.who, holder=aroha, power="approve",
            starts_on=date(2026, 1, 1), document="Instrument 7",
        )  # fmt: skip
        held.save()
    left = mark_left(person=aroha, left_on=TODAY, on=TODAY, by=admin, reason="New job")
    last_day = TODAY - timedelta(days=1)
    held.refresh_from_db()
    assert (left.left_on, aroha.placements.get().ends_on) == (TODAY, last_day)
    assert (RoleGrant.objects.get(person=aroha).ends_on, held.ends_on) == (last_day, last_day)
    assert not User.objects.get(pk=user.pk).is_active
    with pytest.raises(NotNow, match="already recorded as having left"):
        mark_left(person=aroha, left_on=TODAY, on=TODAY, by=admin)


def test_leaving_on_a_day_to_come_keeps_the_sign_in_until_then(cast: Cast, aroha: Person) -> None:
    user = invite(person=aroha, on=TODAY, by=cast.administrator)
    mark_left(person=aroha, left_on=TODAY + timedelta(days=14), on=TODAY, by=cast.administrator)
    assert User.objects.get(pk=user.pk).is_active
    assert not Person.objects.get(pk=aroha.pk).has_left(TODAY)


def test_someone_comes_back(cast: Cast, aroha: Person) -> None:
    mark_left(person=aroha, left_on=TODAY, on=TODAY, by=cast.administrator)
    assert mark_returned(person=aroha, by=cast.administrator).left_on is None
    with pytest.raises(NotNow):
        mark_returned(person=aroha, by=cast.administrator)


def test_an_address_changes_with_the_sign_in(cast: Cast, aroha: Person) -> None:
    user = invite(person=aroha, on=TODAY, by=cast.administrator)
    change_person(
        person=aroha, values={"email": "Aroha.Tawhai@mcw.example.nz"}, by=cast.administrator, reason="Full name"
    )
    user.refresh_from_db()
    address = EmailAddress.objects.get(user=user)
    assert (user.email, address.email, address.verified) == ("aroha.tawhai@mcw.example.nz",) * 2 + (True,)
    with pytest.raises(NotNow, match="keeps an e-mail address"):
        change_person(person=aroha, values={"email": ""}, by=cast.administrator, reason="Gone")
