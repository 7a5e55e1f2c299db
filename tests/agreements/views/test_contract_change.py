"""Contracts recorded, corrected and linked: what is refused, and that nothing typed is lost."""

from typing import Any

import pytest
from django.test import Client

from agreements.actions.contract import add_contract, change_contract, contract_values, link_agreement
from agreements.actions.subcontractor import add_subcontractor
from agreements.choices import Status
from agreements.digest import digest
from agreements.errors import NotNow, NotYours, Stale
from agreements.models import AgreementContract, Contract, Subcontractor
from people.actions.person import mark_left
from people.models import Person
from people.permissions import NotPermitted
from people.roles import Role
from tests.agreements.views.conftest import SignIn
from tests.agreements_at import agreement_at, contract_of, organisation
from tests.cast import NOW, TODAY, Cast

pytestmark = pytest.mark.django_db
ADD = "/contracts/add/"


def data(**more: str) -> dict[str, str]:
    """What a person types who records a contract."""
    organisation()
    return {
        "reference": " C-2026  0147 ",
        "title": "Navigation services",
        "supplier": "Te Whare Tautoko Trust",
        "stage": "in_service",
        "template": "own",
        "value_band": "1m",
        "gmc_considered": "unknown",
    } | more


def test_a_contract_is_recorded_with_who_and_when(officer: Client, cast: Cast) -> None:
    response = officer.post(ADD, data(starts_on="1 July 2026", ends_on="30 June 2028"))
    contract = Contract.objects.get()
    assert response["Location"] == contract.get_absolute_url()
    assert (contract.reference, contract.agency, contract.value_band) == ("C-2026 0147", cast.agency, "1m")
    assert contract.history.get().history_user == cast.privacy_officer


def test_it_is_recorded_for_an_agreement_at_once(officer: Client, cast: Cast) -> None:
    agreement = agreement_at(Status.DRAFT, cast)
    assert agreement.title in officer.get(ADD, {"agreement": agreement.reference.lower()}).text
    officer.post(f"{ADD}?agreement={agreement.reference}", data())
    assert AgreementContract.objects.get().agreement == agreement


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"reference": ""}, "needs another look"),
        ({"reference": "x" * 41}, "at most 40 characters"),
        ({"title": "x" * 100_000}, "at most 200 characters"),
        ({"gmc_considered": "yes", "gmc_note": "x" * 100_000}, "at most 2000 characters"),
        ({"supplier": "Nobody Knows Them"}, "is called “Nobody Knows Them”"),
        ({"stage": "eternal"}, "Select a valid choice"),
        ({"starts_on": "1 July 2026", "ends_on": "30 June 2026"}, "cannot end before it starts"),
        ({"manager": "Somebody Else"}, "Nothing is called “Somebody Else”"),
    ],
)
def test_what_makes_no_sense_is_said_and_nothing_is_lost(officer: Client, typed: dict[str, str], says: str) -> None:
    page = officer.post(ADD, data(procurement_ref="GETS-88", **typed)).text
    assert says in page
    assert "GETS-88" in page
    assert not Contract.objects.exists()


def test_a_number_is_there_once_an_agency_whatever_its_case(officer: Client, cast: Cast, sign_in: SignIn) -> None:
    contract_of(cast, reference="c-2026 0147")
    assert "already has this number" in officer.post(ADD, data()).text
    other = sign_in(Cast("OTH", "Other Ministry").privacy_officer)
    assert other.post(ADD, data()).status_code == 302


def test_people_of_another_agency_and_leavers_are_no_managers(cast: Cast) -> None:
    stranger = Cast("OTH", "Other Ministry").contract_manager.person
    leaver = cast.contract_manager.who
    mark_left(person=leaver, left_on=TODAY, by=cast.administrator, on=TODAY)
    with pytest.raises(NotYours, match="works for another agency"):
        contract_of(cast, manager=stranger)
    with pytest.raises(NotNow, match="has left"):
        contract_of(cast, manager=Person.objects.get(pk=leaver.pk))


def test_another_agencys_agreement_is_neither_offered_nor_taken(officer: Client, cast: Cast) -> None:
    strange = agreement_at(Status.DRAFT, Cast("OTH", "Other Ministry"))
    contract = contract_of(cast)
    page = officer.post(f"/contracts/{contract.pk}/agreements/add/", {"agreement": strange.reference}).text
    assert "No agreement of yours is called" in page
    assert officer.get(ADD, {"agreement": strange.reference}).status_code == 404
    with pytest.raises(NotYours, match="belongs to another agency"):
        link_agreement(contract=contract, agreement=strange, by=cast.privacy_officer, now=NOW)
    assert not AgreementContract.objects.exists()


def test_an_agreement_is_linked_by_its_reference_and_taken_away(officer: Client, cast: Cast) -> None:
    contract, agreement = contract_of(cast), agreement_at(Status.DRAFT, cast)
    add = f"/contracts/{contract.pk}/agreements/add/"
    officer.post(add, {"agreement": agreement.reference.lower()})
    assert agreement.title in officer.get(contract.get_absolute_url()).text
    with pytest.raises(NotNow, match="already"):
        link_agreement(contract=contract, agreement=agreement, by=cast.privacy_officer, now=NOW)
    gone = f"/contracts/{contract.pk}/agreements/{agreement.reference}/remove/"
    officer.post(gone)
    assert not AgreementContract.objects.exists()
    assert AgreementContract.history.filter(history_type="-").count() == 1
    assert officer.post(gone).status_code == 404


