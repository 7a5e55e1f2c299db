"""The people these tests are about: an agency with its administrator, and someone without a sign-in."""

import pytest

from people.actions.person import add_person
from people.models import Person
from tests.cast import TODAY, Cast


@pytest.fixture
def aroha(cast: Cast) -> Person:
    """A new colleague whom nobody has invited yet."""
    values = {"name": "Aroha Tāwhai", "email": "aroha@mcw.example.nz"}
    return add_person(agency=cast.agency, values=values, on=TODAY, by=cast.administrator)
