"""Documents: versions are never overwritten, nothing stands twice, and few read what is privileged."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from agreements.actions.contract import link_agreement
from agreements.actions.document import add_document, add_version, change_document, document_values
from agreements.actions.evidence import documents_for
from agreements.choices import Status
from agreements.digest import digest
from agreements.errors import NotNow, NotYours, Stale
from agreements.models import Agreement, Contract, Document, DocumentVersion
from people.models import User
from people.permissions import NotPermitted
from people.roles import Role
from records.models import StoredFile
from records.uploads import NotAccepted
from tests.agreements_at import agreement_at, answer, contract_of
from tests.cast import NOW, Cast
from tests.files import PDF, TEXT

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement(cast: Cast) -> Agreement:
    return agreement_at(Status.DRAFT, cast)


def put_in(agreement: Agreement | Contract, by: User, content: bytes = PDF, **said: str) -> Document:
    """A document about the agreement."""
    values = {"title": "The deed", "kind": "signed_agreement", "readers": "ours"} | said
    return add_document(holder=agreement, values=values, name="deed.pdf", content=content, by=by, now=NOW)


def may_read(document: Document, user: User) -> bool:
    return Document.objects.visible_to(user).filter(pk=document.pk).exists()


def test_versions_are_numbered_and_each_is_kept(agreement: Agreement, cast: Cast) -> None:
    made = put_in(agreement, cast.privacy_officer)
    add_version(document=made, name="d.pdf", content=PDF + b"\n", by=cast.privacy_officer, now=NOW, note=" Page  2 ")
    one, two = made.versions.order_by("number")
    assert (one.number, one.file.read()) == (1, PDF)
    assert (two.number, two.file.read(), two.note) == (2, PDF + b"\n", "Page 2")
    assert one.scanned_by == ""


def test_without_a_title_it_is_called_as_its_file(agreement: Agreement, cast: Cast) -> None:
    assert str(put_in(agreement, cast.privacy_officer, title=" ")) == "deed"


def test_the_same_bytes_stand_once(agreement: Agreement, cast: Cast) -> None:
    made = put_in(agreement, cast.privacy_officer)
    with pytest.raises(NotNow, match=r"here already: “The deed”, added on 14.July 2026"):
        put_in(agreement, cast.privacy_officer)
    with pytest.raises(NotNow, match="the very bytes of version 1"):
        add_version(document=made, name="deed.pdf", content=PDF, by=cast.privacy_officer, now=NOW)
    assert DocumentVersion.objects.count() == 1


def test_another_agreement_may_hold_the_same_bytes_and_they_are_stored_once(agreement: Agreement, cast: Cast) -> None:
    put_in(agreement, cast.privacy_officer)
    put_in(agreement_at(Status.DRAFT, cast, title="Another"), cast.privacy_officer)
    assert (DocumentVersion.objects.count(), StoredFile.objects.count()) == (2, 1)


def test_a_refused_file_leaves_nothing(agreement: Agreement, cast: Cast) -> None:
    with pytest.raises(NotAccepted):
        put_in(agreement, cast.privacy_officer, content=TEXT)
    assert not StoredFile.objects.exists()


def test_who_may_put_in(agreement: Agreement, cast: Cast) -> None:
    for user, refusal in (
        (Cast("OTH", "Other Ministry").privacy_officer, NotYours),
        (cast.contract_manager, NotYours),
        (cast.auditor, NotPermitted),
    ):
        with pytest.raises(refusal):
            put_in(agreement, user)
    put_in(agreement_at(Status.ENDED, cast), cast.privacy_officer)
    with pytest.raises(NotNow, match="withdrawn"):
        put_in(agreement_at(Status.WITHDRAWN, cast), cast.privacy_officer)


def test_privileged_is_for_the_few(agreement: Agreement, cast: Cast) -> None:
    answer(agreement, "ownership", cast.privacy_officer, owner=cast.business_owner.person)
    adds = cast.user(Role.PRIVACY_OFFICER, "Adds")
    made = put_in(agreement, adds, readers="privileged")
    plain = put_in(agreement, adds, content=PDF + b"\n")
    few = (adds, cast.privacy_officer, cast.chief_executive, cast.auditor, cast.business_owner)
    others = (cast.contract_manager, cast.approver, cast.adviser, cast.user(Role.BUSINESS_OWNER, "Of another"))
    assert all(may_read(made, user) and may_read(plain, user) for user in few)
    assert not any(may_read(made, user) for user in others)
    assert all(may_read(plain, user) for user in others)


def test_the_same_bytes_do_not_betray_a_privileged_document(agreement: Agreement, cast: Cast) -> None:
    put_in(agreement, cast.privacy_officer, readers="privileged")
    answer(agreement, "ownership", cast.privacy_officer, manager=cast.contract_manager.person)
    assert put_in(agreement, cast.contract_manager).pk


def test_whoever_may_not_read_it_changes_nothing(agreement: Agreement, cast: Cast) -> None:
    answer(agreement, "ownership", cast.privacy_officer, manager=cast.contract_manager.person)
    made = put_in(agreement, cast.privacy_officer, readers="privileged")
    with pytest.raises(NotNow, match="who may read this document"):
        add_version(document=made, name="d.pdf", content=PDF + b"\n", by=cast.contract_manager, now=NOW)


@pytest.mark.parametrize("kind", ["advice", "risk_assessment"])
def test_advice_and_risk_never_reach_a_party(agreement: Agreement, cast: Cast, kind: str) -> None:
    with pytest.raises(ValidationError, match="never shared"):
        put_in(agreement, cast.privacy_officer, kind=kind, readers="shared")


def test_readers_are_changed_with_a_reason_and_not_behind_somebodys_back(agreement: Agreement, cast: Cast) -> None:
    made, by = put_in(agreement, cast.privacy_officer), cast.privacy_officer
    seen = digest(document_values(made))
    values = document_values(made) | {"readers": "privileged"}
    changed = change_document(document=made, values=values, seen=seen, by=by, reason="Holds advice")
    assert changed.is_privileged
    assert made.history.latest("history_id").history_change_reason == "Holds advice"
    with pytest.raises(Stale, match="saved this section"):
        change_document(document=made, values=values | {"title": "Mine"}, seen=seen, by=by)


def test_a_contract_keeps_documents_too(cast: Cast) -> None:
    contract, by = contract_of(cast, manager=cast.contract_manager.person), cast.contract_manager
    made = put_in(contract, by)
    assert (made.holder, made.agency, made.agreement) == (contract, cast.agency, None)
    with pytest.raises(NotNow, match="here already"):
        put_in(contract, by)
    put_in(contract_of(cast, reference="C-2"), by)
    add_version(document=made, name="d.pdf", content=PDF + b"\n", by=by, now=NOW)
    assert made.versions.count() == 2


def test_who_keeps_the_documents_of_a_contract(cast: Cast) -> None:
    contract = contract_of(cast)
    with pytest.raises(NotPermitted):
        put_in(contract, cast.auditor)
    with pytest.raises(NotYours):
        put_in(contract, Cast("OTH", "Other Ministry").privacy_officer)


def test_what_a_contract_holds_is_never_shared(cast: Cast) -> None:
    with pytest.raises(ValidationError, match="never shared with the parties"):
        put_in(contract_of(cast), cast.privacy_officer, readers="shared")


def test_whoever_manages_the_contract_reads_what_is_privileged_there(cast: Cast) -> None:
    manager = cast.user(Role.CONTRACT_MANAGER, "Manages it")
    made = put_in(contract_of(cast, manager=manager.person), cast.privacy_officer, readers="privileged")
    assert may_read(made, manager)
    assert not any(may_read(made, user) for user in (cast.contract_manager, cast.adviser, cast.business_owner))
    assert not may_read(made, Cast("OTH", "Other Ministry").privacy_officer)


def test_a_document_stands_under_one_thing(agreement: Agreement, cast: Cast) -> None:
    made, contract = put_in(agreement, cast.privacy_officer), contract_of(cast)
    for said in (f"contract_id = {contract.pk}", "agreement_id = NULL"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE agreements_document SET {said} WHERE id = {made.pk}")


def test_evidence_of_an_agreement_may_be_in_a_contract_that_serves_it(agreement: Agreement, cast: Cast) -> None:
    serves, other = contract_of(cast), contract_of(cast, reference="C-2")
    link_agreement(contract=serves, agreement=agreement, by=cast.privacy_officer, now=NOW)
    ours, its = put_in(agreement, cast.privacy_officer), put_in(serves, cast.privacy_officer)
    put_in(other, cast.privacy_officer)
    assert set(documents_for(agreement, cast.privacy_officer)) == {ours, its}
    assert set(documents_for(serves, cast.privacy_officer)) == {its}
