"""Issuing, listing and downloading copies: for the agency, for a party's signed face, for nobody else."""

import io

import pypdf
import pytest
from django.test import Client
from django.urls import reverse

from agreements.actions.organisation import add_organisation
from agreements.actions.row import add_row
from agreements.choices import PartyRole, Status
from agreements.models import Agreement, Organisation
from agreements.rows import KINDS
from people.actions.system import system_user
from people.models import User
from records.acting import acting
from records.models import IssuedFile
from tests.agreements_at import agreement_at, answer
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def body_of(cast: Cast) -> Organisation:
    """The organisation that stands for the cast's agency."""
    body = add_organisation(name=cast.agency.name, values={"agency": cast.agency}, by=system_user("test"))
    with acting(by=system_user("test")):
        body.save()
    return body


def text_of(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages).split())


def test_issuing_downloads_the_summary_and_keeps_it(cast: Cast) -> None:
    agreement = agreement_at(Status.SIGNED, cast)
    client = signed_in(cast.auditor)
    answered = client.post(reverse("agreements:issue_pdf", args=[agreement.reference]))
    assert answered.status_code == 200
    assert answered["Content-Type"] == "application/pdf"
    assert answered["Content-Disposition"] == f'attachment; filename="{agreement.reference}-summary.pdf"'
    kept = IssuedFile.objects.get(subject=agreement.reference)
    again = client.get(reverse("agreements:issued_copy", args=[agreement.reference, kept.pk]))
    assert again.content == answered.content
    page = client.get(reverse("agreements:issued", args=[agreement.reference]))
    assert kept.file.sha256[:16] in page.content.decode()


def test_a_list_without_copies_says_what_to_do(cast: Cast) -> None:
    agreement = agreement_at(Status.DRAFT, cast)
    page = signed_in(cast.auditor).get(reverse("agreements:issued", args=[agreement.reference]))
    assert "Nothing was issued yet" in page.content.decode()


@pytest.mark.parametrize("name", ["issue_pdf", "issued"])
def test_another_agency_finds_nothing(cast: Cast, name: str) -> None:
    agreement = agreement_at(Status.SIGNED, cast)
    outsider = signed_in(Cast("OTH", "Other Ministry").privacy_officer)
    address = reverse(f"agreements:{name}", args=[agreement.reference])
    answered = outsider.post(address) if name == "issue_pdf" else outsider.get(address)
    assert answered.status_code == 404
    assert not IssuedFile.objects.exists()


def test_a_role_that_reads_no_agreements_is_refused(cast: Cast) -> None:
    agreement = agreement_at(Status.SIGNED, cast)
    answered = signed_in(cast.staff_member).post(reverse("agreements:issue_pdf", args=[agreement.reference]))
    assert answered.status_code == 403


def test_methods(cast: Cast) -> None:
    agreement = agreement_at(Status.SIGNED, cast)
    client = signed_in(cast.auditor)
    assert client.get(reverse("agreements:issue_pdf", args=[agreement.reference])).status_code == 405
    assert client.post(reverse("agreements:issued", args=[agreement.reference])).status_code == 405


def test_a_party_agency_gets_the_signed_face_of_its_own(cast: Cast) -> None:
    party = Cast("THR", "Te Ratonga Hapori")
    body = body_of(party)
    agreement = agreement_at(Status.DRAFT, cast, title="Shared case notes")
    add_row(
        agreement=agreement,
        kind=KINDS["party"],
        values={"organisation": body, "role": PartyRole.RECEIVES},
        by=cast.privacy_officer,
    )
    answer(agreement, "maori_data", cast.privacy_officer, maori_data="yes", maori_outcome="Inner reasoning")
    client = signed_in(party.privacy_officer)
    address = reverse("agreements:issue_pdf", args=[agreement.reference])
    assert client.post(address).status_code == 404, "a draft is nobody else's"
    _sign(agreement, cast)
    text = text_of(client.post(address).content)
    assert "Signed face, copy for Te Ratonga Hapori" in text
    assert "Inner reasoning" not in text
    assert "Status history" not in text
    _owner_also_issues(agreement, cast)
    listed = client.get(reverse("agreements:issued", args=[agreement.reference])).content.decode()
    assert "Signed face for THR" in listed
    assert "Agreement summary" not in listed


def _sign(agreement: Agreement, cast: Cast) -> None:
    from agreements.actions.status import perform
    from tests.agreements_at import make_signable
    from tests.cast import NOW

    make_signable(agreement, cast.privacy_officer)
    for step, who in (("submit", cast.privacy_officer), ("approve", cast.approver), ("sign", cast.privacy_officer)):
        perform(agreement=agreement, step=step, by=who, now=NOW)


def _owner_also_issues(agreement: Agreement, cast: Cast) -> None:
    text = text_of(signed_in(cast.auditor).post(reverse("agreements:issue_pdf", args=[agreement.reference])).content)
    assert "Inner reasoning" in text
