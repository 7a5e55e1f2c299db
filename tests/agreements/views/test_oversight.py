"""The log of oversight: half a minute to write, never changed, put right by a further entry."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from agreements.actions.oversight import log_oversight
from agreements.choices import Status
from agreements.errors import NotNow, NotYours
from agreements.models import Contract, Oversight
from people.permissions import NotPermitted
from tests.agreements.views.conftest import SignIn
from tests.agreements_at import agreement_at, contract_of
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db
ENTRY = {"log-kind": "meeting", "log-on": "1 July 2026", "log-note": "Met, all on time"}
SAID = {"kind": "visit", "on": date(2026, 7, 1), "note": "Visited"}


@pytest.fixture
def contract(cast: Cast) -> Contract:
    """A contract that the contract manager manages."""
    return contract_of(cast, manager=cast.contract_manager.person)


def test_one_line_is_logged_from_my_contracts(cast: Cast, contract: Contract, sign_in: SignIn) -> None:
    client = sign_in(cast.contract_manager)
    response = client.post(f"/contracts/{contract.pk}/log/?then=mine", ENTRY | {"log-evidence_note": "Minutes, page 2"})
    assert response["Location"] == "/my-contracts/"
    entry = Oversight.objects.get()
    assert (entry.by, entry.note, entry.evidence_note) == (cast.contract_manager, "Met, all on time", "Minutes, page 2")
    assert "1\xa0July 2026" in client.get("/my-contracts/").text


def test_the_newest_day_stands_first(cast: Cast, contract: Contract, officer: Client) -> None:
    for day in (3, 9, 5):
        log_oversight(about=contract, values=SAID | {"on": date(2026, 7, day), "note": f"Day {day}"},
                      by=cast.contract_manager, now=NOW)  # fmt: skip
    page = officer.get(contract.get_absolute_url()).text
    assert page.index("Day 9") < page.index("Day 5") < page.index("Day 3")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"log-note": ""}, "needs another look"),
        ({"log-note": "x" * 100_000}, "at most 300 characters"),
        ({"log-kind": "lunch"}, "Select a valid choice"),
        ({"log-on": "soon"}, "day, month and year"),
    ],
)
def test_what_makes_no_sense_is_said(contract: Contract, officer: Client, typed: dict[str, str], says: str) -> None:
    page = officer.post(f"/contracts/{contract.pk}/log/", ENTRY | {"log-evidence_note": "Kept"} | typed).text
    assert says in page
    assert "Kept" in page
    assert not Oversight.objects.exists()


def test_nobody_logs_the_future(contract: Contract, officer: Client) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    page = officer.post(f"/contracts/{contract.pk}/log/", ENTRY | {"log-on": tomorrow.isoformat()}).text
    assert "lies in the future" in page


def test_an_entry_is_put_right_by_a_further_one_only(cast: Cast, contract: Contract, officer: Client) -> None:
    wrong = log_oversight(about=contract, values=SAID, by=cast.contract_manager, now=NOW)
    address = f"/contracts/{contract.pk}/log/?corrects={wrong.pk}"
    assert 'value="Visited"' in officer.get(address).text
    officer.post(address, ENTRY | {"log-note": "Rang them"})
    page = officer.get(contract.get_absolute_url()).text
    assert "<del>Visited</del>" in page
    assert "Rang them" in page
    assert Oversight.objects.count() == 2
    assert "corrected already" in officer.post(address, ENTRY).text
    assert wrong.history.count() == 1


def test_entries_of_another_contract_are_not_put_right_here(cast: Cast, contract: Contract, officer: Client) -> None:
    other = contract_of(cast, reference="C-2")
    entry = log_oversight(about=other, values=SAID, by=cast.privacy_officer, now=NOW)
    assert officer.get(f"/contracts/{contract.pk}/log/?corrects={entry.pk}").status_code == 404
    assert officer.get(f"/contracts/{contract.pk}/log/?corrects={'9' * 40}").status_code == 404
    with pytest.raises(NotNow, match="not in this log"):
        log_oversight(about=contract, values=SAID, corrects=entry.pk, by=cast.privacy_officer, now=NOW)


def test_an_agreement_is_looked_after_without_a_contract(cast: Cast, sign_in: SignIn, officer: Client) -> None:
    agreement = agreement_at(Status.SIGNED, cast)
    response = officer.post(f"/agreements/{agreement.reference}/log/", ENTRY)
    assert response["Location"].startswith(agreement.get_absolute_url())
    assert Oversight.objects.get().agreement == agreement
    stranger = sign_in(Cast("OTH", "Other Ministry").privacy_officer)
    assert stranger.post(f"/agreements/{agreement.reference}/log/", ENTRY).status_code == 404
    page = sign_in(cast.business_owner).post(f"/agreements/{agreement.reference}/log/", ENTRY)
    assert "Only a privacy officer, or someone who owns or manages" in page.text
    assert Oversight.objects.count() == 1


def test_who_keeps_no_contracts_logs_nothing(cast: Cast, contract: Contract) -> None:
    with pytest.raises(NotPermitted):
        log_oversight(about=contract, values=SAID, by=cast.auditor, now=NOW)
    with pytest.raises(NotYours):
        log_oversight(about=contract, values=SAID, by=Cast("OTH", "Other Ministry").privacy_officer, now=NOW)


def test_the_database_keeps_an_entry_about_one_thing(cast: Cast, contract: Contract) -> None:
    entry = log_oversight(about=contract, values=SAID, by=cast.privacy_officer, now=NOW)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE agreements_oversight SET contract_id = NULL WHERE id = %s", [entry.pk])
