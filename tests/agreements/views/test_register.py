"""The list of agreements: finding, filtering, refusing, and never more queries with more rows."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from agreements.actions.organisation import add_name
from agreements.choices import NameKind, Status
from agreements.models import Agreement
from people.actions.system import system_user
from tests.agreements_at import agreement_at, organisation
from tests.benchmarks.many import many_agreements
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db
HERE = "/agreements/"


@pytest.fixture
def reader(cast: Cast, client: Client) -> Client:
    client.force_login(cast.privacy_officer)
    return client


def titles(client: Client, **asked: Any) -> set[str]:
    """The titles that the list shows."""
    response = client.get(HERE, asked)
    assert response.status_code == 200
    return {row.agreement.title for row in response.context["rows"]}


def test_an_agreement_stands_in_the_list_with_what_decides(cast: Cast, reader: Client) -> None:
    agreement = agreement_at(Status.SIGNED, cast, title="Attendance liaison")
    page = reader.get(HERE).content.decode()
    for shown in ("Attendance liaison", agreement.reference, "Te Whare Tautoko Trust", "Signed", "Export 1 as CSV"):
        assert shown in page


def test_an_empty_register_says_what_to_do(reader: Client) -> None:
    assert "No agreements yet" in reader.get(HERE).content.decode()


def test_another_agency_sees_nothing_of_it(cast: Cast, client: Client) -> None:
    agreement = agreement_at(Status.SIGNED, cast)
    client.force_login(Cast("OTH", "Other Ministry").privacy_officer)
    assert agreement.title not in client.get(HERE).content.decode()
    assert client.get(HERE, {"q": agreement.reference}).status_code == 200
    assert client.get(HERE, {"q": "attendance"}).context["found"].count == 0


@pytest.mark.parametrize("role", ["staff_member", "administrator"])
def test_some_roles_read_no_agreements(cast: Cast, client: Client, role: str) -> None:
    client.force_login(getattr(cast, role))
    assert client.get(HERE).status_code == 403


def test_a_list_is_only_read(reader: Client) -> None:
    assert reader.post(HERE).status_code == 405


@pytest.mark.parametrize("typed", ["māori", "Maori", "MĀORI", "maor", "Wāhine maori"])
def test_macrons_and_case_do_not_matter(cast: Cast, reader: Client, typed: str) -> None:
    agreement_at(Status.DRAFT, cast, title="Wāhine Māori health")
    agreement_at(Status.DRAFT, cast, title="Something else")
    assert titles(reader, q=typed) == {"Wāhine Māori health"}


@pytest.mark.parametrize("typed", ["Kereru", "kererū courier", "kerefu", "kerru", "Swiftpost", "swiftpots", "KCS"])
def test_a_party_is_found_by_any_name_and_in_spite_of_a_slip(cast: Cast, reader: Client, typed: str) -> None:
    body = organisation("Kererū Courier Services Limited")
    add_name(organisation=body, name="Swiftpost", kind=NameKind.FORMER, by=system_user("test"))
    add_name(organisation=body, name="KCS", kind=NameKind.ABBREVIATION, by=system_user("test"))
    agreement_at(Status.DRAFT, cast, title="Equipment deliveries", parties=(body.name,))
    agreement_at(Status.DRAFT, cast, title="Something else")
    assert titles(reader, q=typed) == {"Equipment deliveries"}


def test_a_slip_is_told(cast: Cast, reader: Client) -> None:
    agreement_at(Status.DRAFT, cast, parties=("Kererū Couriers",))
    assert "No agreement has “kerefu” as typed" in reader.get(HERE, {"q": "kerefu"}).content.decode()


def test_a_slip_shows_no_word_of_another_agency(cast: Cast, client: Client) -> None:
    agreement_at(Status.SIGNED, cast, title="Zanzibar")
    client.force_login(Cast("OTH", "Other Ministry").privacy_officer)
    assert "zanzibar" not in client.get(HERE, {"q": "zanzibor"}).content.decode()


@pytest.mark.parametrize("ways", [str.lower, str.upper, "  {} ".format])
def test_a_reference_goes_straight_to_its_agreement(cast: Cast, reader: Client, ways: Callable[[str], str]) -> None:
    reference = agreement_at(Status.DRAFT, cast).reference
    assert reader.get(HERE, {"q": ways(reference)}).headers["Location"].endswith(f"/{reference}/")


def test_filters_narrow_and_can_be_taken_off(cast: Cast, reader: Client) -> None:
    agreement_at(Status.DRAFT, cast, title="A draft")
    agreement_at(Status.SIGNED, cast, title="In force")
    assert titles(reader, status="draft") == {"A draft"}
    assert titles(reader, status=["draft", "signed"]) == {"A draft", "In force"}
    assert titles(reader, party="tautoko", role="receives") == {"A draft", "In force"}
    assert titles(reader, party="tautoko", role="provides") == set()
    assert titles(reader, missing="safeguards", status="signed") == {"In force"}
    assert titles(reader, ends_before="30/6/2029") == set()
    assert titles(reader, ends_before="1 July 2029", owner="nobody") == {"A draft"}
    page = reader.get(HERE, {"status": "draft", "ends_before": "1 July 2029"}).content.decode()
    assert "Ends before 1\xa0July 2029" in page
    assert 'href="/agreements/?ends_before=2029-07-01"' in page


def test_counts_stand_beside_the_answers_and_leave_their_own_filter_out(cast: Cast, reader: Client) -> None:
    agreement_at(Status.DRAFT, cast)
    agreement_at(Status.SIGNED, cast)
    response = reader.get(HERE, {"status": "draft"})
    status = next(field for field in response.context["fields"] if field.name == "status")
    counts = {answer.value: answer.count for answer in status.answers}
    assert (counts["draft"], counts["signed"], counts["ended"]) == (1, 1, 0)
    assert (response.context["found"].count, response.context["found"].total) == (1, 2)


HOSTILE = [
    {"status": "evil"},
    {"sort": "evil"},
    {"sort": "--title"},
    {"q": "x" * 100_000},
    {"party": "x" * 100_000},
    {"owner": "99999999999999999999"},
    {"owner": "' OR 1=1"},
    {"ends_before": "31 February 2026"},
    {"ends_before": "x" * 100_000},
    {"flag": ["health", "<script>"]},
]


@pytest.mark.parametrize("asked", HOSTILE, ids=lambda asked: str(asked)[:40])
def test_what_a_list_does_not_know_is_refused_with_a_sentence(
    cast: Cast, reader: Client, asked: dict[str, Any]
) -> None:
    agreement_at(Status.DRAFT, cast)
    response = reader.get(HERE, asked)
    assert response.status_code == 400
    assert "Nothing was looked for" in response.content.decode()
    assert response.context["rows"] == []
    assert reader.get("/agreements/export.csv", asked).status_code == 400


HARMLESS = [
    {"page": "0"},
    {"page": "99999"},
    {"page": "last"},
    {"page": "-1"},
    {"unknown": "x"},
    {"q": "🙂"},
    {"q": "مرحبا بالعالم"},
    {"q": "a & b | !c:* <-> 'd"},
    {"q": "%_\\"},
    {"party": "%"},
    {"party": "999999999999999"},
    {"q": "{{ 7|add:7 }}"},
]


@pytest.mark.parametrize("asked", HARMLESS, ids=str)
def test_odd_but_honest_questions_are_answered(cast: Cast, reader: Client, asked: dict[str, Any]) -> None:
    agreement_at(Status.DRAFT, cast)
    assert reader.get(HERE, asked).status_code == 200


def test_nul_in_an_address_is_refused(reader: Client) -> None:
    assert reader.get(f"{HERE}?q=%00").status_code == 400


def test_markup_in_a_title_and_a_query_is_shown_as_typed(cast: Cast, reader: Client) -> None:
    agreement_at(Status.DRAFT, cast, title="<b>Bold</b> {{ x }}")
    page = reader.get(HERE, {"q": "<b>bold"}).content.decode()
    assert "&lt;b&gt;Bold&lt;/b&gt; {{ x }}" in page
    assert "<b>" not in page


def test_htmx_gets_the_list_alone(cast: Cast, reader: Client) -> None:
    agreement_at(Status.DRAFT, cast)
    part = reader.get(HERE, {"status": "draft", "owner": "", "page": "1"}, headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()
    assert "HX-Request" in part.headers["Vary"]
    assert part.headers["HX-Push-Url"] == "/agreements/?status=draft"
    assert (
        "<html"
        in reader.get(HERE, headers={"HX-Request": "true", "HX-History-Restore-Request": "true"}).content.decode()
    )


@pytest.mark.parametrize("rows", [1, 50])
@pytest.mark.parametrize("asked", [{}, {"q": "liaison"}, {"q": "liason"}, {"status": "signed", "sort": "-owner"}])
def test_queries_do_not_grow_with_rows(
    cast: Cast, reader: Client, django_assert_max_num_queries: Any, rows: int, asked: dict[str, str]
) -> None:
    many_agreements(rows, cast.privacy_officer, NOW, bodies=5)
    reader.get(HERE)  # the session is touched once in five minutes
    with django_assert_max_num_queries(8):
        assert reader.get(HERE, asked).status_code == 200


def test_sorting_is_told_and_turns_round(cast: Cast, reader: Client) -> None:
    for title in ("Āwhina", "Zebra", "Beta"):
        agreement_at(Status.DRAFT, cast, title=title)
    response = reader.get(HERE, {"sort": "title"})
    assert [row.agreement.title for row in response.context["rows"]] == ["Āwhina", "Beta", "Zebra"]
    page = response.content.decode()
    assert 'aria-sort="ascending"' in page
    assert 'href="/agreements/?sort=-title"' in page


def test_pages_share_no_row_and_keep_the_filters(cast: Cast, reader: Client) -> None:
    many_agreements(120, cast.privacy_officer, NOW, bodies=5)
    found = [row.agreement.pk for page in (1, 2, 3, 4, 5) for row in reader.get(HERE, {"page": page}).context["rows"]]
    assert sorted(found) == sorted(Agreement.objects.values_list("pk", flat=True))
    assert "status=signed" in reader.get(HERE, {"status": "signed", "sort": "title"}).content.decode()


def test_agreements_shared_with_us_stand_in_their_own_list(cast: Cast, client: Client) -> None:
    other = Cast("OTH", "Other Ministry")
    body = organisation("Other Ministry", agency=other.agency)
    signed = agreement_at(Status.SIGNED, cast, title="Signed with them", parties=(body.name,))
    agreement_at(Status.DRAFT, cast, title="Not yet theirs", parties=(body.name,))
    client.force_login(other.privacy_officer)
    page = client.get("/agreements/shared/").content.decode()
    assert signed.reference in page
    assert "Not yet theirs" not in page
