"""The gallery of components: for those who build pages or administer, never for strangers in production."""

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from people.roles import Role
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def opens(client: Client) -> bool:
    """Whether the gallery is there for this browser."""
    response = client.get("/components")
    assert response.status_code in {200, 404}
    return response.status_code == 200 and "kaumātua wellbeing" in response.content.decode().lower()


def test_a_demonstration_shows_it_to_everyone(client: Client, settings: Settings) -> None:
    settings.PRIVATE_DATABASE = True
    assert opens(client)


def test_so_does_a_register_that_is_being_built(client: Client, settings: Settings) -> None:
    settings.PRIVATE_DATABASE, settings.DEBUG = False, True
    assert opens(client)


def test_in_production_only_administrators_see_it(client: Client, settings: Settings) -> None:
    settings.PRIVATE_DATABASE, settings.DEBUG = False, False
    assert not opens(client)
    cast = Cast()
    for role in Role:
        client.force_login(getattr(cast, role.value))
        assert opens(client) == (role == Role.ADMINISTRATOR), role
