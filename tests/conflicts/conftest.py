"""An agency, and in it a member of staff, their manager and the manager's manager."""

import re
from typing import Any

import pytest
from django.test import Client

from people.models import User
from tests.cast import Cast
from tests.declaring import Team


@pytest.fixture
def team(cast: Cast) -> Team:
    return Team(cast)


class Desk:
    """A browser of somebody who is signed in: it sends back the hidden answers of the page it is on, as browsers do."""

    def __init__(self, user: User) -> None:
        self.client = Client()
        self.client.force_login(user)
        self.address, self.text, self.pages = "", "", 0
        self.sent: dict[str, str] = {}

    def open(self, address: str) -> Any:
        """Open an address."""
        return self._show(self.client.get(address, follow=True), address)

    def send(self, answers: dict[str, str], address: str = "") -> Any:
        """Send the form of this page."""
        hidden = re.findall(r'<input type="hidden" name="(seen|once)" value="([^"]*)"', self.text)
        self.sent = dict(hidden) | answers
        address = address or self.address
        return self._show(self.client.post(address, self.sent, follow=True), address)

    def _show(self, answer: Any, address: str) -> Any:
        assert answer.status_code == 200, (address, answer.status_code)
        chain = answer.redirect_chain
        self.address, self.text = chain[-1][0] if chain else address, answer.text
        self.pages += 1
        return answer


@pytest.fixture
def desk(team: Team) -> Desk:
    """The browser of the team's member of staff."""
    return Desk(team.staff)
