"""Requirement by agreement: one click from a question to its answer, counts that agree with their lists."""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from agreements.choices import Kind, Status
from agreements.models import Agreement
from assurance.actions.accepted_exception import accept_exception
from assurance.actions.conformance import reassess
from assurance.models import ConformanceEntry
from people.actions.system import system_user
from people.models import Power
from records.words import nz_date
from tests.agreements_at import agreement_at, answer
from tests.benchmarks.many import many_agreements
from tests.cast import NOW, TODAY, Cast
from tests.delegating import delegated

pytestmark = pytest.mark.django_db
HERE = "/conformance/"
DRAFTS = {"status": "draft"}  # what is not in use is counted only where the address asks for it
OUTSIDE = {"personal_information": "yes", "outside_state_services": "yes"}


@pytest.fixture
def reader(cast: Cast, client: Client) -> Client:
    client.force_login(cast.privacy_officer)
    return client


def outside(cast: Cast, title: str, kind: Kind = Kind.SHARING_AGREEMENT) -> Agreement:
    """A draft with a party outside the State services, about which nothing else is known."""
    made = agreement_at(Status.DRAFT, cast, title=title, kind=kind)
    return answer(made, "scope", cast.privacy_officer, **OUTSIDE)


def titles(response: Any) -> set[str]:
    """The titles that the page shows."""
    return {row.agreement.title for row in response.context["matrix"].rows}


def numbers(response: Any) -> Iterator[tuple[str, str, int, str]]:
    """Requirement, outcome, number and query of every count."""
    for row in response.context["matrix"].counted:
        for outcome, number, query in row.numbers:
            yield row.asked.id, outcome, number, query


def test_cells_say_what_the_newest_assessment_found(cast: Cast, reader: Client) -> None:
    made = outside(cast, "Outside")
    response = reader.get(HERE, DRAFTS)
    entry = ConformanceEntry.objects.get(agreement=made)
    marks = {mark.asked.id: mark.outcome for mark in response.context["matrix"].rows[0].marks}
    assert marks == {name: entry.outcome_of(name) for name in marks}
    assert marks["ISS-05"] == "not_met"
    page = response.content.decode()
    assert "ISS-05 Due diligence was done before sharing" in page
    for words in ("Not met", "Unknown", "Not applicable"):
        assert f"<span>{words}</span>" in page
    assert "100 %" not in page


def test_every_number_opens_a_list_of_as_many(cast: Cast, reader: Client) -> None:
    outside(cast, "Outside")
    outside(cast, "Approved by Order", Kind.AISA)
    agreement_at(Status.DRAFT, cast, title="Inside")
    for standard in ("information-sharing", "commissioners-letter", "inquiry"):
        shown = list(numbers(reader.get(HERE, DRAFTS | {"standard": standard})))
        assert any(number for _, _, number, _ in shown)
        for name, outcome, number, query in shown:
            found = reader.get(f"{HERE}?{query}")
            assert len(titles(found)) == number, (name, outcome)


def test_only_what_is_in_use_is_counted_unless_somebody_asks_for_the_rest(cast: Cast, reader: Client) -> None:
    outside(cast, "Draft")
    assert "No agreement is in use yet" in reader.get(HERE).text
    for status in (Status.SIGNED, Status.SUSPENDED, Status.ENDED, Status.WITHDRAWN):
        agreement_at(status, cast, title=str(status.label))
    response = reader.get(HERE)
    assert titles(response) == {"Signed", "Suspended"}
    assert "Counted is what is in use: signed or suspended, past its end too" in response.text
    assert "2 agreements" in response.text
    sheet = b"".join(reader.get(f"{HERE}export.csv")).decode()
    assert not [title for title in ("Draft,", "Ended,", "Withdrawn,") if title in sheet]
    coming, over = (reader.get(f"{HERE}?{query}") for _, query in response.context["matrix"].rest)
    assert [titles(coming), titles(over)] == [{"Draft"}, {"Ended", "Withdrawn"}]
    assert "Counted is what is in use" not in over.text
    assert b"Ended" in b"".join(reader.get(f"{HERE}export.csv", {"status": "ended"}))


def test_an_accepted_exception_is_seen_on_its_mark_in_the_counts_and_in_the_sheet(cast: Cast, reader: Client) -> None:
    made = outside(cast, "Accepted")
    outside(cast, "Not accepted")
    delegated(cast, cast.approver, Power.ACCEPT_EXCEPTION)
    until = timezone.localdate() + timedelta(days=30)
    accept_exception(
        agreement=made, requirement="ISS-05", gate="sign", why="It is under way", ends_on=until, by=cast.approver,
        now=timezone.now(),
    )  # fmt: skip
    response = reader.get(HERE, DRAFTS)
    said = f"Not met, accepted until {nz_date(until)}"
    assert response.text.count(said) == 1
    [counted] = [row for row in response.context["matrix"].counted if row.asked.id == "ISS-05"]
    assert counted.numbers[0][:2] == ("not_met", 2)  # it stays not met
    assert counted.accepted == 1
    assert titles(reader.get(f"{HERE}?{counted.accepted_query}")) == {"Accepted"}
    assert said in b"".join(reader.get(f"{HERE}export.csv", DRAFTS)).decode()


def test_an_aisa_never_counts_for_the_standard(cast: Cast, reader: Client) -> None:
    """domain.md 8.5 rule 7."""
    outside(cast, "Approved by Order", Kind.AISA)
    response = reader.get(HERE, DRAFTS)
    assert sum(number for _, _, number, _ in numbers(response)) == 0
    assert {mark.outcome for mark in response.context["matrix"].rows[0].marks} == {"not_applicable"}
    assert titles(reader.get(HERE, DRAFTS | {"meets": "ISS-01"})) == set()
    part_7 = numbers(reader.get(HERE, DRAFTS | {"standard": "privacy-act-part-7"}))
    assert sum(number for _, _, number, _ in part_7) > 0


