"""Answers to what no check can answer: by whom, with evidence, and two people at once."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from agreements.choices import Status
from agreements.errors import NotNow
from agreements.models import Agreement
from assurance.actions.attestation import AnsweredMeanwhile, attest, attest_for_agency
from assurance.models import Attestation, ConformanceEntry
from assurance.outcome import Outcome
from people.permissions import NotPermitted
from people.roles import Role
from records.errors import Refused
from tests.agreements.actions.test_document import put_in
from tests.agreements_at import agreement_at, answer
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db
ASKED = "DPUP-purpose"


@pytest.fixture
def agreement(cast: Cast) -> Agreement:
    """One that goes outside the State services, so that a person answers for it."""
    made = agreement_at(Status.DRAFT, cast)
    return answer(made, "scope", cast.privacy_officer, personal_information="yes", outside_state_services="yes")


def said(agreement: Agreement, cast: Cast, **values: Any) -> dict[str, Any]:
    """Everything the form asks."""
    document = agreement.documents.first() or put_in(agreement, cast.privacy_officer)
    given = {"value": "met", "why": "Talked through on 3 May", "evidence": document, "evidence_page": "4"}
    return given | {"evidence_on": date(2025, 12, 1)} | values


def answered(agreement: Agreement, cast: Cast, seen: int = 0, **values: Any) -> Attestation:
    """Answer as the privacy officer."""
    return attest(
        agreement=agreement, requirement=ASKED, values=said(agreement, cast, **values), seen=seen,
        by=cast.privacy_officer, now=NOW,
    )  # fmt: skip


def outcome(agreement: Agreement) -> Outcome:
    """What the newest run says."""
    return ConformanceEntry.objects.get(agreement=agreement).outcome_of(ASKED)


def test_an_answer_counts_in_the_same_action_and_keeps_document_page_and_date(agreement: Agreement, cast: Cast) -> None:
    assert outcome(agreement) == Outcome.UNKNOWN
    made = answered(agreement, cast)
    assert outcome(agreement) == Outcome.MET
    assert (made.evidence_page, made.evidence_on) == ("4", date(2025, 12, 1))
    assert made.edition == "data-protection-and-use 1.2"
    answered(agreement, cast, seen=made.pk, value="not_met", why="The note is of another supplier")
    assert outcome(agreement) == Outcome.NOT_MET
    assert Attestation.objects.filter(agreement=agreement).count() == 2


def test_an_answer_is_never_changed(agreement: Agreement, cast: Cast) -> None:
    answered(agreement, cast)
    for statement in ("UPDATE assurance_attestation SET value = 'met'", "DELETE FROM assurance_attestation"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_second_of_two_is_told_who_answered_what(agreement: Agreement, cast: Cast, client: Client) -> None:
    client.force_login(cast.privacy_officer)
    address = reverse("attest", args=[agreement.reference, ASKED])
    assert 'name="seen" value="0"' in client.get(address).content.decode()
    first = attest(
        agreement=agreement, requirement=ASKED, values={"value": "not_met", "why": "No note was kept"}, seen=0,
        by=cast.user(Role.PRIVACY_OFFICER, "Mere Kahu"), now=NOW,
    )  # fmt: skip
    typed = {"value": "not_applicable", "why": "Nobody could have a conflict", "seen": "0"}
    text = client.post(address, typed).content.decode()
    assert "Mere Kahu answered this at" in text
    assert "No note was kept" in text
    assert "Nobody could have a conflict" in text
    assert f'name="seen" value="{first.pk}"' in text
    assert Attestation.objects.count() == 1
    again = client.post(address, typed | {"seen": str(first.pk)})
    assert again["Location"].endswith(f"#{ASKED}")
    assert list(Attestation.objects.order_by("pk").values_list("value", flat=True)) == ["not_met", "not_applicable"]


def test_met_needs_the_document_that_shows_it(agreement: Agreement, cast: Cast, client: Client) -> None:
    client.force_login(cast.privacy_officer)
    address = reverse("attest", args=[agreement.reference, ASKED])
    text = client.post(address, {"value": "met", "why": "We did", "seen": "0"}).content.decode()
    assert "Choose the document that shows it: without evidence it is not met" in text
    assert "We did" in text
    assert not Attestation.objects.exists()


@pytest.mark.parametrize(
    "typed",
    [
        {"value": "met", "why": " ", "seen": "0"},
        {"value": "certainly", "why": "x", "seen": "0"},
        {"value": "not_met", "why": "x" * 2001, "seen": "0"},
        {"value": "not_met", "why": "x", "seen": "9" * 40},
        {"value": "not_met", "why": "x", "seen": "-1"},
        {"value": "not_met", "why": "x", "evidence": "0' OR 1=1", "seen": "0"},
        {"value": "not_met", "why": "x", "evidence_on": "31 February 2025", "seen": "0"},
        {"value": "not_met", "why": "x", "evidence_page": "4", "seen": "0"},
    ],
)
def test_what_makes_no_sense_is_refused(
    agreement: Agreement, cast: Cast, client: Client, typed: dict[str, str]
) -> None:
    client.force_login(cast.privacy_officer)
    response = client.post(reverse("attest", args=[agreement.reference, ASKED]), typed)
    assert response.status_code == 200
    assert "Error: " in response.content.decode()
    assert not Attestation.objects.exists()


def test_a_document_of_another_agreement_shows_nothing(agreement: Agreement, cast: Cast) -> None:
    other = put_in(agreement_at(Status.DRAFT, cast, title="Other"), cast.privacy_officer)
    with pytest.raises(Exception, match="Choose a document of this agreement"):
        answered(agreement, cast, evidence=other)


def test_who_may_not_edit_may_not_answer_and_is_told_why(agreement: Agreement, cast: Cast, client: Client) -> None:
    reader = cast.adviser
    with pytest.raises(Refused):
        attest(
            agreement=agreement, requirement=ASKED, values={"value": "not_met", "why": "x"}, seen=0, by=reader, now=NOW
        )
    client.force_login(reader)
    address = reverse("attest", args=[agreement.reference, ASKED])
    text = client.get(address).content.decode()
    assert "Your roles do not let you do this" in text
    assert "Save the answer" not in text
    assert (
        "Your roles do not let you do this"
        in client.post(address, {"value": "not_met", "why": "x", "seen": "0"}).content.decode()
    )


@pytest.mark.parametrize("name", ["ISS-05", "L0", "NONE", "'; DROP TABLE"])
def test_what_a_check_or_the_agency_answers_is_not_answered_here(
    agreement: Agreement, cast: Cast, client: Client, name: str
) -> None:
    client.force_login(cast.privacy_officer)
    assert client.get(reverse("attest", args=[agreement.reference, name])).status_code == 404
    with pytest.raises(NotNow):
        attest(
            agreement=agreement, requirement=name, values={"value": "not_met", "why": "x"}, seen=0,
            by=cast.privacy_officer, now=NOW,
        )  # fmt: skip


def test_another_agency_finds_nothing(agreement: Agreement, client: Client) -> None:
    client.force_login(Cast("OTH", "Other Ministry").privacy_officer)
    assert client.get(reverse("attest", args=[agreement.reference, ASKED])).status_code == 404


def test_the_agency_as_a_whole_is_answered_for_by_few(cast: Cast, client: Client) -> None:
    with pytest.raises(NotPermitted):
        attest_for_agency(
            requirement="M9", values={"value": "met", "why": "x"}, seen=0, by=cast.contract_manager, now=NOW
        )
    client.force_login(cast.chief_executive)
    typed = {"value": "met", "why": "Privacy policy 3, page 2, of 1 May 2026", "seen": "0"}
    assert client.post(reverse("agency_attest", args=["M9"]), typed).status_code == 302
    text = client.get(reverse("agency_conformance")).content.decode()
    assert "Privacy policy 3, page 2, of 1 May 2026" in text
    assert "Nobody has answered this yet" in text
    client.force_login(Cast("OTH", "Other Ministry").chief_executive)
    assert "Privacy policy 3" not in client.get(reverse("agency_conformance")).content.decode()


def test_of_two_who_answer_for_the_agency_the_second_is_told(cast: Cast) -> None:
    values = {"value": "not_met", "why": "Two policies are overdue"}
    first = attest_for_agency(requirement="M9", values=values, seen=0, by=cast.chief_executive, now=NOW)
    with pytest.raises(AnsweredMeanwhile, match="answered this after you opened it: not met"):
        attest_for_agency(requirement="M9", values=values, seen=0, by=cast.privacy_officer, now=NOW)
    attest_for_agency(requirement="M9", values=values, seen=first.pk, by=cast.privacy_officer, now=NOW)
    assert Attestation.objects.filter(agency=cast.agency).count() == 2
