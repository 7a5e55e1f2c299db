"""What tests of importing start from: the reference data, and a privacy officer who is signed in."""

import pytest
from django.test import Client

from agreements.actions.reference_data import load_reference_data
from people.actions.system import system_user
from people.models import Person
from records.acting import acting
from tests.cast import Cast


@pytest.fixture
def cast(db: None) -> Cast:
    """An agency with two people that sheets name, and the organisations that a register begins with."""
    cast = Cast()
    load_reference_data(by=system_user("test"))
    with acting(by=system_user("test")):
        Person(agency=cast.agency, name="Aroha Ngata", email="aroha.ngata@mcw.example.nz").save()
    return cast


@pytest.fixture
def officer(client: Client, cast: Cast) -> Client:
    """A browser in which the privacy officer is signed in."""
    client.force_login(cast.privacy_officer)
    return client
