"""What flows between two organisations, and where a kind of information goes."""

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from agreements.actions.organisation import add_name
from agreements.actions.organisation_merge import merge_organisations
from agreements.choices import Status
from agreements.models import Organisation
from records.acting import acting
from tests.agreements.flowing import Flowing, flowing
from tests.agreements_at import agreement_at, organisation
from tests.cast import Cast

pytestmark = pytest.mark.django_db
BETWEEN, INFORMATION = "agreements:flows_between", "agreements:flows_information"
MINISTRY, TRUST = "Ministry of Community Wellbeing", "Te Whare Tautoko Trust"


@pytest.fixture
def officer(client: Client, cast: Cast) -> Client:
    client.force_login(cast.privacy_officer)
    return client


@pytest.fixture
def story(cast: Cast) -> Flowing:
    """The Ministry sends to the Trust; the Trust's subcontractor's subcontractor sends to the Ministry."""
    made = flowing(cast)
    ministry, trust = made.named(MINISTRY), made.named(TRUST)
    cloud = made.party("Kea Hosting", under=made.party("Pūkeko Cloud", under=trust))
    made.flow(ministry, trust, "Name and address", "Whānau members", children="yes")
    made.flow(cloud, ministry, "Attendance marks", category="survey")
    return made


def between(client: Client, a: str | int, b: str | int) -> str:
    return client.get(reverse(BETWEEN), {"a": a, "b": b}, follow=True).text


def sheet(client: Client, name: str, **asked: str | int) -> list[dict[str, str]]:
    response = client.get(reverse(f"{name}_csv"), asked)
    text = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]  # it streams
    return list(csv.DictReader(io.StringIO(text)))


def test_both_ways_and_through_subcontractors(officer: Client, story: Flowing) -> None:
    page = between(officer, MINISTRY, TRUST)
    assert f"From <bdi>{MINISTRY}</bdi> to <bdi>{TRUST}</bdi>" in page
    assert "Whānau members" in page
    assert "Sent by <bdi>Kea Hosting</bdi>" in page
    assert "1 flow in 1 agreement; 0 in force" in page
    assert "1,200" in page


def test_the_address_holds_two_keys_alone(officer: Client, story: Flowing) -> None:
    a, b = organisation(MINISTRY), organisation(TRUST)
    response = officer.get(reverse(BETWEEN), {"a": MINISTRY, "b": TRUST, "a-for": "x", "b-pick": "7"})
    assert response["Location"] == f"{reverse(BETWEEN)}?a={a.pk}&b={b.pk}"


def test_former_names_and_merged_bodies_count(officer: Client, story: Flowing, cast: Cast) -> None:
    add_name(organisation=organisation(TRUST), name="Attendance Society", kind="former", by=cast.privacy_officer)
    assert "Whānau members" in between(officer, MINISTRY, "attendance society")
    trust, into = organisation(TRUST), organisation("Ngā Ringa Āwhina")
    merge_organisations(merged=trust, into=into, by=cast.privacy_officer)
    assert "Whānau members" in between(officer, organisation(MINISTRY).pk, trust.pk)


def test_agreements_without_a_flow_between_them_are_named(officer: Client, cast: Cast) -> None:
    agreement = agreement_at(Status.SIGNED, cast)
    page = between(officer, MINISTRY, TRUST)
    assert "that both take part in, without a flow between them" in page
    assert agreement.reference in page


def test_nothing_in_common_says_what_to_do(officer: Client, story: Flowing) -> None:
    organisation("Kererū Freight")
    assert "No agreement that your agency may read has both" in between(officer, "Kererū Freight", TRUST)


@pytest.mark.parametrize(
    ("a", "b", "sentence"),
    [
        (TRUST, TRUST, "Choose two different organisations"),
        (TRUST, "", "Name the organisation"),
        (TRUST, "whare", "Choose which one you mean by “whare”"),
        (TRUST, "Zebra", "No organisation in the register is called “Zebra”"),
        (TRUST, "999999", "No organisation in the register is called “999999”"),
        (TRUST, "9" * 300, "at most 200 characters"),
        (TRUST, "<script>", "&lt;script&gt;"),
    ],
)
def test_bad_questions_are_answered_with_a_sentence(
    officer: Client, story: Flowing, a: str, b: str, sentence: str
) -> None:
    assert sentence in between(officer, a, b)


def test_another_agency_learns_nothing(client: Client, story: Flowing) -> None:
    client.force_login(Cast("OTH", "Other Ministry").privacy_officer)
    page = between(client, MINISTRY, TRUST)
    assert "Whānau members" not in page
    assert story.agreement.reference not in page
    assert "Whānau members" not in client.get(reverse(INFORMATION), {"q": "whānau"}).text
    assert sheet(client, INFORMATION, q="whānau") == []


