"""The list of matches, one match, and what the register knows of a supplier before it is engaged."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agreements.actions.pause import pause_organisation
from agreements.models import Agreement
from conflicts.choices import MatchState
from conflicts.models import Match, Opening
from people.models import Power
from people.roles import Role
from tests.agreements_at import answer, contract_of
from tests.cast import NOW, Cast
from tests.conflicts.actions.test_match import TRUST, declared, party
from tests.declaring import Team
from tests.delegating import delegated

SECRET = "My sister manages it"  # what was declared


def listed(client: Client, **asked: str) -> str:
    """What the list says."""
    return client.get(reverse("conflicts:matches"), asked).text


def test_the_list_names_the_organisation_and_neither_who_nor_what_was_declared(
    team: Team, cast: Cast, client: Client
) -> None:
    party(cast, TRUST)
    party(cast, "Te Whare Tautoko Trust Board")
    declared(team, "TE WHARE TAUTOKO TRUST")
    client.force_login(cast.integrity_champion)
    text = listed(client)
    assert "2 matches" in text
    assert "The same name" in text
    assert "Ana Staff" not in text
    assert not Opening.objects.exists(), "nothing was opened"
    assert "2 matches" not in listed(client, q="Ana"), "nor found by name"
    assert SECRET not in text
    assert "TE WHARE TAUTOKO TRUST" not in text
    assert "1 match<" in listed(client, how="fuzzy")
    assert "Nothing is to be looked at" in listed(client, work="yes")
    assert client.get(reverse("conflicts:matches"), {"state": "maybe"}).status_code == 400


def test_whoever_works_on_it_stands_first_and_it_is_said_how(team: Team, cast: Cast, client: Client) -> None:
    party(cast, "Alike Exactly Limited")
    body = party(cast, TRUST)
    declared(team, "Alike Exactly Limited")
    declared(team, "Te Whare Tautoku Trust")
    with_trust = Agreement.objects.get(title=f"With {TRUST}")
    answer(with_trust, "ownership", cast.privacy_officer, technical_adviser=team.staff.who)
    contract_of(cast, supplier=body, manager=None)
    client.force_login(cast.integrity_champion)
    text = listed(client)
    assert text.index("Works on it") < text.index("Alike Exactly Limited")
    assert f"advises on {with_trust}" in text
    assert "1 match<" in listed(client, work="yes")


@pytest.mark.get_may_write
def test_the_sheet_names_who_and_which_and_each_declarant_sees_it(team: Team, cast: Cast, client: Client) -> None:
    party(cast, TRUST)
    declared(team, "TE WHARE TAUTOKO TRUST")
    client.force_login(cast.integrity_champion)
    assert "matches.csv?" in listed(client)
    sheet = client.get(reverse("conflicts:matches_sheet", args=["csv"])).getvalue().decode()
    assert f"{TRUST},Ana Staff," in sheet
    assert SECRET not in sheet
    assert "TE WHARE" not in sheet
    assert Opening.objects.get().purpose.startswith("Took along a list")
    for refused in ("?state=maybe", "?state=confirmed"):
        rows = client.get(f"{reverse('conflicts:matches_sheet', args=['csv'])}{refused}")
        assert rows.status_code == 404 or "Ana Staff" not in rows.getvalue().decode()


@pytest.mark.get_may_write
def test_one_is_read_for_a_purpose_answered_and_the_next_is_shown(team: Team, cast: Cast, client: Client) -> None:
    party(cast, TRUST)
    party(cast, "Te Whare Tautoko Trust Board")
    declared(team, TRUST)
    first, second = Match.objects.order_by("-score")
    client.force_login(cast.integrity_champion)
    address = reverse("conflicts:match", args=[first.pk])
    text = client.get(address).text
    assert SECRET in text
    assert "sees that you read this" in text
    opening = Opening.objects.get()
    assert opening.by == cast.integrity_champion
    assert opening.purpose == "Is an interest about an organisation of an agreement?"
    missing = client.post(address, {"state": "rejected", "why": " "}).text
    assert "Error: " in missing
    saved = client.post(address, {"state": "confirmed", "why": "The same address"})
    assert saved["Location"] == reverse("conflicts:match", args=[second.pk])
    assert Match.objects.get(pk=first.pk).state == MatchState.CONFIRMED
    again = client.post(address, {"state": "rejected", "why": "Changed my mind"}).text
    assert "decided already: confirmed" in again
    client.post(reverse("conflicts:match", args=[second.pk]), {"state": "rejected", "why": "A board of that name"})
    assert "Nothing is to be looked at" in listed(client)
    assert "A board of that name" in client.get(reverse("conflicts:match", args=[second.pk])).text


def test_others_get_nothing(team: Team, cast: Cast, client: Client) -> None:
    party(cast, TRUST)
    declared(team, TRUST)
    address = reverse("conflicts:match", args=[Match.objects.get().pk])
    for user in (cast.privacy_officer, cast.chief_executive, cast.auditor, team.staff):
        client.force_login(user)
        assert client.get(address).status_code == 403
        assert client.get(reverse("conflicts:matches")).status_code == 403
    client.force_login(Cast("OTH", "Other Ministry").integrity_champion)
    assert client.get(address).status_code == 404


def test_the_list_takes_as_few_queries_for_many_as_for_one(team: Team, cast: Cast, client: Client) -> None:
    party(cast, TRUST)
    declared(team, TRUST)
    client.force_login(cast.integrity_champion)
    listed(client)
    with CaptureQueriesContext(connection) as one:
        listed(client)
    for number in range(6):
        party(cast, f"{TRUST} {number}")
    assert Match.objects.count() == 7
    with CaptureQueriesContext(connection) as many:
        listed(client)
    assert len(many) == len(one)
    assert len(one) <= 8 + 3  # the session, the person and the roles of who asks


def test_what_if_tells_everything_but_what_was_declared(team: Team, cast: Cast, client: Client) -> None:
    body = party(cast, TRUST)
    contract_of(cast, supplier=body)
    declared(team, "Te Whare Tautoku Trust")
    delegated(cast, cast.approver, Power.PAUSE)
    pause_organisation(organisation=body, reason="Until the audit", by=cast.approver, now=NOW)
    address, asked = reverse("conflicts:what_if"), {"q": "TE WHARE TAUTOKO"}
    client.force_login(cast.contract_manager)
    assert "Do you mean one of these?" in client.get(address, asked).text
    text = client.get(address, {"q": TRUST}).text
    for words in (f"With {TRUST}", "C-2026-0147", "Paused since", "Fewer than 5", "None that the register knows of"):
        assert words in text
    assert "Ana Staff" not in text
    client.force_login(cast.integrity_champion)
    seen = client.get(address, {"q": TRUST}).text
    assert "<strong>1 interest</strong>" in seen
    assert "Ana Staff" not in seen, "not before it is said what for"
    assert "Answer “What do you look for it for?”" in client.post(f"{address}?q={TRUST}", {"purpose": " "}).text
    assert not Opening.objects.exists()
    seen = client.post(f"{address}?q={TRUST}", {"purpose": "Engaging them for the helpline"}).text
    assert "Ana Staff" in seen
    assert SECRET not in seen
    assert Opening.objects.get().purpose == "Asked what if we engaged somebody: Engaging them for the helpline"
    client.force_login(cast.contract_manager)
    assert "Ana Staff" not in client.post(f"{address}?q={TRUST}", {"purpose": "Curious"}).text
    assert Match.objects.count() == 1  # nothing is stored


@pytest.mark.parametrize("q", ["", "T", "%_'", "x" * 900, "Ō"])
def test_what_if_takes_whatever_is_typed(cast: Cast, client: Client, q: str) -> None:
    client.force_login(cast.user(Role.CONTRACT_MANAGER, "Mere"))
    assert client.get(reverse("conflicts:what_if"), {"q": q, "organisation": "9" * 30}).status_code == 200
