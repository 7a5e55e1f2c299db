"""A document that was added by mistake is set aside: nothing is deleted, and evidence keeps what it points to."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from agreements.actions.document import add_version, change_document, document_values
from agreements.actions.evidence import documents_for
from agreements.actions.set_aside import bring_back, set_aside
from agreements.choices import Status
from agreements.digest import digest
from agreements.errors import NotNow, NotYours
from agreements.models import Agreement, Document
from people.models import User
from people.permissions import NotPermitted
from tests.agreements.actions.test_document import put_in
from tests.agreements_at import agreement_at, answer
from tests.assessed import drafted
from tests.cast import NOW, Cast
from tests.files import PDF

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement(cast: Cast) -> Agreement:
    return agreement_at(Status.DRAFT, cast)


def aside(document: Document, by: User, reason: str = "Of another agreement") -> Document:
    return set_aside(document=document, reason=reason, by=by, now=NOW)


def test_it_leaves_the_choices_and_comes_back(agreement: Agreement, cast: Cast) -> None:
    by, made = cast.privacy_officer, put_in(agreement, cast.privacy_officer)
    gone = aside(made, by, "  Of another   agreement ")
    assert (gone.aside_why, gone.aside_by, gone.aside_at) == ("Of another agreement", by, NOW)
    assert list(documents_for(agreement, by)) == []
    assert Document.objects.visible_to(cast.auditor).get() == made
    with pytest.raises(ValidationError, match="Choose a document of this agreement"):
        drafted(agreement, "pia", by, evidence=made)
    back = bring_back(document=made, by=by, reason="It was right")
    assert (back.is_aside, back.aside_by, back.aside_why) == (False, None, "")
    assert list(documents_for(agreement, by)) == [made]
    assert [row.aside_why for row in made.history.order_by("history_id")] == ["", "Of another agreement", ""]


def test_nothing_else_is_done_with_it_meanwhile(agreement: Agreement, cast: Cast) -> None:
    by, made = cast.privacy_officer, put_in(agreement, cast.privacy_officer)
    aside(made, by)
    values = document_values(made)
    with pytest.raises(NotNow, match="bring it back first"):
        add_version(document=made, name="d.pdf", content=PDF + b"\n", by=by, now=NOW)
    with pytest.raises(NotNow, match="bring it back first"):
        change_document(document=made, values=values, seen=digest(values), by=by)
    with pytest.raises(NotNow, match="bring it back first"):
        aside(made, by)
    with pytest.raises(NotNow, match=r"here already: “The deed”.*It was set aside: bring it back"):
        put_in(agreement, by)
    bring_back(document=made, by=by)
    with pytest.raises(NotNow, match="Somebody else brought it back"):
        bring_back(document=made, by=by)


def test_not_while_evidence_points_to_it(agreement: Agreement, cast: Cast) -> None:
    by, made = cast.privacy_officer, put_in(agreement, cast.privacy_officer)
    drafted(agreement, "risk", by, evidence=made)
    with pytest.raises(NotNow, match=r"the evidence of the risk assessment\. What evidence points to stays"):
        aside(made, by)
    assert not Document.objects.get().is_aside


def test_a_reason_is_asked(agreement: Agreement, cast: Cast) -> None:
    made = put_in(agreement, cast.privacy_officer)
    with pytest.raises(ValidationError, match="Say why"):
        aside(made, cast.privacy_officer, " ")


def test_who_may(agreement: Agreement, cast: Cast) -> None:
    made = put_in(agreement, cast.privacy_officer)
    for user, refusal in (
        (Cast("OTH", "Other Ministry").privacy_officer, NotYours),
        (cast.contract_manager, NotYours),
        (cast.auditor, NotPermitted),
    ):
        with pytest.raises(refusal):
            aside(made, user)
        with pytest.raises(refusal):
            bring_back(document=made, by=user)


def test_not_what_one_may_not_read(agreement: Agreement, cast: Cast) -> None:
    answer(agreement, "ownership", cast.privacy_officer, manager=cast.contract_manager.person)
    secret = put_in(agreement, cast.privacy_officer, readers="privileged")
    with pytest.raises(NotNow, match="who may read this document"):
        aside(secret, cast.contract_manager)


def test_the_database_keeps_who_when_and_why_together(agreement: Agreement, cast: Cast) -> None:
    made = put_in(agreement, cast.privacy_officer)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE agreements_document SET aside_at = now() WHERE id = %s", [made.pk])
