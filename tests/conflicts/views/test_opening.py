"""Who reads a declaration says what for, is noted by name, and shown to the declarant; who guesses finds nothing."""

import logging

import pytest
from django.test import Client

from conflicts.choices import DeclarationStatus
from conflicts.models import Declaration, Opening
from conflicts.reads import readers_of
from tests.cast import Cast
from tests.declaring import Team, declaration_at, draft_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def declaration(team: Team) -> Declaration:
    return declaration_at(DeclarationStatus.SUBMITTED, team)


def test_the_decider_says_once_what_for_and_each_opening_is_noted(
    client: Client, team: Team, declaration: Declaration
) -> None:
    client.force_login(team.manager)
    asked = client.get(declaration.get_absolute_url(), follow=True)
    assert "What do you open it for?" in asked.text
    assert "Te Whare Tautoko" not in asked.text
    address = asked.redirect_chain[0][0]
    shown = client.post(address, {"purpose": "I decide on it"}, follow=True)
    assert "Te Whare Tautoko" in shown.text
    assert "Te Whare Tautoko" in client.get(declaration.get_absolute_url()).text
    [reader] = readers_of(declaration)
    assert (reader.name, reader.purpose, reader.refused) == ("Ana Manager", "I decide on it", False)
    assert reader.times == 3
    client.force_login(team.staff)
    mine = client.get("/conflicts/").text
    assert mine.count("Ana Manager") == 1, "one line a reader, however often they opened it"
    assert "I decide on it · 3 times, last" in mine


def test_a_purpose_in_ones_own_words_is_asked_for_where_it_is_missing(
    client: Client, team: Team, declaration: Declaration
) -> None:
    client.force_login(team.cast.integrity_champion)
    address = f"{declaration.get_absolute_url()}purpose/"
    assert "Say in a few words" in client.post(address, {"purpose": "other", "other": "  "}).text
    assert not Opening.objects.exists()
    client.post(f"{address}?next=https://evil.example", {"purpose": "other", "other": "The  unit moves"})
    assert Opening.objects.get().purpose == "The unit moves"


def test_the_declarants_own_reading_is_not_noted(client: Client, team: Team, declaration: Declaration) -> None:
    client.force_login(team.staff)
    assert "Te Whare Tautoko" in client.get(declaration.get_absolute_url()).text
    assert not Opening.objects.exists()


@pytest.mark.parametrize("who", ["chief_executive", "administrator", "privacy_officer", "auditor", "contract_manager"])
def test_rank_opens_nothing_and_the_attempt_is_noted_and_logged(
    client: Client, team: Team, declaration: Declaration, who: str, caplog: pytest.LogCaptureFixture
) -> None:
    client.force_login(getattr(team.cast, who))
    with caplog.at_level(logging.WARNING):
        for address in (declaration.get_absolute_url(), f"{declaration.get_absolute_url()}purpose/"):
            assert client.get(address).status_code == 404
            assert client.post(address, {"purpose": "I decide on it"}).status_code in (404, 405)
    assert "Declaration refused" in caplog.text
    assert "Te Whare" not in caplog.text
    assert {row.refused for row in Opening.objects.all()} == {True}


def test_another_agency_and_a_guessed_code_find_nothing(
    client: Client, team: Team, declaration: Declaration, caplog: pytest.LogCaptureFixture
) -> None:
    client.force_login(Cast("OTH", "Other Ministry").integrity_champion)
    assert client.get(declaration.get_absolute_url()).status_code == 404
    assert client.get("/conflicts/declarations/abcdefghjkmnpqrs/").status_code == 404
    assert [reader.agency for reader in readers_of(declaration)] == ["Other Ministry"]
    assert "one that does not exist" in caplog.text


def test_a_draft_is_nobody_elses_yet(client: Client, team: Team) -> None:
    draft = draft_of(team.staff)
    for user in (team.manager, team.cast.integrity_champion):
        client.force_login(user)
        assert client.get(draft.get_absolute_url()).status_code == 404
