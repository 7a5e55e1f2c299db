"""Every change of a contract, a document, an assessment and a piece of advice; privileged ones for the few."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from agreements.actions.advice import add_advice, advice_values, change_advice
from agreements.actions.assessment import assessment_values, change_assessment
from agreements.actions.contract import change_contract, contract_values, link_agreement
from agreements.actions.contract_stage import take_stage_step
from agreements.actions.document import add_version, change_document, document_values
from agreements.actions.oversight import log_oversight
from agreements.choices import Status
from agreements.digest import digest
from agreements.models import Advice, Agreement, Assessment, Contract, Document
from people.models import User
from tests.agreements.actions.test_document import put_in
from tests.agreements.views.test_issued import body_of, signed_in
from tests.agreements_at import agreement_at, contract_of
from tests.assessed import drafted, final
from tests.cast import NOW, TODAY, Cast
from tests.files import PDF, PNG

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement(cast: Cast) -> Agreement:
    return agreement_at(Status.DRAFT, cast)


def shown(name: str, record: Any, user: User, status: int = 200) -> str:
    response = signed_in(user).get(reverse(f"agreements:{name}_history", args=[record.pk]))
    assert response.status_code == status
    return response.text


def advised(agreement: Agreement, by: User, **said: Any) -> Advice:
    values = {"kind": "legal", "given_by": "W Paki", "given_on": date(2026, 5, 1), "summary": "It may <b>go</b> ahead"}
    return add_advice(agreement=agreement, values=values | said, by=by, now=NOW, on=TODAY)


def corrected(advice: Advice, by: User, **said: Any) -> Advice:
    now = advice_values(advice)
    return change_advice(advice=advice, values=now | said, seen=digest(now), by=by, on=TODAY, reason="It was misread")


def test_a_contract_shows_its_changes_stages_and_log(cast: Cast) -> None:
    by, contract = cast.privacy_officer, contract_of(cast)
    now = contract_values(contract)
    change_contract(contract=contract, values=now | {"title": "Whānau services"}, seen=digest(now), by=by)
    link_agreement(contract=contract, agreement=agreement_at(Status.DRAFT, cast), by=by, now=NOW)
    take_stage_step(contract=contract, step="end", by=by, now=NOW, reason="The funding stopped")
    said = {"kind": "meeting", "on": TODAY, "note": "Met the manager"}
    log_oversight(about=contract, values=said, by=by, now=NOW)
    page = shown("contract", contract, cast.auditor)
    assert "<del>Navigation services</del>" in page
    assert "<ins>Whānau services</ins>" in page
    assert page.count("The funding stopped") == 1
    assert "Agreement added: MCW-2026-0001 School attendance liaison" in page
    assert "Met the manager" in page
    assert "<h3>Privacy officer of MCW</h3>" in page
    address = reverse("agreements:contract_history", args=[contract.pk])
    assert address in signed_in(by).get(contract.get_absolute_url()).text


def test_an_assessment_shows_how_the_draft_became_final(agreement: Agreement, cast: Cast) -> None:
    draft = drafted(agreement, "scoping", cast.privacy_officer, conclusion="Perhaps")
    now = assessment_values(Assessment.objects.get(pk=draft.pk))
    change_assessment(
        assessment=draft, values=now | {"conclusion": "It goes on"}, seen=digest(now), by=cast.privacy_officer
    )
    page = shown("assessment", draft, cast.auditor)
    assert "<del>Perhaps</del>" in page
    assert "<ins>It goes on</ins>" in page
    address = reverse("agreements:assessment_history", args=[draft.pk])
    assert address in signed_in(cast.auditor).get(draft.get_absolute_url()).text


def test_a_document_shows_its_versions(agreement: Agreement, cast: Cast) -> None:
    document = put_in(agreement, cast.privacy_officer, title="The deed")
    add_version(document=document, name="b.pdf", content=PDF + b"\n", note="Page 7", by=cast.privacy_officer, now=NOW)
    page = shown("document", document, cast.auditor)
    assert "Page 7" in page
    assert "b.pdf" in page
    address = reverse("agreements:document_history", args=[document.pk])
    assert address in signed_in(cast.auditor).get(document.get_absolute_url()).text


def test_advice_shows_its_corrections_with_their_reason(agreement: Agreement, cast: Cast) -> None:
    advice = advised(agreement, cast.privacy_officer)
    corrected(advice, cast.privacy_officer, summary="It may go ahead if audited")
    page = shown("advice", advice, cast.adviser)
    assert "<del>It may &lt;b&gt;go&lt;/b&gt; ahead</del>" in page
    assert "<q>It was misread</q>" in page
    listed = signed_in(cast.adviser).get(reverse("agreements:assessments", args=[agreement.reference])).text
    assert reverse("agreements:advice_history", args=[advice.pk]) in listed


def test_what_is_or_was_privileged_stays_with_the_few(agreement: Agreement, cast: Cast) -> None:
    by = cast.privacy_officer
    advice = advised(agreement, by, privileged=True, summary="Counsel doubts it")
    document = put_in(agreement, by, title="Counsel's doubts", readers="privileged")
    for name, record in (("advice", advice), ("document", document)):
        shown(name, record, cast.adviser, status=404)
        assert "doubt" in shown(name, record, by)
    corrected(advice, by, privileged=False, summary="It may go ahead")
    now = document_values(document)
    change_document(document=document, values=now | {"title": "Note", "readers": "ours"}, seen=digest(now), by=by)
    assert Document.objects.visible_to(cast.adviser).filter(pk=document.pk).exists()
    for name, record in (("advice", advice), ("document", document)):
        shown(name, record, cast.adviser, status=404)
        assert "doubt" in shown(name, record, cast.auditor)


def test_a_privileged_title_is_not_told_by_what_points_to_it(agreement: Agreement, cast: Cast) -> None:
    by = cast.privacy_officer
    document = put_in(agreement, by, title="Counsel's doubts", readers="privileged")
    advice = advised(agreement, by, evidence=document, evidence_page="3")
    assessment = drafted(agreement, "scoping", by, evidence=document, evidence_page="4")
    for name, record in (("advice", advice), ("assessment", assessment)):
        assert "doubts" not in shown(name, record, cast.adviser)


def test_nobody_else_finds_any_of_it(cast: Cast) -> None:
    partner = Cast("THR", "Te Hāpai Rangatahi")
    agreement = agreement_at(Status.SIGNED, cast, parties=(body_of(partner).name,))
    by = cast.privacy_officer
    document = put_in(agreement, by, title="The deed", readers="shared")
    assert Document.objects.visible_to(partner.privacy_officer).filter(pk=document.pk).exists()
    records = {
        "document": document,
        "advice": advised(agreement, by),
        "contract": contract_of(cast),
        "assessment": final(agreement, "scoping", by, cast.chief_executive),
    }
    for name, record in records.items():
        shown(name, record, partner.privacy_officer, status=404)


@pytest.mark.parametrize("number", [1, 50])
def test_few_queries(cast: Cast, number: int, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    by, contract = cast.privacy_officer, contract_of(cast)
    agreement = agreement_at(Status.DRAFT, cast)
    advice, assessment = advised(agreement, by), drafted(agreement, "scoping", by)
    document = put_in(agreement, by, title="The deed")
    for at in range(number):
        said = {"kind": "meeting", "on": TODAY, "note": f"Met {at}"}
        log_oversight(about=contract, values=said, by=by, now=NOW)
        advice = corrected(advice, by, summary=f"It may go ahead {at}")
        add_version(document=document, name="b.png", content=PNG + bytes([at]), note="", by=by, now=NOW)
        now = assessment_values(Assessment.objects.get(pk=assessment.pk))
        assessment = change_assessment(
            assessment=assessment, values=now | {"conclusion": f"{at}"}, seen=digest(now), by=by
        )
    records = {"contract": contract, "advice": advice, "document": document, "assessment": assessment}
    for name, record in records.items():
        browser = signed_in(by)
        address = reverse(f"agreements:{name}_history", args=[record.pk])
        browser.get(address)
        with django_assert_max_num_queries(15):
            page = browser.get(address)
        assert len(page.context["timeline"].changes) == min(number + 1, 20)


def test_the_pages_know_their_records() -> None:
    from agreements.history import ADVICE, ASSESSMENT, CONTRACT, DOCUMENT

    assert [family.model for family in (ADVICE, ASSESSMENT, CONTRACT, DOCUMENT)] == [
        Advice,
        Assessment,
        Contract,
        Document,
    ]