def test_a_party_agency_reads_what_was_signed(client: Client, cast: Cast) -> None:
    other = Cast("OTH", "Other Ministry")
    body = organisation("Other Ministry")
    with acting(by=other.privacy_officer):
        body.agency = other.agency
        body.save()
    client.force_login(other.privacy_officer)
    agreement = agreement_at(Status.SIGNED, cast, parties=("Other Ministry", TRUST))
    assert agreement.reference in between(client, MINISTRY, TRUST)


def test_the_sheet_of_both_ways(officer: Client, story: Flowing) -> None:
    rows = sheet(officer, BETWEEN, a=organisation(MINISTRY).pk, b=organisation(TRUST).pk)
    assert [(row["From"], row["To"], row["Information"]) for row in rows] == [
        (MINISTRY, TRUST, "Name and address"),
        (MINISTRY, TRUST, "Whānau members"),
        ("Kea Hosting", MINISTRY, "Attendance marks"),
    ]


@pytest.mark.parametrize("q", ["whanau", "WHĀNAU", "members whanau"])
def test_where_it_goes_whatever_the_macrons(officer: Client, story: Flowing, q: str) -> None:
    page = officer.get(reverse(INFORMATION), {"q": q}).text
    assert "Whānau members" in page
    assert "1 organisation receives it, in 1 line<" in page
    assert "Reaches subcontractors: <bdi>Kea Hosting, Pūkeko Cloud</bdi>" in page


def test_where_it_goes_by_kind(officer: Client, story: Flowing) -> None:
    assert "Whānau members" in officer.get(reverse(INFORMATION), {"flags": "children"}).text
    page = officer.get(reverse(INFORMATION), {"category": "survey"}).text
    assert "Attendance marks" in page
    assert "Whānau members" not in page


def test_overseas_and_state_services_are_flagged(officer: Client, story: Flowing) -> None:
    with acting(by=story.cast.privacy_officer):
        body = Organisation.objects.get(name=TRUST)
        body.country, body.state_services = "Australia", "no"
        body.save()
    page = officer.get(reverse(INFORMATION), {"flags": "overseas"}).text
    assert "Whānau members" in page
    assert "Attendance marks" not in page
    assert "Outside the State services" in page
    story.answer("safeguards", overseas="yes")
    assert "Attendance marks" in officer.get(reverse(INFORMATION), {"flags": "overseas"}).text


def test_nothing_asked_and_nothing_found_say_what_to_do(officer: Client, story: Flowing) -> None:
    assert "Type a word, such as" in officer.get(reverse(INFORMATION)).text
    page = officer.get(reverse(INFORMATION), {"q": "<b>zebra</b>"}).text
    assert "Nothing called “<bdi>&lt;b&gt;zebra&lt;/b&gt;</bdi>” of this kind is recorded" in page


@pytest.mark.parametrize("q", ["%", "_", "'", "🙂", "\u202eabc", "x" * 201, "\\"])
def test_strange_words_find_nothing_and_break_nothing(officer: Client, story: Flowing, q: str) -> None:
    response = officer.get(reverse(INFORMATION), {"q": q, "category": "wizard", "flags": "wizard", "page": "x"})
    assert response.status_code == 200
    assert "Whānau members" not in response.text


def test_formulas_in_names_run_nowhere(officer: Client, cast: Cast) -> None:
    made = flowing(cast)
    made.flow(made.named(MINISTRY), made.named(TRUST), "=HYPERLINK(1)")
    assert sheet(officer, INFORMATION, q="hyperlink")[0]["Information"] == "'=HYPERLINK(1)"


@pytest.mark.parametrize("agreements", [1, 5])
def test_few_queries_for_either(
    officer: Client, cast: Cast, agreements: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(agreements):
        made = flowing(cast, title=f"Agreement {number}")
        made.flow(made.named(MINISTRY), made.named(TRUST), f"Address {number}")
    a, b = organisation(MINISTRY).pk, organisation(TRUST).pk
    between(officer, a, b)
    with django_assert_max_num_queries(15):
        assert "Address 0" in officer.get(reverse(BETWEEN), {"a": a, "b": b}).text
    with django_assert_max_num_queries(12):
        officer.get(reverse(INFORMATION), {"q": "address"})


@pytest.mark.parametrize("name", [BETWEEN, INFORMATION, f"{BETWEEN}_csv", f"{INFORMATION}_csv"])
def test_who_may_not_and_wrong_methods(client: Client, cast: Cast, name: str) -> None:
    client.force_login(cast.privacy_officer)
    assert client.post(reverse(name)).status_code == 405
    client.force_login(cast.staff_member)
    assert client.get(reverse(name)).status_code == 403


def test_reading_is_not_exporting(client: Client, cast: Cast, story: Flowing) -> None:
    client.force_login(cast.adviser)
    assert "as CSV" not in client.get(reverse(INFORMATION), {"q": "address"}).text
    assert client.get(reverse(f"{INFORMATION}_csv"), {"q": "address"}).status_code == 403
