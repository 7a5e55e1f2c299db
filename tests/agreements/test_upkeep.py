"""What contracts, oversight, reviews and use add to an agreement: panels, one query of events, cells of the export."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from agreements import upkeep
from agreements.actions.contract import change_contract, contract_values, link_agreement
from agreements.actions.oversight import log_oversight
from agreements.actions.review import record_exercise, record_review
from agreements.choices import ContractStage, Status
from agreements.digest import digest
from agreements.exports import csv_lines
from agreements.models import Agreement, Contract
from agreements.provisions import BY_CODE
from people.actions.handover import hand_over
from people.actions.person import mark_left
from people.models import Handover
from records.errors import Refused
from tests.agreements_at import agreement_at, contract_of
from tests.cast import NOW, TODAY, Cast

pytestmark = pytest.mark.django_db
DAY = date(2026, 7, 1)


@pytest.fixture
def agreement(cast: Cast) -> Agreement:
    """An agreement with one of each."""
    agreement, by = agreement_at(Status.SIGNED, cast), cast.privacy_officer
    link_agreement(contract=contract_of(cast), agreement=agreement, by=by, now=NOW)
    said = {"kind": "visit", "on": DAY, "note": "Saw the server room"}
    log_oversight(about=agreement, values=said, by=by, now=NOW)
    review = {"done_on": DAY, "outcome": "vary", "findings": "Too wide", "gmc_considered": "no"}
    record_review(agreement=agreement, values=review | {"next_due_on": TODAY}, by=by, now=NOW)
    use = {"code": "C14", "on": DAY, "found": "x" * 900}
    record_exercise(agreement=agreement, values=use, by=by, now=NOW)
    return agreement


def test_events_come_with_one_query(agreement: Agreement, cast: Cast, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        events = upkeep.timeline(agreement)
    assert {event.said for event in events} == {
        "Contract C-2026-0147 Navigation services linked",
        "Visit logged",
        "Reviewed: vary its terms",
        f"Provision C14 used: {BY_CODE['C14'].title}",
    }
    assert {event.by for event in events} == {cast.privacy_officer.get_full_name()}
    assert max(len(event.note) for event in events) == 300


def test_panels_open_as_pages_and_as_regions(agreement: Agreement, cast: Cast, client: Client) -> None:
    client.force_login(cast.privacy_officer)
    page = client.get(agreement.get_absolute_url()).text
    for panel in upkeep.panels(agreement, cast.privacy_officer):
        assert f'hx-get="{panel.url}"' in page
        shown = client.get(panel.url)
        assert shown.status_code == 200
        assert 'id="panel"' in shown.text
    contracts = client.get(f"/agreements/{agreement.reference}/contracts/").text
    assert "Navigation services" in contracts
    assert "Saw the server room" in contracts


def test_the_export_has_the_numbers_and_the_list_asks_nothing(
    agreement: Agreement, cast: Cast, monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    heading, line = list(csv_lines([agreement.pk], TODAY))
    assert "Contracts" in heading
    assert "C-2026-0147" in line
    client.force_login(cast.privacy_officer)
    assert "C-2026-0147" not in client.get("/agreements/").text


def test_a_contract_that_changes_tells_its_agreements(
    agreement: Agreement, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr("agreements.actions.changes.after_change", lambda one, *_: told.append(one.reference))
    contract = Contract.objects.get()
    values = contract_values(contract)
    change_contract(contract=contract, values={**values, "title": "New"}, seen=digest(values), by=cast.privacy_officer)
    assert told == [agreement.reference]


def test_a_leavers_contracts_are_handed_over(cast: Cast) -> None:
    leaver, by = cast.contract_manager.who, cast.administrator
    contract = contract_of(cast, manager=leaver)
    contract_of(cast, reference="C-2", manager=leaver, stage=ContractStage.ENDED)
    mark_left(person=leaver, left_on=TODAY, by=by, on=TODAY)
    handover = Handover.objects.get()
    assert (handover.kind, handover.subject) == ("contract manager", "C-2026-0147")
    values = contract_values(contract)
    change_contract(
        contract=contract, values={**values, "reference": "C-9"}, seen=digest(values), by=cast.privacy_officer
    )
    hand_over(handover=handover, to=cast.business_owner.who, by=by, on=TODAY)
    assert Contract.objects.get(pk=contract.pk).manager == cast.business_owner.person


def test_a_contract_that_somebody_else_manages_by_now_is_left_alone(cast: Cast) -> None:
    leaver, by = cast.contract_manager.who, cast.administrator
    contract = contract_of(cast, manager=leaver)
    mark_left(person=leaver, left_on=TODAY, by=by, on=TODAY)
    values = contract_values(Contract.objects.get(pk=contract.pk))
    change_contract(
        contract=contract, values={**values, "manager": cast.approver.who}, seen=digest(values), by=cast.privacy_officer
    )
    with pytest.raises(Refused, match="nothing is left to hand over"):
        hand_over(handover=Handover.objects.get(), to=cast.business_owner.who, by=by, on=TODAY)


def test_every_change_of_it_stands_in_the_history(agreement: Agreement, cast: Cast, client: Client) -> None:
    client.force_login(cast.privacy_officer)
    page = client.get(f"/agreements/{agreement.reference}/history/").text
    for said in ("Too wide", "Saw the server room", "xxxx"):
        assert said in page
