"""An agency, and in it a member of staff, their manager and the manager's manager."""

import pytest

from tests.cast import Cast
from tests.declaring import Team


@pytest.fixture
def cast(db: None) -> Cast:
    return Cast()


@pytest.fixture
def team(cast: Cast) -> Team:
    return Team(cast)
