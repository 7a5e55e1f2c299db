"""The first page of assurance: every room that a person may enter, and no other."""

import pytest
from django.test import Client
from django.urls import reverse

from assurance.rooms import ROOMS
from people.roles import Role
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", [Role.PRIVACY_OFFICER, Role.CONTRACT_MANAGER, Role.INTEGRITY_CHAMPION, Role.ADVISER])
def test_each_room_that_is_shown_opens_and_each_other_is_closed(client: Client, role: Role) -> None:
    client.force_login(Cast().user(role))
    page = client.get(reverse("assurance")).text
    for _, rooms in ROOMS:
        for label, name, said in rooms:
            shown = f'<a href="{reverse(name)}">{label}</a>' in page
            assert shown == (client.get(reverse(name)).status_code == 200), name
            assert (said in page) == shown


def test_its_rooms_stand_under_it_in_the_menu(client: Client) -> None:
    client.force_login(Cast().privacy_officer)
    for name in ("findings", "breaches", "policies"):
        page = client.get(reverse(name)).text
        assert f'<a href="{reverse("assurance")}" aria-current="page">Assurance</a>' in " ".join(page.split())
