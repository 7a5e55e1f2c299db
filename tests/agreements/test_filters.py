"""Filters by what stands beside an agreement: assessments, contracts, closing out; in list, saved view and export."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from agreements.actions.contract import link_agreement
from agreements.actions.status import perform
from agreements.choices import AtEnd, ContractStage, Status
from agreements.filters import agreement_list
from agreements.models import Agreement, SavedView
from tests.agreements.views.test_export import sheet
from tests.agreements_at import agreement_at, contract_of
from tests.assessed import drafted, final
from tests.benchmarks.many import many_agreements
from tests.cast import NOW, TODAY, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(cast: Cast, client: Client) -> Client:
    client.force_login(cast.privacy_officer)
    return client


def found(client: Client, **asked: Any) -> set[str]:
    """The titles that the list shows; the export holds the same."""
    response = client.get("/agreements/", asked)
    assert response.status_code == 200, response.context["address"].problems
    listed = {row.agreement.title for row in response.context["rows"]}
    assert {row["Title"] for row in sheet(client.get("/agreements/export.csv", asked))} == listed
    return listed


def assess(cast: Cast, title: str, *residuals: str, draft: bool = False, **said: Any) -> Agreement:
    """A draft with final risk assessments in this order, and perhaps one more that is a draft."""
    agreement = agreement_at(Status.DRAFT, cast, title=title)
    for at, residual in enumerate(residuals):
        values = {"residual": residual, "done_on": date(2025, 1 + at, 1), **said}
        final(agreement, "risk", cast.privacy_officer, cast.chief_executive, **values)
    if draft:
        drafted(agreement, "risk", cast.privacy_officer)
    return agreement


def test_by_where_the_risk_assessment_stands(cast: Cast, reader: Client) -> None:
    assess(cast, "Nothing")
    assess(cast, "Begun", draft=True)
    assess(cast, "Accepted", "low")
    assess(cast, "Accepted, again", "low", draft=True)
    drafted(agreement_at(Status.DRAFT, cast, title="Only privacy"), "pia", cast.privacy_officer)
    assert found(reader, risk="missing") == {"Nothing", "Only privacy"}
    assert found(reader, risk="draft") == {"Begun"}
    assert found(reader, risk="final") == {"Accepted", "Accepted, again"}
    assert found(reader, risk=["draft", "final"]) == {"Begun", "Accepted", "Accepted, again"}


def test_by_what_remains_of_the_risk_in_the_newest_alone(cast: Cast, reader: Client) -> None:
    assess(cast, "Fell", "high", "low")
    assess(cast, "Rose", "low", "high")
    assess(cast, "Drafted", draft=True)
    assert found(reader, residual="high") == {"Rose"}
    assert found(reader, residual="low") == {"Fell"}
    assert found(reader, residual="critical") == set()


def test_by_the_day_of_the_next_risk_assessment(cast: Cast, reader: Client) -> None:
    assess(cast, "Soon", "low", again_on=date(2026, 8, 1))
    assess(cast, "Later", "low", again_on=date(2027, 8, 1))
    assess(cast, "Never said", "low", again_on=None)
    assert found(reader, again_before="1 January 2027") == {"Soon"}
    response = reader.get("/agreements/", {"again_before": "soon"})
    assert response.status_code == 400
    assert "Risk to be assessed again before" in response.content.decode()


def test_by_the_stage_of_a_contract(cast: Cast, reader: Client) -> None:
    served = agreement_at(Status.DRAFT, cast, title="Served")
    agreement_at(Status.DRAFT, cast, title="Alone")
    contract = contract_of(cast, stage=ContractStage.IN_SERVICE)
    link_agreement(contract=contract, agreement=served, by=cast.privacy_officer, now=NOW)
    assert found(reader, contract="in_service") == {"Served"}
    assert found(reader, contract="none") == {"Alone"}
    assert found(reader, contract="planned") == set()


def close(agreement: Agreement, cast: Cast, disposal: AtEnd) -> Agreement:
    note = "" if disposal == AtEnd.UNKNOWN else "Certificate 7"
    return perform(
        agreement=agreement, step="close_out", by=cast.privacy_officer, now=NOW, reason="They closed down",
        disposal=disposal, disposal_note=note,
    )  # fmt: skip


def test_by_a_gap_at_closing_out_unless_it_was_closed_again_without(cast: Cast, reader: Client) -> None:
    agreement_at(Status.CLOSED_OUT, cast, title="Certified")
    close(agreement_at(Status.ENDED, cast, title="Gap"), cast, AtEnd.UNKNOWN)
    later = close(agreement_at(Status.ENDED, cast, title="Found later"), cast, AtEnd.UNKNOWN)
    assert found(reader, closing="gap") == {"Gap", "Found later"}
    again = perform(
        agreement=later, step="reopen_close_out", by=cast.privacy_officer, now=NOW, reason="The certificate came"
    )
    assert found(reader, closing="gap") == {"Gap"}
    close(again, cast, AtEnd.DESTROY)
    assert found(reader, closing="gap") == {"Gap"}
    assert found(reader, closing="settled") == {"Certified", "Found later"}


def test_a_saved_view_keeps_them_and_chips_say_them(cast: Cast, reader: Client) -> None:
    assess(cast, "Begun", draft=True)
    reader.post("/agreements/views/", {"name": "To accept", "query": "risk=draft", "list_name": "agreements"})
    view = SavedView.objects.get()
    page = reader.get(f"/agreements/?{view.query}").content.decode()
    assert "Begun" in page
    assert "Risk assessment: draft, none final" in page


def test_no_two_filters_share_a_name(cast: Cast) -> None:
    names = [one.name for one in agreement_list(cast.privacy_officer, TODAY).filters]
    assert sorted(names) == sorted(set(names))


def test_an_answer_that_is_none_is_refused(reader: Client) -> None:
    response = reader.get("/agreements/", {"risk": "huge"})
    assert "Risk assessment: “huge” is not one of its answers" in response.content.decode()


@pytest.mark.parametrize("rows", [1, 50])
def test_they_cost_no_query_of_their_own(
    cast: Cast, reader: Client, rows: int, django_assert_max_num_queries: Any
) -> None:
    many_agreements(rows, cast.privacy_officer, NOW, bodies=5)
    reader.get("/agreements/")
    asked = {"risk": ["missing", "draft"], "contract": "none", "again_before": "1 January 2030", "closing": "gap"}
    with django_assert_max_num_queries(8):
        assert reader.get("/agreements/", asked).status_code == 200