def test_of_two_who_change_it_the_second_is_told_and_loses_nothing(officer: Client, cast: Cast) -> None:
    contract = contract_of(cast)
    address = f"/contracts/{contract.pk}/edit/"
    seen = officer.get(address).context["seen"]
    values = contract_values(contract) | {"title": "Theirs"}
    change_contract(contract=contract, values=values, seen=digest(contract_values(contract)), by=cast.privacy_officer)
    typed = data(title="Mine", procurement_ref="GETS-88", reference="C-2026-0147", seen=seen)
    page = officer.post(address, typed)
    assert "saved this" in page.text
    assert "Theirs" in page.text
    assert "GETS-88" in page.text
    assert Contract.objects.get().title == "Theirs"
    officer.post(address, typed | {"seen": page.context["seen"], "keep-title": "theirs"})
    assert (Contract.objects.get().title, Contract.objects.get().procurement_ref) == ("Theirs", "GETS-88")


def test_a_stale_save_by_the_action_is_refused_too(cast: Cast) -> None:
    contract = contract_of(cast)
    with pytest.raises(Stale):
        change_contract(contract=contract, values={"title": "Mine"}, seen="0" * 16, by=cast.privacy_officer)


def test_only_its_manager_or_a_privacy_officer_changes_it(cast: Cast, sign_in: SignIn) -> None:
    manager, colleague = cast.contract_manager, cast.user(Role.CONTRACT_MANAGER, "Colleague")
    contract = contract_of(cast, manager=manager.person)
    values = contract_values(contract) | {"title": "Changed"}
    seen = digest(contract_values(contract))
    with pytest.raises(NotYours, match=r"Only a privacy officer, or .*, can change it"):
        change_contract(contract=contract, values=values, seen=seen, by=colleague)
    assert "Only a privacy officer, or" in sign_in(colleague).get(contract.get_absolute_url()).text
    change_contract(contract=contract, values=values, seen=seen, by=manager)
    for user in (cast.business_owner, cast.auditor):
        with pytest.raises(NotPermitted):
            add_contract(values=values, by=user, now=NOW)
        assert sign_in(user).get(ADD).status_code == 403
        assert sign_in(user).post(f"/contracts/{contract.pk}/log/").status_code == 403


def subcontract(client: Client, contract: Contract, **more: Any) -> str:
    return client.post(f"/contracts/{contract.pk}/subcontractors/add/", {"does": "Hosting"} | more).content.decode()


def test_subcontractors_stand_under_those_they_work_for(officer: Client, cast: Cast) -> None:
    contract = contract_of(cast)
    for name in ("Harakeke House", "Southern Gum"):
        organisation(name)
    subcontract(officer, contract, organisation="Harakeke House", starts_on="1 July 2026")
    above = Subcontractor.objects.get()
    subcontract(officer, contract, organisation="Southern Gum", parent=above.pk)
    page = officer.get(contract.get_absolute_url()).text.partition('class="tree"')[2]
    assert page.index("Harakeke House") < page.index("Southern Gum")
    gone = f"/contracts/{contract.pk}/subcontractors/{above.pk}/remove/"
    assert "Southern Gum works for it" in officer.post(gone).text
    below = Subcontractor.objects.exclude(pk=above.pk).get()
    officer.post(f"/contracts/{contract.pk}/subcontractors/{below.pk}/remove/")
    officer.post(gone)
    assert not Subcontractor.objects.exists()


def test_a_subcontractor_is_not_the_supplier_nor_there_twice_nor_above_itself(officer: Client, cast: Cast) -> None:
    contract, other = contract_of(cast), contract_of(cast, reference="C-2")
    organisation("Harakeke House")
    assert "This is the supplier itself" in subcontract(officer, contract, organisation="Te Whare Tautoko Trust")
    subcontract(officer, contract, organisation="Harakeke House")
    assert "listed there already" in subcontract(officer, contract, organisation="Harakeke House")
    row = Subcontractor.objects.get()
    address = f"/contracts/{contract.pk}/subcontractors/{row.pk}/"
    seen = officer.get(address).context["seen"]
    page = officer.post(address, {"organisation": "Harakeke House", "parent": row.pk, "seen": seen})
    assert "work for itself" in page.text
    assert officer.get(f"/contracts/{other.pk}/subcontractors/{row.pk}/").status_code == 404
    late = {"organisation": "Harakeke House", "starts_on": "2 July 2026", "ends_on": "1 July 2026", "seen": seen}
    assert "cannot end before it starts" in officer.post(address, late).text


def test_of_two_who_change_a_subcontractor_the_second_is_told(officer: Client, cast: Cast) -> None:
    contract = contract_of(cast)
    values = {"organisation": organisation("Harakeke House"), "parent": None, "does": "Hosting"}
    row = add_subcontractor(contract=contract, values=values, by=cast.privacy_officer)
    address = f"/contracts/{contract.pk}/subcontractors/{row.pk}/"
    seen = officer.get(address).context["seen"]
    typed = {"organisation": "Harakeke House", "seen": seen}
    officer.post(address, typed | {"does": "Night calls"})
    page = officer.post(address, typed | {"does": "Printing"})
    assert "Night calls" in page.text
    assert Subcontractor.objects.get().does == "Night calls"
