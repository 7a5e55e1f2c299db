"""What was named is found by those who say what for, and every declarant found is shown that they looked."""

import pytest
from django.test import Client
from django.urls import reverse

from conflicts.choices import DeclarationStatus
from conflicts.models import Opening
from tests.cast import Cast
from tests.declaring import Team, declaration_at, draft_of, with_interest

pytestmark = pytest.mark.django_db
ASKED = {"named": "TE WHARE tautoko", "purpose": "A tender opens on Monday"}


def test_a_search_says_what_for_and_each_declarant_found_sees_it(client: Client, team: Team) -> None:
    declaration = declaration_at(DeclarationStatus.SUBMITTED, team)
    with_interest(draft_of(team.second), team.second)  # a draft is found by nobody
    page = reverse("conflicts:named")
    client.force_login(team.cast.integrity_champion)
    for lacking, sentence in (
        ({"purpose": " "}, "Answer “What do you look for it for?”"),
        ({"named": "te"}, "Type at least 3 letters"),
        ({"named": "Nobody knows them"}, "Nobody named that"),
    ):
        said = client.post(page, ASKED | lacking).text
        assert sentence in said
        assert "Ana Staff" not in said
    assert not Opening.objects.exists()
    found = client.post(page, ASKED).text
    assert "1 found" in found
    assert "Ana Staff" in found
    assert "Ana Second" not in found
    assert Opening.objects.get().purpose == "Searched what was named: A tender opens on Monday"
    client.force_login(team.staff)
    assert "A tender opens on Monday" in client.get(declaration.get_absolute_url()).text


def test_nobody_else_searches_and_other_agencies_find_nothing(client: Client, team: Team) -> None:
    declaration_at(DeclarationStatus.SUBMITTED, team)
    client.force_login(team.manager)
    assert client.post(reverse("conflicts:named"), ASKED).status_code == 403
    client.force_login(Cast("OTH", "Other Ministry").integrity_champion)
    assert "Nobody named that" in client.post(reverse("conflicts:named"), ASKED).text
    assert not Opening.objects.exists()
