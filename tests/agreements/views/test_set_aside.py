"""Setting a document aside on its pages: out of the list, under its own heading, and back."""

import pytest
from django.test import Client

from agreements.choices import Status
from agreements.models import Agreement, Contract, Document
from tests.agreements.actions.test_document import put_in
from tests.agreements.views.conftest import SignIn
from tests.agreements.views.test_document import shared_with
from tests.agreements_at import agreement_at, contract_of
from tests.assessed import drafted
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def holder(request: pytest.FixtureRequest, cast: Cast) -> Agreement | Contract:
    return agreement_at(Status.DRAFT, cast) if request.param == "agreement" else contract_of(cast)


@pytest.mark.parametrize("holder", ["agreement", "contract"], indirect=True)
def test_it_is_set_aside_with_a_reason_and_brought_back(
    holder: Agreement | Contract, cast: Cast, officer: Client
) -> None:
    made = put_in(holder, cast.privacy_officer)
    address, listed = made.get_absolute_url(), f"{holder.get_absolute_url()}documents/"
    assert "Set it aside: it was added by mistake" in officer.get(address).text
    answered = officer.post(f"{address}set-aside/", {"reason": "Of another one"}, follow=True)
    assert answered.redirect_chain[-1][0] == listed
    page = answered.content.decode()
    before, _, after = page.partition("Set aside (1)")
    assert "The deed</bdi></a><span" not in before
    assert "Of another one" in after
    assert "No document is kept here" in before
    shown = officer.get(address).text
    assert "Of another one" in shown
    assert "Add a version" not in shown
    assert officer.get(f"{address}versions/1/").status_code == 200
    assert "is back among the documents" in officer.post(f"{address}bring-back/", follow=True).text
    assert "Set aside (" not in officer.get(listed).text


def test_without_a_reason_nothing_happens_and_get_changes_nothing(cast: Cast, officer: Client) -> None:
    made = put_in(contract_of(cast), cast.privacy_officer)
    for send in (officer.get, officer.post):
        page = send(f"{made.get_absolute_url()}set-aside/").text
        assert "Why is it set aside?" in page
    assert "needs another look" in page
    assert not Document.objects.get().is_aside


def test_evidence_keeps_it_and_says_where(cast: Cast, officer: Client) -> None:
    agreement = agreement_at(Status.DRAFT, cast)
    made = put_in(agreement, cast.privacy_officer)
    drafted(agreement, "pia", cast.privacy_officer, evidence=made)
    assert "the evidence of the privacy impact assessment" in officer.get(made.get_absolute_url()).text
    page = officer.post(f"{made.get_absolute_url()}set-aside/", {"reason": "By mistake"}).text
    assert "the evidence of the privacy impact assessment" in page
    assert not Document.objects.get().is_aside


def test_a_party_no_longer_reads_it(cast: Cast, officer: Client, sign_in: SignIn) -> None:
    agreement, partner = shared_with(cast)
    made, theirs = put_in(agreement, cast.privacy_officer, readers="shared"), sign_in(partner.privacy_officer)
    assert "The deed" in theirs.get(f"/agreements/{agreement.reference}/").text
    officer.post(f"{made.get_absolute_url()}set-aside/", {"reason": "By mistake"})
    page = theirs.get(f"/agreements/{agreement.reference}/").text
    assert "The deed" not in page
    assert "By mistake" not in page
    assert theirs.get(made.get_absolute_url()).status_code == 404
    assert theirs.get(f"{made.get_absolute_url()}versions/1/").status_code == 404
