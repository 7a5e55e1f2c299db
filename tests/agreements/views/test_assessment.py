"""Assessments on the page: begun, changed, accepted; what is missing; nothing for other agencies."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from agreements.assessment_kinds import BY_NAME
from agreements.choices import Status
from agreements.models import Agreement, Assessment
from agreements.pdf.sheet import sheet
from tests.agreements.actions.test_document import put_in
from tests.agreements.views.test_issued import body_of, signed_in
from tests.agreements_at import agreement_at, answer
from tests.assessed import drafted, final
from tests.cast import NOW, TODAY, Cast
from tests.files import PDF

pytestmark = pytest.mark.django_db
LIST, ADD = "agreements:assessments", "agreements:assessment_add"


@pytest.fixture
def agreement(cast: Cast) -> Agreement:
    return agreement_at(Status.DRAFT, cast)


def said(kind: str, **more: str) -> dict[str, str]:
    """What the form of a kind sends."""
    asked = BY_NAME[kind].questions
    answers = {f"q_{one.name}": "yes" if one.asks == "yes_no" else "Looked at" for one in asked}
    rated = {"inherent": "high", "residual": "medium", "lba_required": "yes", "lba_why": "Copies leave us"}
    return answers | rated | {"conclusion": "<b>Go ahead</b>", "done_on": "1 December 2025"} | more


def do(client: Client, name: str, assessment: Assessment, **said: str) -> str:
    """Send a form about an assessment and show the page that follows."""
    return client.post(reverse(f"agreements:{name}", args=[assessment.pk]), said, follow=True).text


def test_a_risk_is_written_by_one_and_accepted_by_another(agreement: Agreement, cast: Cast) -> None:
    officer, head = signed_in(cast.privacy_officer), signed_in(cast.chief_executive)
    document = put_in(agreement, cast.privacy_officer)
    sent = said("risk", evidence=str(document.pk), evidence_page="4", evidence_on="1/12/2025", triggers="breach")
    officer.post(reverse(ADD, args=[agreement.reference, "risk"]), sent)
    made = Assessment.objects.get()
    page = officer.get(made.get_absolute_url()).text
    assert "&lt;b&gt;Go ahead&lt;/b&gt;" in page
    assert "A privacy breach" in page
    assert re.search(r"The deed</bdi></a>, page 4, 1.December 2025", page)
    assert "needs a delegation to accept risk" in page
    assert "accepted" in do(head, "assessment_final", made, reason="Until the renewal")
    made.refresh_from_db()
    assert (made.approver, made.final_why) == (cast.chief_executive, "Until the renewal")
    assert "It is final: it never changes" in officer.get(reverse("agreements:assessment_change", args=[made.pk])).text
    timeline = officer.get(agreement.get_absolute_url()).text
    assert "Risk assessment accepted" in timeline
    assert "Until the renewal" in timeline


@pytest.mark.parametrize("kind", BY_NAME)
def test_each_kind_has_its_page(agreement: Agreement, cast: Cast, kind: str) -> None:
    officer, address = signed_in(cast.privacy_officer), reverse(ADD, args=[agreement.reference, kind])
    page = officer.get(address).text
    for question in BY_NAME[kind].questions:
        assert question.label in page.replace("&#x27;", "'")
    assert ("Risk that remains" in page) == BY_NAME[kind].rated
    officer.post(address, said(kind))
    assert Assessment.objects.get().kind == kind


def test_a_draft_is_changed_and_nobody_is_overwritten(agreement: Agreement, cast: Cast) -> None:
    officer, draft = signed_in(cast.privacy_officer), drafted(agreement, "pia", cast.privacy_officer)
    address = reverse("agreements:assessment_change", args=[draft.pk])
    seen = re.search(r'name="seen" value="([^"]+)"', officer.get(address).text)
    assert seen
    officer.post(address, said("pia", conclusion="First", seen=seen[1]))
    page = officer.post(address, said("pia", conclusion="Second", seen=seen[1])).text
    assert "after you opened it" in page
    assert "Second" in page
    draft.refresh_from_db()
    assert draft.conclusion == "First"


def test_bad_input_loses_nothing(agreement: Agreement, cast: Cast) -> None:
    officer, address = signed_in(cast.privacy_officer), reverse(ADD, args=[agreement.reference, "risk"])
    for wrong in ({"done_on": "yesterday"}, {"residual": "huge"}, {"triggers": "aliens"}, {"evidence": "999"}):
        page = officer.post(address, said("risk", **wrong, q_controls="Ngā kaitiaki")).text
        assert "Ngā kaitiaki" in page
    assert "A page or a date needs the document" in officer.post(address, said("risk", evidence_page="4")).text
    assert officer.get(reverse(ADD, args=[agreement.reference, "wizardry"])).status_code == 404
    assert not Assessment.objects.exists()


def test_the_same_form_sent_twice_begins_one(agreement: Agreement, cast: Cast) -> None:
    officer, address = signed_in(cast.privacy_officer), reverse(ADD, args=[agreement.reference, "pia"])
    number = re.search(r'name="once" value="([^"]+)"', officer.get(address).text)
    assert number
    for _ in range(2):
        officer.post(address, said("pia", once=number[1]))
    assert Assessment.objects.count() == 1


def test_a_draft_is_discarded_after_a_question(agreement: Agreement, cast: Cast) -> None:
    officer, draft = signed_in(cast.privacy_officer), drafted(agreement, "pia", cast.privacy_officer)
    assert "Discard this draft?" in officer.get(reverse("agreements:assessment_discard", args=[draft.pk])).text
    assert "The history keeps it" in do(officer, "assessment_discard", draft)
    made = final(agreement, "pia", cast.privacy_officer, cast.privacy_officer)
    assert "It is final: it never changes" in do(officer, "assessment_discard", made)
    assert Assessment.objects.get() == made


def test_a_newer_one_supersedes(agreement: Agreement, cast: Cast) -> None:
    by, head = cast.privacy_officer, cast.chief_executive
    older = final(agreement, "risk", by, head, residual="high")
    newer = final(agreement, "risk", by, head, done_on=date(2026, 6, 1))
    listed = signed_in(by).get(reverse(LIST, args=[agreement.reference])).text
    assert listed.count("Superseded") == 1
    assert newer.get_absolute_url() in signed_in(by).get(older.get_absolute_url()).text
    row = signed_in(by).get("/agreements/").text
    assert "Residual risk: Medium" in row


def test_evidence_that_somebody_may_not_read_stays_and_is_not_named(agreement: Agreement, cast: Cast) -> None:
    answer(agreement, "ownership", cast.privacy_officer, manager=cast.contract_manager.person)
    secret = put_in(agreement, cast.privacy_officer, title="Crown Law says", readers="privileged")
    draft = drafted(agreement, "pia", cast.privacy_officer, evidence=secret, evidence_page="9")
    manager = signed_in(cast.contract_manager)
    page = manager.get(draft.get_absolute_url()).text
    assert "A document that you may not read, page 9" in " ".join(page.split())
    assert "Crown Law says" not in page
    address = reverse("agreements:assessment_change", args=[draft.pk])
    form = manager.get(address).text
    assert "Crown Law says" not in form
    seen = re.search(r'name="seen" value="([^"]+)"', form)
    assert seen
    manager.post(address, said("pia", conclusion="Mine", seen=seen[1]))
    draft.refresh_from_db()
    assert (draft.conclusion, draft.evidence, draft.evidence_page) == ("Mine", secret, "9")


def test_the_history_tells_of_it_but_names_no_privileged_document(agreement: Agreement, cast: Cast) -> None:
    secret = put_in(agreement, cast.privacy_officer, title="Crown Law says", readers="privileged")
    draft = drafted(agreement, "pia", cast.privacy_officer, evidence=secret, conclusion="Wait for the hui")
    do(signed_in(cast.privacy_officer), "assessment_discard", draft)
    told = signed_in(cast.contract_manager).get(f"{agreement.get_absolute_url()}history/").text
    assert "Wait for the hui" in told
    assert "Crown Law says" not in told


def test_a_party_sees_none_of_it(cast: Cast) -> None:
    partner = Cast("THR", "Te Hāpai Rangatahi")
    signed = agreement_at(Status.SIGNED, cast, parties=(body_of(partner).name,))
    made = final(signed, "pia", cast.privacy_officer, cast.privacy_officer)
    reader = signed_in(partner.privacy_officer)
    face = reader.get(signed.get_absolute_url()).text
    assert "Privacy impact assessment" not in face
    for address in (made.get_absolute_url(), reverse(LIST, args=[signed.reference])):
        assert reader.get(address).status_code == 404
    parts = [block.title for block in sheet(signed, TODAY, copy_for=partner.agency).blocks]
    assert "Assessments" not in parts


def test_the_pdf_says_kind_day_status_and_what_remains(agreement: Agreement, cast: Cast) -> None:
    final(agreement, "risk", cast.privacy_officer, cast.chief_executive)
    drafted(agreement, "pia", cast.privacy_officer)
    [part] = [block for block in sheet(agreement, TODAY).blocks if block.title == "Assessments"]
    assert [(term, value.replace("\N{NO-BREAK SPACE}", " ")) for term, value in part.facts] == [
        ("Risk assessment", "Final, 1 December 2025, remaining risk medium, accepted by Chief executive of MCW"),
        ("Privacy impact assessment", "Draft, 1 December 2025, remaining risk medium"),
    ]


@pytest.mark.parametrize("assessments", [1, 50])
def test_few_queries(
    agreement: Agreement, cast: Cast, assessments: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(assessments):
        document = put_in(agreement, cast.privacy_officer, PDF + bytes([48 + number]))
        final(agreement, "pia", cast.privacy_officer, cast.privacy_officer, evidence=document)
    reader = signed_in(cast.auditor)
    reader.get(reverse(LIST, args=[agreement.reference]))
    with django_assert_max_num_queries(12):
        reader.get(reverse(LIST, args=[agreement.reference]))
    with django_assert_max_num_queries(16):
        reader.get(agreement.get_absolute_url())


def test_who_may_not(agreement: Agreement, cast: Cast) -> None:
    draft = drafted(agreement, "pia", cast.privacy_officer)
    auditor = signed_in(cast.auditor)
    assert "Make it final" in auditor.get(draft.get_absolute_url()).text
    for name in ("assessment_change", "assessment_final", "assessment_discard"):
        assert "Your roles do not let you" in do(auditor, name, draft, **said("pia"))
    assert "Your roles do not" in auditor.get(reverse(ADD, args=[agreement.reference, "risk"])).text
    assert signed_in(cast.staff_member).get(draft.get_absolute_url()).status_code == 403
    draft.refresh_from_db()
    assert (draft.is_final, draft.created_at) == (False, NOW)
