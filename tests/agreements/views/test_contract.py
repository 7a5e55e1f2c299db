"""Contracts: found in the list, read on their page, worked from "my contracts"."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from agreements.actions.contract import link_agreement
from agreements.actions.organisation import add_name
from agreements.actions.oversight import log_oversight
from agreements.actions.saved_view import save_view
from agreements.actions.subcontractor import add_subcontractor
from agreements.choices import ContractStage, ContractTemplate, NameKind, Status
from agreements.models import Contract, ContractStageChange
from people.actions.system import system_user
from records.acting import acting
from records.bulk import create
from tests.agreements.views.conftest import SignIn
from tests.agreements_at import agreement_at, answer, contract_of, organisation
from tests.benchmarks.many import many_agreements
from tests.cast import NOW, TODAY, Cast

pytestmark = pytest.mark.django_db
HERE = "/contracts/"


def found(client: Client, **asked: Any) -> set[str]:
    """The numbers that the list shows."""
    response = client.get(HERE, asked)
    assert response.status_code == 200
    return {row.reference for row in response.context["page"]}


def many_contracts(cast: Cast, number: int) -> list[Contract]:
    """Contracts, each with an agreement, an entry in the log and a subcontractor, all managed by one person."""
    agreements = many_agreements(number, cast.privacy_officer, NOW, bodies=5)
    manager = cast.contract_manager.person
    rows = [
        Contract(
            agency=cast.agency, reference=f"C-{at}", title=f"Services {at}", stage="in_service",
            supplier=organisation(), manager=manager, ends_on=date(2027, 1, 1) + timedelta(days=at),
        )
        for at in range(number)
    ]  # fmt: skip
    with acting(by=cast.privacy_officer):
        create(rows)
        recorded: dict[str, Any] = {"step": "record", "by": cast.privacy_officer, "at": NOW, "on": TODAY}
        create([ContractStageChange(contract=row, target=row.stage, **recorded) for row in rows])
    said = {"kind": "meeting", "on": date(2026, 7, 1), "note": "Met"}
    below = {"organisation": organisation("Harakeke House"), "parent": None, "does": "", "starts_on": None}
    for row, agreement in zip(rows, agreements, strict=True):
        link_agreement(contract=row, agreement=agreement, by=cast.privacy_officer, now=NOW)
        log_oversight(about=row, values=said, by=cast.privacy_officer, now=NOW)
        add_subcontractor(contract=row, values=below | {"ends_on": None}, by=cast.privacy_officer)
    return rows


def test_a_contract_stands_in_the_list_with_what_decides(officer: Client, cast: Cast) -> None:
    contract_of(cast, ends_on=date(2030, 6, 30))
    page = officer.get(HERE).text
    for shown in ("Navigation services", "C-2026-0147", "Te Whare Tautoko Trust", "In service", "Nothing logged"):
        assert shown in page
    assert "serves no agreement" in page


def test_an_empty_list_says_what_a_contract_is_for(officer: Client) -> None:
    assert "Add the first contract" in officer.get(HERE).text


def test_a_whole_number_goes_straight_to_its_contract(officer: Client, cast: Cast) -> None:
    contract = contract_of(cast)
    assert officer.get(HERE, {"q": " c-2026-0147 "})["Location"] == contract.get_absolute_url()


@pytest.mark.parametrize("words", ["navig", "0147 nav", "whare tautoko", "twtt", "gets-88", "Māori"])
def test_any_of_its_names_finds_it(officer: Client, cast: Cast, words: str) -> None:
    contract = contract_of(cast, title="Navigation for Maori families", procurement_ref="GETS-88")
    add_name(organisation=contract.supplier, name="TWTT", kind=NameKind.ABBREVIATION, by=system_user("test"))
    contract_of(cast, reference="C-2", title="Cleaning", supplier=organisation("Tidy Harbour"))
    assert found(officer, q=words) == {"C-2026-0147"}


def test_filters_narrow_it_and_count(officer: Client, cast: Cast) -> None:
    contract_of(cast, manager=cast.contract_manager.person)
    contract_of(cast, reference="C-2", stage=ContractStage.PLANNED, supplier=organisation("Tidy Harbour"))
    contract_of(cast, reference="C-3", stage=ContractStage.SIGNED, ends_on=date(2020, 1, 1))
    assert found(officer, stage=["planned", "signed"]) == {"C-2", "C-3"}
    assert found(officer, look="late") == {"C-3"}
    assert found(officer, look="quiet") == {"C-2026-0147"}
    assert found(officer, look="nobody") == {"C-2", "C-3"}
    assert found(officer, supplier="tidy harbour") == {"C-2"}
    assert found(officer, manager=str(cast.contract_manager.who.pk)) == {"C-2026-0147"}
    assert found(officer, ends_before="1 July 2021") == {"C-3"}
    counts = officer.get(HERE, {"stage": "planned"}).context["found"].counts["stage"]
    assert counts["planned"] == counts["signed"] == counts["in_service"] == 1


def test_a_model_contract_with_personal_information_is_marked(officer: Client, cast: Cast) -> None:
    contract = contract_of(cast, template=ContractTemplate.GMC)
    agreement = agreement_at(Status.DRAFT, cast)
    answer(agreement, "scope", cast.privacy_officer, personal_information="unknown")
    link_agreement(contract=contract, agreement=agreement, by=cast.privacy_officer, now=NOW)
    assert "is not known yet" in officer.get(contract.get_absolute_url()).text
    assert found(officer, look="gmc") == set()
    answer(agreement, "scope", cast.privacy_officer, personal_information="yes")
    assert "does not recommend that template" in officer.get(contract.get_absolute_url()).text
    assert found(officer, look="gmc") == {"C-2026-0147"}
    assert "Model contract with personal information" in officer.get(HERE).text


def test_an_address_that_makes_no_sense_finds_nothing(officer: Client, cast: Cast) -> None:
    contract_of(cast)
    response = officer.get(HERE, {"stage": "eternal"})
    assert response.status_code == 400
    assert "is not one of its answers" in response.text
    assert officer.get(f"{HERE}export.csv", {"stage": "eternal"}).status_code == 400


def test_the_sheet_holds_what_the_list_finds_and_no_formula(officer: Client, cast: Cast) -> None:
    contract = contract_of(cast, title="=HYPERLINK(1)")
    contract_of(cast, reference="C-2", stage=ContractStage.PLANNED)
    agreement = agreement_at(Status.DRAFT, cast)
    link_agreement(contract=contract, agreement=agreement, by=cast.privacy_officer, now=NOW)
    sheet = officer.get(f"{HERE}export.csv", {"stage": "in_service"}).getvalue().decode()
    assert "'=HYPERLINK(1)" in sheet
    assert agreement.reference in sheet
    assert "C-2," not in sheet


def test_the_list_is_kept_under_a_name(officer: Client, cast: Cast) -> None:
    data = {"name": "Late ones", "query": "look=late", "list_name": "contracts"}
    assert officer.post("/agreements/views/", data)["Location"] == f"{HERE}?look=late"
    save_view(name="Drafts", query="status=draft", by=cast.privacy_officer)
    page = officer.get(HERE).text
    assert "Late ones" in page
    assert "Drafts" not in page
    assert f"{HERE}?look=late" in officer.get("/").text


def test_another_agency_finds_nothing_of_it(cast: Cast, sign_in: SignIn) -> None:
    contract = contract_of(cast)
    other = sign_in(Cast("OTH", "Other Ministry").privacy_officer)
    assert other.get(contract.get_absolute_url()).status_code == 404
    assert found(other) == set()
    assert other.get(HERE, {"q": contract.reference}).status_code == 200
    assert contract.reference not in other.get(f"{HERE}export.csv").getvalue().decode()


def test_a_party_agency_sees_no_contract_on_the_signed_face(cast: Cast, sign_in: SignIn) -> None:
    other = Cast("OTH", "Other Ministry")
    with acting(by=system_user("test")):
        organisation(other.name, agency=other.agency)
    agreement = agreement_at(Status.SIGNED, cast, parties=(other.name,))
    contract = contract_of(cast, title="Secret price list")
    link_agreement(contract=contract, agreement=agreement, by=cast.privacy_officer, now=NOW)
    face = sign_in(other.privacy_officer).get(agreement.get_absolute_url())
    assert face.status_code == 200
    assert "Secret price list" not in face.text


def test_my_contracts_begin_with_what_is_late(cast: Cast, sign_in: SignIn) -> None:
    me, today = cast.contract_manager, timezone.localdate()
    calm = contract_of(cast, title="Calm", manager=me.person, ends_on=today + timedelta(days=500))
    said = {"kind": "visit", "on": today, "note": "All well"}
    log_oversight(about=calm, values=said, by=me, now=timezone.now())
    contract_of(cast, reference="C-2", title="Late", manager=me.person, ends_on=today - timedelta(days=3))
    contract_of(cast, reference="C-3", title="Over", manager=me.person, stage=ContractStage.ENDED)
    contract_of(cast, reference="C-4", title="Not mine")
    response = sign_in(me).get("/my-contracts/")
    assert [row.contract.title for row in response.context["rows"]] == ["Late", "Calm"]
    assert "3 days late" in response.text
    assert f"/contracts/{calm.pk}/log/?then=mine" in response.text


def test_the_menu_has_my_contracts_for_those_who_manage_some(cast: Cast, sign_in: SignIn, officer: Client) -> None:
    assert 'href="/my-contracts/"' in sign_in(cast.contract_manager).get("/agreements/").text
    assert 'href="/my-contracts/"' not in officer.get("/agreements/").text


@pytest.mark.parametrize("rows", [1, 50])
def test_queries_do_not_grow(cast: Cast, sign_in: SignIn, django_assert_max_num_queries: Any, rows: int) -> None:
    contracts = many_contracts(cast, rows)
    client = sign_in(cast.contract_manager)
    client.get("/")  # the session is touched once in five minutes
    for address, most in (
        (HERE, 8),
        (f"{HERE}?q=services", 8),
        (contracts[0].get_absolute_url(), 15),
        ("/my-contracts/", 8),
    ):
        with django_assert_max_num_queries(most):
            assert client.get(address).status_code == 200
    with django_assert_max_num_queries(9):
        client.get(f"{HERE}export.csv").getvalue()


def test_a_page_with_much_on_it_asks_no_more(cast: Cast, officer: Client, django_assert_max_num_queries: Any) -> None:
    contract = contract_of(cast)
    said = {"kind": "meeting", "on": date(2026, 7, 1), "note": "Met"}
    for agreement in many_agreements(20, cast.privacy_officer, NOW, bodies=5):
        link_agreement(contract=contract, agreement=agreement, by=cast.privacy_officer, now=NOW)
    parent = None
    for at in range(20):
        values = {"organisation": organisation(f"Body {at}"), "parent": parent, "does": "", "starts_on": None}
        parent = add_subcontractor(contract=contract, values=values | {"ends_on": None}, by=cast.privacy_officer)
        log_oversight(about=contract, values=said, by=cast.privacy_officer, now=NOW)
    officer.get("/")
    with django_assert_max_num_queries(15):
        page = officer.get(contract.get_absolute_url()).text
    assert "Body 19" in page
