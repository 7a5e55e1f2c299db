"""Roles are given by somebody else, end at once, and an administrator always remains."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from people.actions.role import end_role, grant_role
from people.actions.user import deactivate
from people.errors import NotNow, NotYours
from people.models import Person, RoleGrant, User
from people.permissions import NotPermitted
from people.roles import Role
from records.errors import Refused
from tests.cast import TODAY, Cast


def grant_of(user: User) -> RoleGrant:
    return user.who.role_grants.get()


def test_a_role_is_given_once(cast: Cast, aroha: Person) -> None:
    grant = grant_role(person=aroha, role=Role.AUDITOR, on=TODAY, by=cast.administrator)
    assert (grant.starts_on, grant.ends_on, grant.granted_by) == (TODAY, None, cast.administrator)
    with pytest.raises(NotNow, match="Aroha Tāwhai is auditor already"):
        grant_role(person=aroha, role=Role.AUDITOR, on=TODAY, by=cast.administrator)


def test_nobody_gives_themselves_a_role(cast: Cast) -> None:
    with pytest.raises(NotYours, match="Nobody gives themselves a role"):
        grant_role(person=cast.administrator.who, role=Role.APPROVER, on=TODAY, by=cast.administrator)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_only_administrators_give_and_end_roles(cast: Cast, aroha: Person, role: Role) -> None:
    with pytest.raises(NotPermitted):
        grant_role(person=aroha, role=Role.ADVISER, on=TODAY, by=cast.user(role))
    with pytest.raises(NotPermitted):
        end_role(grant=grant_of(cast.administrator), on=TODAY, by=cast.user(role, "Somebody Else"))


def test_another_agency_gives_no_role(aroha: Person) -> None:
    with pytest.raises(NotYours):
        grant_role(person=aroha, role=Role.ADVISER, on=TODAY, by=Cast("OTH", "Other Ministry").administrator)


def test_an_ended_role_is_over_at_once(cast: Cast, aroha: Person) -> None:
    long_held = grant_role(person=aroha, role=Role.AUDITOR, on=TODAY - timedelta(days=30), by=cast.administrator)
    given_today = grant_role(person=aroha, role=Role.ADVISER, on=TODAY, by=cast.administrator)
    for grant in (long_held, given_today):
        end_role(grant=grant, on=TODAY, by=cast.administrator, reason="Moved")
    assert not RoleGrant.objects.on(TODAY).filter(person=aroha).exists()
    assert RoleGrant.objects.get(person=aroha).ends_on == TODAY - timedelta(days=1)
    with pytest.raises(NotNow, match="already ended"):
        end_role(grant=long_held, on=TODAY, by=cast.administrator)


def test_the_last_administrator_stays(cast: Cast) -> None:
    one, two = cast.administrator, cast.user(Role.ADMINISTRATOR, "Two")
    end_role(grant=grant_of(one), on=TODAY, by=two)
    with pytest.raises(NotNow, match="last administrator"):
        end_role(grant=grant_of(two), on=TODAY, by=two)


@pytest.mark.django_db(transaction=True)
def test_two_administrators_do_not_remove_each_other_at_once() -> None:
    cast = Cast()
    pair = [cast.administrator, cast.user(Role.ADMINISTRATOR, "Two")]

    def remove(at: int) -> bool:
        try:
            deactivate(user=pair[1 - at], by=pair[at], on=TODAY, reason="A quarrel")
        except Refused:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(remove, range(2))) == [False, True]
    assert User.objects.filter(is_active=True, is_system=False).count() == 1
