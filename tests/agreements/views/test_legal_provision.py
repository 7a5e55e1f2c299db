"""The library of legal bases: searched, and extended by an agency for itself."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from agreements.actions.legal_provision import add_legal_provision, retire_legal_provision
from agreements.actions.reference_data import load_reference_data
from agreements.actions.row import add_row
from agreements.choices import Status
from agreements.errors import NotNow
from agreements.models import LegalProvision
from agreements.rows import KINDS
from people.actions.system import system_user
from people.permissions import NotPermitted
from tests.agreements_at import agreement_at
from tests.cast import Cast

pytestmark = pytest.mark.django_db
LIST, ADD = "agreements:legal_provisions", "agreements:legal_provision_add"
OURS = {
    "act": "Kererū Protection Act 2031", "provision": "s 15", "title": "Sharing nests", "basis_kind": "enactment",
    "what_it_allows": "The keeper may tell the Ministry where nests are.",
}  # fmt: skip


@pytest.fixture
def officer(client: Client, cast: Cast) -> Client:
    load_reference_data(by=system_user("reference"))
    client.force_login(cast.privacy_officer)
    return client


@pytest.mark.parametrize("q", ["tax administration", "TAX  Administration", "revenue information 1994"])
def test_it_is_found_by_words(officer: Client, q: str) -> None:
    assert "Tax Administration Act 1994" in officer.get(reverse(LIST), {"q": q}).text


def test_what_is_uncertain_is_said(officer: Client) -> None:
    uncertain = LegalProvision.objects.filter(confidence="uncertain").first()
    assert uncertain
    assert "Uncertain" in officer.get(reverse(LIST), {"q": str(uncertain)}).text


def test_nothing_found_says_what_to_do(officer: Client) -> None:
    page = officer.get(reverse(LIST), {"q": "<b>zebra</b>", "kind": "wizard", "page": "x"}).text
    assert "No legal basis holds every word of “&lt;b&gt;zebra&lt;/b&gt;”" in page
    assert "add the one you need" in page


def test_few_queries(officer: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    officer.get(reverse(LIST))
    with django_assert_max_num_queries(8):
        officer.get(reverse(LIST), {"q": "act"})


def test_what_an_agency_adds_is_its_own(officer: Client, client: Client, cast: Cast) -> None:
    assert officer.post(reverse(ADD), OURS)["Location"] == reverse(LIST)
    provision = LegalProvision.objects.get(act="Kererū Protection Act 2031")
    assert (provision.agency, provision.confidence) == (cast.agency, "added")
    assert "Sharing nests" in officer.get(reverse(LIST), {"q": "kereru"}).text
    client.force_login(Cast("OTH", "Other Ministry").privacy_officer)
    assert "Sharing nests" not in client.get(reverse(LIST), {"q": "kereru"}).text


def test_the_same_section_is_not_added_twice(officer: Client) -> None:
    officer.post(reverse(ADD), OURS)
    assert "already has this section" in officer.post(reverse(ADD), OURS).text


@pytest.mark.parametrize("act", ["Memorandum of understanding with Police", "Our MoU", "Data sharing agreement 2019"])
def test_an_agreement_is_no_authority(officer: Client, cast: Cast, act: str) -> None:
    page = officer.post(reverse(ADD), OURS | {"act": act})
    assert "An agreement or memorandum is not itself a legal basis" in page.text
    with pytest.raises(NotNow, match="not itself a legal basis"):
        add_legal_provision(values=OURS | {"act": act}, by=cast.privacy_officer)
    assert not LegalProvision.objects.filter(act=act).exists()


@pytest.mark.parametrize(
    ("field", "typed"), [("year", "20x"), ("basis_kind", "wizard"), ("act", "x" * 201), ("title", "a\0b")]
)
def test_bad_input_loses_nothing(officer: Client, field: str, typed: str) -> None:
    page = officer.post(reverse(ADD), OURS | {"who_may_share": "Ngā kaitiaki", field: typed})
    assert page.status_code == 200
    assert "Ngā kaitiaki" in page.text
    assert not LegalProvision.objects.filter(who_may_share="Ngā kaitiaki").exists()


def test_who_may_not(client: Client, cast: Cast) -> None:
    client.force_login(cast.contract_manager)
    assert client.get(reverse(LIST)).status_code == 200
    assert client.post(reverse(ADD), OURS).status_code == 403
    with pytest.raises(NotPermitted):
        add_legal_provision(values=OURS, by=cast.contract_manager)
    client.force_login(cast.privacy_officer)
    assert client.post(reverse(LIST)).status_code == 405


RETIRE, RETURN = "agreements:legal_provision_retire", "agreements:legal_provision_return"


def own_one(cast: Cast) -> LegalProvision:
    return add_legal_provision(values=OURS, by=cast.privacy_officer)


def offered(client: Client) -> str:
    return client.get(reverse("agreements:legal_provision_offers"), {"field": "q", "q": "kereru protection"}).text


def test_a_provision_of_ones_own_is_retired_and_comes_back(officer: Client, cast: Cast) -> None:
    own = own_one(cast)
    agreement = agreement_at(Status.DRAFT, cast)
    add_row(agreement=agreement, kind=KINDS["legal_basis"], values={"provision": own}, by=cast.privacy_officer)
    address = reverse(RETIRE, args=[own.pk])
    assert address in officer.get(reverse(LIST), {"q": "kereru"}).text
    assert "1 agreement rests on it now" in officer.get(address).text
    officer.post(address, {"reason": "Repealed on 1 July 2026"})
    page = officer.get(reverse(LIST), {"q": "kereru"}).text
    assert "Retired: Repealed on 1 July 2026" in page
    assert str(own) in officer.get(agreement.get_absolute_url()).text
    again = officer.post(address, {"reason": "Twice"}).text
    assert "It is retired already: Repealed on 1 July 2026" in again
    officer.post(reverse(RETURN, args=[own.pk]), {"reason": "It was another Act"})
    own.refresh_from_db()
    assert own.retired_why == ""
    assert own.history.latest("history_id").history_change_reason == "It was another Act"
    assert "It is not retired" in officer.post(reverse(RETURN, args=[own.pk]), {"reason": "Twice"}).text


def test_what_is_retired_is_offered_no_more(officer: Client, cast: Cast) -> None:
    own = own_one(cast)
    assert str(own) in offered(officer)
    officer.post(reverse(RETIRE, args=[own.pk]), {"reason": "Repealed"})
    assert str(own) not in offered(officer)


def test_retiring_asks_why(officer: Client, cast: Cast) -> None:
    own = own_one(cast)
    assert "required" in officer.post(reverse(RETIRE, args=[own.pk]), {"reason": ""}).text
    with pytest.raises(NotNow, match="Say why"):
        retire_legal_provision(provision=own, by=cast.privacy_officer, reason=" ")
    own.refresh_from_db()
    assert own.retired_why == ""


def test_the_common_library_is_nobodys_to_retire(officer: Client) -> None:
    common = LegalProvision.objects.filter(agency=None).first()
    assert common
    assert "common library" in officer.get(reverse(RETIRE, args=[common.pk])).text
    assert "common library" in officer.post(reverse(RETIRE, args=[common.pk]), {"reason": "x"}).text
    common.refresh_from_db()
    assert common.retired_why == ""


def test_another_agencys_library_is_not_there(client: Client, cast: Cast) -> None:
    own = own_one(cast)
    client.force_login(Cast("OTH", "Other Ministry").privacy_officer)
    assert client.post(reverse(RETIRE, args=[own.pk]), {"reason": "x"}).status_code == 404
    client.force_login(cast.contract_manager)
    assert client.post(reverse(RETIRE, args=[own.pk]), {"reason": "x"}).status_code == 403
    own.refresh_from_db()
    assert own.retired_why == ""
