"""Documents on the page: list, upload, download, and nothing for those who may not read them."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from agreements.choices import Status
from agreements.models import Agreement, Document
from people.models import User
from tests.agreements.actions.test_document import put_in
from tests.agreements.views.test_issued import body_of, signed_in
from tests.agreements_at import agreement_at, answer, contract_of
from tests.cast import Cast
from tests.files import PDF, PNG

pytestmark = pytest.mark.django_db
LIST, ADD, FILE = "agreements:documents", "agreements:document_add", "agreements:document_file"


@pytest.fixture
def agreement(cast: Cast) -> Agreement:
    return agreement_at(Status.DRAFT, cast)


def sent(name: str = "deed.pdf", content: bytes = PDF, **said: str) -> dict[str, object]:
    """What the form sends."""
    said = {"title": "The deed", "kind": "signed_agreement", "readers": "ours"} | said
    return {"file": SimpleUploadedFile(name, content), **said}


def shared_with(cast: Cast) -> tuple[Agreement, Cast]:
    """A signed agreement and the people of an agency that is a party to it."""
    partner = Cast("THR", "Te Hāpai Rangatahi")
    return agreement_at(Status.SIGNED, cast, parties=(body_of(partner).name,)), partner


def test_a_document_is_put_in_and_saved_again_byte_for_byte(agreement: Agreement, cast: Cast) -> None:
    officer = signed_in(cast.privacy_officer)
    answered = officer.post(reverse(ADD, args=[agreement.reference]), sent("..\\Deed “ā” \u202efinal.pdf"))
    assert answered["Location"] == reverse(LIST, args=[agreement.reference])
    made = Document.objects.get()
    for user in (cast.privacy_officer, cast.auditor, cast.adviser):
        got = signed_in(user).get(reverse(FILE, args=[made.pk, 1]))
        assert got.content == PDF
        assert got["Content-Disposition"] == "attachment; filename*=utf-8''Deed%20%E2%80%9C%C4%81%E2%80%9D%20final.pdf"
        assert got["X-Content-Type-Options"] == "nosniff"
        assert got["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert got["Content-Type"] == "application/pdf"


def test_the_list_says_what_there_is_and_that_nothing_is_scanned(agreement: Agreement, cast: Cast) -> None:
    officer = signed_in(cast.privacy_officer)
    empty = officer.get(reverse(LIST, args=[agreement.reference])).text
    assert "Start with the signed agreement" in empty
    assert "Files are not scanned for viruses here" in empty
    officer.post(reverse(ADD, args=[agreement.reference]), sent(title="<b>Deed</b>"))
    page = officer.get(reverse(LIST, args=[agreement.reference])).text
    assert "&lt;b&gt;Deed&lt;/b&gt;" in page
    assert 'id="panel"' in page


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("deed.pdf", b"", "This file is empty"),
        ("deed.pdf", PNG, "is a PNG picture by its content"),
        ("deed.pdf", PDF + b"\0" * (26 * 1024 * 1024), "larger than 25 MB"),
    ],
)
def test_what_is_refused_is_said_at_the_file_and_the_rest_stays(
    agreement: Agreement, cast: Cast, name: str, content: bytes, sentence: str
) -> None:
    officer = signed_in(cast.privacy_officer)
    page = officer.post(reverse(ADD, args=[agreement.reference]), sent(name, content, title="Kept text")).text
    assert sentence in page
    assert "Kept text" in page
    assert "Choose the file once more" in page
    assert not Document.objects.exists()


def test_no_file_no_kind_and_an_unknown_reader(agreement: Agreement, cast: Cast) -> None:
    page = signed_in(cast.privacy_officer).post(reverse(ADD, args=[agreement.reference]), {"readers": "all"}).text
    assert "Choose the file" in page
    assert not Document.objects.exists()


def test_the_same_form_sent_twice_keeps_one(agreement: Agreement, cast: Cast) -> None:
    officer, address = signed_in(cast.privacy_officer), reverse(ADD, args=[agreement.reference])
    number = re.search(r'name="once" value="([^"]+)"', officer.get(address).text)
    assert number
    for _ in range(2):
        officer.post(address, sent() | {"once": number[1]})
    assert Document.objects.get().versions.count() == 1


def test_the_next_version_stands_beside_the_first(agreement: Agreement, cast: Cast) -> None:
    made, officer = put_in(agreement, cast.privacy_officer), signed_in(cast.privacy_officer)
    address = reverse("agreements:document_version", args=[made.pk])
    assert "very bytes of version 1" in officer.post(address, {"file": SimpleUploadedFile("d.pdf", PDF)}).text
    officer.post(address, {"file": SimpleUploadedFile("d.pdf", PDF + b"\n"), "note": "Clause 9 added"})
    page = officer.get(made.get_absolute_url()).text
    assert "Clause 9 added" in page
    assert officer.get(reverse(FILE, args=[made.pk, 1])).content == PDF
    assert officer.get(reverse(FILE, args=[made.pk, 2])).content == PDF + b"\n"
    assert officer.get(reverse(FILE, args=[made.pk, 3])).status_code == 404


def test_changing_who_may_read_it(agreement: Agreement, cast: Cast) -> None:
    made, officer = put_in(agreement, cast.privacy_officer), signed_in(cast.privacy_officer)
    address = reverse("agreements:document_change", args=[made.pk])
    seen = re.search(r'name="seen" value="([^"]+)"', officer.get(address).text)
    assert seen
    said = {"title": "Deed", "kind": "advice", "readers": "shared", "seen": seen[1]}
    assert "never shared with the parties" in officer.post(address, said).text
    officer.post(address, said | {"readers": "privileged"})
    assert "after you opened it" in officer.post(address, said | {"readers": "ours"}).text
    made.refresh_from_db()
    assert (made.title, made.readers) == ("Deed", "privileged")


def found(user: User, document: Document) -> set[int]:
    """What every address of a document answers."""
    client = signed_in(user)
    names = ("document", "document_change", "document_version")
    places = [reverse(f"agreements:{name}", args=[document.pk]) for name in names]
    return {client.get(place).status_code for place in [*places, reverse(FILE, args=[document.pk, 1])]}


def test_a_privileged_one_is_not_there_for_others(agreement: Agreement, cast: Cast) -> None:
    answer(agreement, "ownership", cast.privacy_officer, manager=cast.contract_manager.person)
    made = put_in(agreement, cast.privacy_officer, title="Crown Law says", readers="privileged")
    assert found(cast.contract_manager, made) == {404}
    assert found(cast.privacy_officer, made) == {200}
    listed = signed_in(cast.contract_manager).get(reverse(LIST, args=[agreement.reference])).text
    assert "Crown Law says" not in listed
    assert "1 privileged document more is kept" in listed
    page = signed_in(cast.contract_manager).get(agreement.get_absolute_url()).text
    assert "Privileged document added" in page
    assert "Crown Law says" not in page


def test_a_party_reads_what_is_shared_once_it_is_signed(cast: Cast) -> None:
    signed, partner = shared_with(cast)
    by = cast.privacy_officer
    shared = put_in(signed, by, title="The signed deed", readers="shared")
    ours = put_in(signed, by, PDF + b"1", title="Our notes")
    secret = put_in(signed, by, PDF + b"2", title="Crown Law says", readers="privileged")
    reader = signed_in(partner.privacy_officer)
    face = reader.get(signed.get_absolute_url()).text
    assert "The signed deed" in face
    assert "Our notes" not in face
    assert "Crown Law says" not in face
    assert reader.get(reverse(FILE, args=[shared.pk, 1])).content == PDF
    assert "Add a version" not in reader.get(shared.get_absolute_url()).text
    assert reader.get(reverse("agreements:document_change", args=[shared.pk])).status_code == 404
    assert found(partner.privacy_officer, ours) == found(partner.chief_executive, secret) == {404}
    assert reader.get(reverse(LIST, args=[signed.reference])).status_code == 404


def test_a_party_reads_nothing_of_a_draft_and_a_stranger_nothing_at_all(cast: Cast) -> None:
    partner = Cast("THR", "Te Hāpai Rangatahi")
    draft = agreement_at(Status.DRAFT, cast, parties=(body_of(partner).name,))
    assert found(partner.privacy_officer, put_in(draft, cast.privacy_officer, readers="shared")) == {404}
    signed = agreement_at(Status.SIGNED, Cast("OTH", "Other Ministry"))
    assert found(cast.privacy_officer, put_in(signed, signed.created_by, readers="shared")) == {404}


def test_the_timeline_leads_to_it(agreement: Agreement, cast: Cast) -> None:
    made = put_in(agreement, cast.privacy_officer)
    page = signed_in(cast.auditor).get(agreement.get_absolute_url()).text
    assert f'href="{made.get_absolute_url()}">“The deed” added' in page
    assert f'hx-get="{reverse(LIST, args=[agreement.reference])}"' in page


@pytest.mark.parametrize("documents", [1, 50])
def test_few_queries(
    agreement: Agreement, cast: Cast, documents: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(documents):
        put_in(agreement, cast.privacy_officer, PDF + bytes([48 + number]), title=f"Document {number}")
    reader = signed_in(cast.auditor)
    reader.get(reverse(LIST, args=[agreement.reference]))
    with django_assert_max_num_queries(12):
        reader.get(reverse(LIST, args=[agreement.reference]))


def test_who_may_not(agreement: Agreement, cast: Cast, client: Client) -> None:
    address = reverse(ADD, args=[agreement.reference])
    assert "Your roles do not let you" in signed_in(cast.auditor).get(address).text
    assert "Your roles do not let you" in signed_in(cast.auditor).post(address, sent()).text
    assert signed_in(cast.staff_member).post(address, sent()).status_code == 403
    assert signed_in(Cast("OTH", "Other Ministry").privacy_officer).post(address, sent()).status_code == 404
    assert not Document.objects.exists()


def test_a_contracts_page_leads_to_its_documents(cast: Cast) -> None:
    contract, officer = contract_of(cast), signed_in(cast.privacy_officer)
    listed = f"{contract.get_absolute_url()}documents/"
    assert f'hx-get="{listed}"' in officer.get(contract.get_absolute_url()).text
    asked = officer.get(f"{listed}add/").text
    assert "Whoever reads the contracts here" in asked
    assert "Our agency and the agencies that are parties" not in asked
    assert "its contract manager" in asked
    assert officer.post(f"{listed}add/", sent())["Location"] == listed
    assert "The deed" in officer.get(listed).text
    made = Document.objects.get()
    page = officer.get(made.get_absolute_url()).text
    assert f"Back to {contract.reference}" in page
    assert officer.post(f"{made.get_absolute_url()}versions/add/", sent(content=PDF + b"\n"))["Location"]
    assert made.versions.count() == 2
    assert "Choose a valid" not in officer.get(f"{made.get_absolute_url()}change/").text


def test_who_keeps_no_contracts_reads_its_documents_and_adds_none(cast: Cast) -> None:
    contract = contract_of(cast)
    put_in(contract, cast.privacy_officer)
    auditor = signed_in(cast.auditor)
    page = auditor.get(f"{contract.get_absolute_url()}documents/").text
    assert "The deed" in page
    assert "why-add-document" in page
    assert auditor.post(f"{contract.get_absolute_url()}documents/add/", sent()).status_code == 403
    assert "shared" not in page
    stranger = signed_in(Cast("OTH", "Other Ministry").privacy_officer)
    assert stranger.get(f"{contract.get_absolute_url()}documents/").status_code == 404
    assert stranger.get(Document.objects.get().get_absolute_url()).status_code == 404
    assert Document.objects.count() == 1


def test_shared_is_not_an_answer_for_a_contract(cast: Cast) -> None:
    page = signed_in(cast.privacy_officer).post(
        f"{contract_of(cast).get_absolute_url()}documents/add/", sent(readers="shared")
    )
    assert "Select a valid choice" in page.text
    assert not Document.objects.exists()
