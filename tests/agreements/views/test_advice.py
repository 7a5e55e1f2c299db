"""Advice: by whom, when, what in short; privileged advice for the few, and never for another agency."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from agreements.choices import Status
from agreements.models import Advice, Agreement
from agreements.pdf.sheet import sheet
from tests.agreements.views.test_issued import body_of, signed_in
from tests.agreements_at import agreement_at, answer
from tests.cast import TODAY, Cast

pytestmark = pytest.mark.django_db
ADD, CHANGE, LIST = "agreements:advice_add", "agreements:advice_change", "agreements:assessments"
SAID = {
    "kind": "legal",
    "given_by": "W Paki, Legal",
    "given_on": "1 May 2026",
    "summary": "Section 11 <b>allows</b> it",
}


@pytest.fixture
def agreement(cast: Cast) -> Agreement:
    return agreement_at(Status.DRAFT, cast)


def recorded(client: Client, agreement: Agreement, **said: str) -> Advice:
    """Advice recorded through the page."""
    client.post(reverse(ADD, args=[agreement.reference]), SAID | said)
    return Advice.objects.latest("pk")


def test_advice_is_recorded_and_corrected(agreement: Agreement, cast: Cast) -> None:
    officer = signed_in(cast.privacy_officer)
    made = recorded(officer, agreement)
    listed = officer.get(reverse(LIST, args=[agreement.reference])).text
    assert "Section 11 &lt;b&gt;allows&lt;/b&gt; it" in listed
    assert "Legal advice recorded" in officer.get(agreement.get_absolute_url()).text
    address = reverse(CHANGE, args=[made.pk])
    seen = re.search(r'name="seen" value="([^"]+)"', officer.get(address).text)
    assert seen
    officer.post(address, SAID | {"summary": "First", "seen": seen[1]})
    assert "after you opened it" in officer.post(address, SAID | {"summary": "Second", "seen": seen[1]}).text
    made.refresh_from_db()
    assert made.summary == "First"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"given_on": "1 May 2126"}, "This day lies in the future"),
        ({"given_by": " "}, "Answer “Who gave it?”"),
        ({"kind": "astrology"}, "Select a valid choice"),
        ({"evidence_page": "3"}, "A page or a date needs the document"),
    ],
)
def test_bad_input_loses_nothing(agreement: Agreement, cast: Cast, wrong: dict[str, str], sentence: str) -> None:
    page = signed_in(cast.privacy_officer).post(reverse(ADD, args=[agreement.reference]), SAID | wrong).text
    assert sentence in page
    assert "&lt;b&gt;allows&lt;/b&gt;" in page
    assert not Advice.objects.exists()


def test_privileged_advice_is_for_the_few(agreement: Agreement, cast: Cast) -> None:
    answer(agreement, "ownership", cast.privacy_officer, manager=cast.contract_manager.person)
    made = recorded(signed_in(cast.privacy_officer), agreement, privileged="on", summary="Crown Law says no")
    for user in (cast.privacy_officer, cast.chief_executive, cast.auditor):
        assert "Crown Law says no" in signed_in(user).get(reverse(LIST, args=[agreement.reference])).text
    manager = signed_in(cast.contract_manager)
    listed = manager.get(reverse(LIST, args=[agreement.reference])).text
    assert "Crown Law says no" not in listed
    assert "1 piece of privileged advice more" in listed
    assert manager.get(reverse(CHANGE, args=[made.pk])).status_code == 404
    page = manager.get(agreement.get_absolute_url()).text
    assert "Privileged advice recorded" in page
    assert "W Paki" not in page


def test_no_advice_reaches_a_party_or_a_pdf(cast: Cast) -> None:
    partner = Cast("THR", "Te Hāpai Rangatahi")
    signed = agreement_at(Status.SIGNED, cast, parties=(body_of(partner).name,))
    made = recorded(signed_in(cast.privacy_officer), signed, summary="Plain advice")
    reader = signed_in(partner.privacy_officer)
    assert "Plain advice" not in reader.get(signed.get_absolute_url()).text
    assert reader.get(reverse(CHANGE, args=[made.pk])).status_code == 404
    assert "Plain advice" not in str(sheet(signed, TODAY))


def test_who_may_not(agreement: Agreement, cast: Cast) -> None:
    for user in (cast.auditor, cast.contract_manager):
        recorded_by = signed_in(user).post(reverse(ADD, args=[agreement.reference]), SAID).text
        assert "this agreement" in recorded_by or "Your roles do not" in recorded_by
    assert signed_in(cast.staff_member).post(reverse(ADD, args=[agreement.reference]), SAID).status_code == 403
    assert not Advice.objects.exists()
