"""The list of organisations and the page of one."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from agreements.actions.organisation import add_name, link_organisations
from agreements.actions.organisation_merge import merge_organisations
from agreements.choices import Confidence, Status
from agreements.models import Organisation
from records.acting import acting
from tests.agreements.flowing import flowing
from tests.agreements_at import agreement_at, organisation
from tests.cast import Cast

pytestmark = pytest.mark.django_db
LIST, PAGE, HISTORY = "agreements:organisations", "agreements:organisation", "agreements:organisation_history"


@pytest.fixture
def officer(client: Client, cast: Cast) -> Client:
    client.force_login(cast.privacy_officer)
    return client


def page_of(client: Client, body: Organisation) -> str:
    return client.get(reverse(PAGE, args=[body.pk])).text


def listed(client: Client, **asked: Any) -> str:
    return client.get(reverse(LIST), asked).text


def tie(body: Organisation, cast: Cast) -> None:
    with acting(by=cast.privacy_officer):
        body.agency = cast.agency
        body.save()


@pytest.mark.parametrize("q", ["tautoko", "TWT", "Te Whāre Tautoko Trust", "9429000000017", "trust tautoko"])
def test_the_list_finds_by_any_name(officer: Client, cast: Cast, q: str) -> None:
    trust = organisation(nzbn="9429000000017")
    add_name(organisation=trust, name="TWT", kind="abbreviation", by=cast.privacy_officer)
    organisation("Kererū Freight Limited")
    page = listed(officer, q=q)
    assert "Te Whare Tautoko Trust" in page
    assert "1 organisation<" in page


def test_a_slip_of_the_finger_is_asked_about(officer: Client) -> None:
    trust = organisation()
    page = listed(officer, q="Te Whare Tautokko Trusst")
    assert f'Did you mean <a href="{reverse(PAGE, args=[trust.pk])}">' in page


def test_the_list_is_narrowed(officer: Client, cast: Cast) -> None:
    agreement_at(Status.DRAFT, cast)
    organisation("Kererū Freight Limited", kind="company", state_services="no")
    assert "Kererū" in listed(officer, kind="company", state_services="no")
    assert "Kererū" not in listed(officer, ours="yes")
    assert "Te Whare Tautoko Trust" in listed(officer, ours="yes")
    assert "Te Whare Tautoko" not in listed(officer, kind="company")


def test_an_answer_that_makes_no_sense_counts_as_none(officer: Client) -> None:
    organisation()
    assert "Te Whare Tautoko Trust" in listed(officer, kind="wizard", state_services="<b>", page="-3", ours="x")


def test_an_empty_list_says_what_to_do(officer: Client) -> None:
    organisation()
    page = listed(officer, q="<i>Zebra</i>")
    assert "No organisation is called “<bdi>&lt;i&gt;Zebra&lt;/i&gt;</bdi>”" in page
    assert "add the one you need" in page


def test_a_merged_one_is_listed_no_more(officer: Client, cast: Cast) -> None:
    twin = organisation("Kererū Freight")
    merge_organisations(merged=twin, into=organisation(), by=cast.privacy_officer)
    assert f'href="{reverse(PAGE, args=[twin.pk])}"' not in listed(officer, q="Kererū Freight")


@pytest.mark.parametrize("rows", [1, 50])
def test_few_queries_for_the_list(
    officer: Client, cast: Cast, rows: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        add_name(organisation=organisation(f"Trust {number}"), name=f"T{number}", kind="other", by=cast.privacy_officer)
    listed(officer)
    with django_assert_max_num_queries(8):
        listed(officer, q="trust", ours="")


def test_every_place_at_every_depth(officer: Client, cast: Cast) -> None:
    story = flowing(cast)
    cloud = story.party("Pūkeko Cloud", under=story.named("Te Whare Tautoko Trust"))
    story.party("Kea Hosting", under=cloud)
    page = page_of(officer, organisation("Kea Hosting"))
    assert story.agreement.reference in page
    assert "Under <bdi>Pūkeko Cloud</bdi>, which is under <bdi>Te Whare Tautoko Trust</bdi>" in page
    assert "1 January 2026" in page.replace("\xa0", " ")


def test_a_withdrawn_agreement_is_no_place(officer: Client, cast: Cast) -> None:
    agreement = agreement_at(Status.WITHDRAWN, cast)
    assert agreement.reference not in page_of(officer, organisation())


def test_a_merged_organisation_leads_to_the_other_with_its_places(officer: Client, cast: Cast) -> None:
    agreement = agreement_at(Status.SIGNED, cast, parties=("Whare Tautoko",))
    twin, trust = organisation("Whare Tautoko"), organisation()
    merge_organisations(merged=twin, into=trust, by=cast.privacy_officer)
    response = officer.get(reverse(PAGE, args=[twin.pk]))
    assert response["Location"] == reverse(PAGE, args=[trust.pk])
    page = page_of(officer, trust)
    assert agreement.reference in page
    assert "Merged into it" in page


def test_the_tree_of_owners(officer: Client, cast: Cast) -> None:
    names = ("Holdings", "Group", "Company", "Branch")
    holdings, group, company, branch = (organisation(name) for name in names)
    link_organisations(owner=holdings, owned=group, kind="owner", share="51.00", by=cast.privacy_officer)
    link_organisations(owner=group, owned=company, kind="parent", by=cast.privacy_officer)
    link_organisations(owner=company, owned=branch, kind="owner", by=cast.privacy_officer)
    page = page_of(officer, company)
    assert all(name in page for name in ("Holdings", "Group", "Branch"))
    assert "51 per cent" in page


def test_what_is_uncertain_is_said(officer: Client) -> None:
    body = organisation("Ministry of Cities", confidence=Confidence.UNCERTAIN, source="a rumour")
    page = page_of(officer, body)
    assert "Check before you rely on it" in page
    assert "a rumour" in page


def test_an_outsider_sees_the_organisation_but_no_agreement(client: Client, cast: Cast) -> None:
    agreement = agreement_at(Status.SIGNED, cast)
    client.force_login(Cast("OTH", "Other Ministry").privacy_officer)
    page = page_of(client, organisation())
    assert agreement.reference not in page
    assert agreement.title not in page
    assert "1 other agency also has arrangements with this organisation." in page
    assert cast.agency.name not in page


def test_an_agency_that_agreed_is_named(client: Client, cast: Cast) -> None:
    agreement_at(Status.SIGNED, cast)
    with acting(by=cast.privacy_officer):
        cast.agency.names_shared = True
        cast.agency.save()
    client.force_login(Cast("OTH", "Other Ministry").privacy_officer)
    assert "1 other agency also has arrangements with this organisation: Ministry" in page_of(client, organisation())


def test_a_draft_of_another_agency_is_not_even_counted(client: Client, cast: Cast) -> None:
    agreement_at(Status.DRAFT, cast)
    client.force_login(Cast("OTH", "Other Ministry").privacy_officer)
    assert "also has arrangements" not in page_of(client, organisation())


def test_a_party_agency_sees_the_signed_agreement(client: Client, cast: Cast) -> None:
    other = Cast("OTH", "Other Ministry")
    tie(organisation("Other Ministry"), other)
    parties = ("Other Ministry", "Te Whare Tautoko Trust")
    signed = agreement_at(Status.SIGNED, cast, title="Signed one", parties=parties)
    draft = agreement_at(Status.DRAFT, cast, title="Draft one", parties=parties)
    client.force_login(other.privacy_officer)
    page = page_of(client, organisation())
    assert signed.reference in page
    assert "its signed face" in page
    assert draft.reference not in page


@pytest.mark.parametrize("agreements", [1, 6])
def test_few_queries_for_the_page(
    officer: Client, cast: Cast, agreements: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(agreements):
        story = flowing(cast, title=f"Agreement {number}")
        story.party("Pūkeko Cloud", under=story.named("Te Whare Tautoko Trust"))
    body = organisation("Pūkeko Cloud")
    link_organisations(owner=organisation("Holdings"), owned=body, kind="owner", by=cast.privacy_officer)
    page_of(officer, body)
    with django_assert_max_num_queries(15):
        page_of(officer, body)


def test_history_names_nobody_of_another_agency(client: Client, cast: Cast) -> None:
    body = organisation()
    add_name(organisation=body, name="TWT", kind="abbreviation", by=cast.privacy_officer)
    client.force_login(cast.privacy_officer)
    assert "Privacy officer of MCW" in client.get(reverse(HISTORY, args=[body.pk])).text
    client.force_login(Cast("OTH", "Other Ministry").privacy_officer)
    page = client.get(reverse(HISTORY, args=[body.pk])).text
    assert "Somebody at another agency" in page
    assert "MCW" not in page
    assert "TWT" in page


@pytest.mark.parametrize("name", [PAGE, HISTORY])
def test_one_that_is_not_there(officer: Client, name: str) -> None:
    assert officer.get(reverse(name, args=[999_999])).status_code == 404
    assert officer.post(reverse(name, args=[1])).status_code == 405


def test_who_may_not_read(client: Client, cast: Cast) -> None:
    client.force_login(cast.staff_member)
    assert client.get(reverse(LIST)).status_code == 403
    assert client.get(reverse(PAGE, args=[organisation().pk])).status_code == 403