def test_which_lack_an_audit_clause_is_one_click_away(cast: Cast, reader: Client) -> None:
    lacking, knowing = (agreement_at(Status.SIGNED, cast, title=title) for title in ("Lacking", "Unknown one"))
    agreement_at(Status.DRAFT, cast, title="Only a draft")
    ConformanceEntry.objects.filter(agreement=lacking).update(not_met=["L1.2-audit"], unknown=[])
    ConformanceEntry.objects.filter(agreement=knowing).update(not_met=[], unknown=["L1.2-audit"])
    query = dict(reader.get(HERE).context["questions"])["Which arrangements in force lack an audit clause?"]
    response = reader.get(f"{HERE}?{query}")
    assert titles(response) == {"Lacking"}
    page = response.content.decode()
    assert "For 1 more nobody knows" in page
    assert titles(reader.get(f"{HERE}?{response.context['matrix'].unsure_query}")) == {"Unknown one"}


def test_every_question_is_an_address_that_is_understood(reader: Client) -> None:
    for words, query in reader.get(HERE).context["questions"]:
        assert reader.get(f"{HERE}?{query}").status_code == 200, words


@pytest.mark.parametrize(
    "asked",
    [
        {"standard": "../etc/passwd"}, {"standard": "information-sharing 2025-07-01"},
        {"lacks": "C14"}, {"critical": "maybe"}, {"cohort": "old"}, {"in_scope": "100%"}, {"sort": "lacks"},
        {"owner": "999999999999999999999"}, {"q": "x" * 300},
    ],
)  # fmt: skip
def test_what_the_list_does_not_know_is_refused_and_nothing_is_shown(
    cast: Cast, reader: Client, asked: dict[str, str]
) -> None:
    outside(cast, "Outside")
    response = reader.get(HERE, asked)
    assert response.status_code == 400
    assert "Nothing was looked for" in response.content.decode()
    assert titles(response) == set()
    assert reader.get(f"{HERE}export.csv", asked).status_code == 400


@pytest.mark.parametrize("number", ["0", "-1", "99999999999", "two", ""])
def test_a_page_that_is_none_is_the_nearest(cast: Cast, reader: Client, number: str) -> None:
    outside(cast, "Outside")
    assert titles(reader.get(HERE, DRAFTS | {"page": number})) == {"Outside"}


def test_another_agency_sees_none_of_it(cast: Cast, client: Client) -> None:
    outside(cast, "Outside")
    client.force_login(Cast("OTH", "Other Ministry").privacy_officer)
    for address in (HERE, f"{HERE}export.csv", f"{HERE}trend/"):
        response = client.get(address)
        body = b"".join(response) if response.streaming else response.content
        assert b"Outside" not in body
    response = client.get(HERE)
    assert "No agreement is in use yet" in response.content.decode()
    assert sum(number for _, _, number, _ in numbers(response)) == 0


@pytest.mark.parametrize("role", ["staff_member", "administrator"])
def test_who_reads_no_agreements_reads_no_matrix(cast: Cast, client: Client, role: str) -> None:
    client.force_login(getattr(cast, role))
    for address in (HERE, f"{HERE}trend/", f"{HERE}export.csv", f"{HERE}export.xlsx"):
        assert client.get(address).status_code == 403


def test_the_sheets_say_the_same_as_the_page(cast: Cast, reader: Client) -> None:
    made = outside(cast, "=HYPERLINK(1)")
    lines = b"".join(reader.get(f"{HERE}export.csv", DRAFTS)).decode().splitlines()
    assert "ISS-05 Due diligence was done before sharing" in lines[0]
    assert lines[1].startswith(f"{made.reference},'=HYPERLINK(1),Draft,")
    assert "Not met" in lines[1]
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(b"".join(reader.get(f"{HERE}export.xlsx", DRAFTS))))
    rows = list(book.worksheets[0].values)
    assert rows[1][0] == made.reference
    assert rows[1][list(rows[0]).index("ISS-05 Due diligence was done before sharing")] == "Not met"
    assert "%" not in "".join(lines)


def test_an_agreement_that_was_never_assessed_says_so_and_counts_nowhere(cast: Cast, reader: Client) -> None:
    many_agreements(1, cast.privacy_officer, NOW)
    response = reader.get(HERE)
    assert "Not assessed yet" in response.content.decode()
    assert sum(number for _, _, number, _ in numbers(response)) == 0


@pytest.mark.parametrize("many", [1, 50])
@pytest.mark.parametrize(
    "asked", [{}, {"lacks": "ISS-05", "standing": "in_force", "exception": "yes"}, {"q": "liason"}]
)
def test_queries_do_not_grow_with_rows(
    cast: Cast, reader: Client, many: int, asked: dict[str, str], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    made = many_agreements(many, cast.privacy_officer, NOW, bodies=5)
    reassess(agreements=[one.pk for one in made], on=TODAY, by=system_user("test"))
    reader.get(HERE)  # the session is touched once in five minutes
    with django_assert_max_num_queries(10):
        assert reader.get(HERE, asked).status_code == 200


def test_a_view_of_it_can_be_kept(cast: Cast, reader: Client) -> None:
    outside(cast, "Outside")
    kept = {"name": "No due diligence", "query": "lacks=ISS-05&standard=inquiry", "list_name": "conformance"}
    assert reader.post("/agreements/views/", kept, follow=True).status_code == 200
    assert f"{HERE}?lacks=ISS-05&amp;standard=inquiry" in reader.get(HERE).content.decode()
