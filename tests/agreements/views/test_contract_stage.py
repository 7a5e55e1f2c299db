"""The stages on a contract's page, and the page of each step."""

from datetime import date

import pytest
from django.test import Client

from agreements.choices import ContractStage
from agreements.models import Contract
from records.words import nz_date
from tests.agreements.views.conftest import SignIn
from tests.agreements_at import contract_of
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_a_stage_is_reached_through_its_page(officer: Client, cast: Cast) -> None:
    contract = contract_of(cast, stage=ContractStage.NEGOTIATION)
    page = officer.get(contract.get_absolute_url()).text
    assert "Recorded as it stood by" in page
    address = f"/contracts/{contract.pk}/stage/sign/"
    assert address in page
    assert f"/contracts/{contract.pk}/stage/begin/" not in page
    asked = officer.get(address).text
    assert "Record signing?" in asked
    assert "Both sides have signed" in asked
    response = officer.post(address, {"on": "1 May 2026", "reason": ""}, follow=True)
    assert "Signed" in response.text
    assert f"from {nz_date(date(2026, 5, 1))}" in response.text
    assert Contract.objects.get().stage == ContractStage.SIGNED


def test_what_is_missing_is_said_and_nothing_is_lost(officer: Client, cast: Cast) -> None:
    contract = contract_of(cast)
    address = f"/contracts/{contract.pk}/stage/end/"
    page = officer.post(address, {"on": "30 June 2099", "reason": "The service <b>closed</b>"}).text
    assert "lies in the future" in page
    assert "The service &lt;b&gt;closed&lt;/b&gt;" in page
    page = officer.post(address, {"on": "1 May 2026", "reason": ""}).text
    assert "1 May 2026" in page
    assert Contract.objects.get().stage == ContractStage.IN_SERVICE


def test_a_step_that_is_not_next_says_so_and_one_that_is_none_is_not_found(officer: Client, cast: Cast) -> None:
    contract = contract_of(cast)
    page = officer.get(f"/contracts/{contract.pk}/stage/sign/").text
    assert "It is in service, so this is not the next step" in page
    assert "<button" not in page.split("<main")[1].split("</main>")[0]
    assert officer.get(f"/contracts/{contract.pk}/stage/vanish/").status_code == 404


def test_who_may_not_change_it_is_offered_no_step(cast: Cast, sign_in: SignIn) -> None:
    contract = contract_of(cast, manager=cast.privacy_officer.person)
    colleague = sign_in(cast.contract_manager)
    page = colleague.get(contract.get_absolute_url()).text
    assert "Recorded as it stood by" in page
    assert "/stage/" not in page
    refused = colleague.post(f"/contracts/{contract.pk}/stage/end/", {"reason": "Over"})
    assert "can change it" in refused.text
    assert Contract.objects.get().stage == ContractStage.IN_SERVICE


def test_the_form_of_a_contract_asks_the_stage_only_when_it_is_new(officer: Client, cast: Cast) -> None:
    contract = contract_of(cast)
    assert "Where does it stand?" in officer.get("/contracts/add/").text
    assert "Where does it stand?" not in officer.get(f"/contracts/{contract.pk}/edit/").text
