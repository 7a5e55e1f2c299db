"""Every change of a declaration, in words; what was typed while it was a draft is for the declarant alone."""

import pytest
from django.test import Client
from django.urls import reverse

from conflicts.choices import DeclarationStatus
from tests.declaring import Team, declaration_at, read

pytestmark = [pytest.mark.django_db, pytest.mark.get_may_write("who opened a declaration is noted")]


def test_every_change_is_told_in_words(client: Client, team: Team) -> None:
    declaration = declaration_at(DeclarationStatus.PLAN_APPROVED, team)
    address = reverse("conflicts:declaration_history", args=[declaration.code])
    client.force_login(team.staff)
    page = client.get(address).text
    for words in ("Plan approved", "Decided: to be managed", "Leave the panel", "My sister manages it"):
        assert words in page
    for raw in ("approve_plan", "take_up", "Writers"):
        assert raw not in page
    decider = read(client, team.manager, declaration).get(address).text
    assert "Plan approved" in decider
    assert "My sister manages it" not in decider, "what was typed in a draft stays with the declarant"
    client.force_login(team.cast.chief_executive)
    assert client.get(address).status_code == 404
