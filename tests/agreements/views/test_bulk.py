"""Owner and next review of many agreements at once."""

from datetime import date

import pytest
from django.test import Client

from agreements.choices import Status
from agreements.models import Agreement
from people.roles import Role
from tests.agreements_at import agreement_at
from tests.cast import Cast

pytestmark = pytest.mark.django_db
HERE = "/agreements/bulk/"


@pytest.fixture
def reader(cast: Cast, client: Client) -> Client:
    client.force_login(cast.privacy_officer)
    return client


def test_chosen_agreements_get_an_owner_and_a_review_in_one_act(cast: Cast, reader: Client) -> None:
    chosen = [agreement_at(status, cast) for status in (Status.DRAFT, Status.SIGNED)]
    left = agreement_at(Status.DRAFT, cast, title="Not chosen")
    owner = cast.contract_manager.person
    page = reader.get(HERE, {"pick": [one.reference for one in chosen], "list": "status=draft"})
    assert "Change 2 agreements" in page.content.decode()
    response = reader.post(
        f"{HERE}?list=status%3Ddraft",
        {
            "references": page.context["form"].initial["references"],
            "owner": str(owner),
            "review_due_on": "1 July 2027",
            "reason": "New team",
        },
    )
    assert response.headers["Location"] == "/agreements/?status=draft"
    found = Agreement.objects.filter(owner=owner, review_due_on=date(2027, 7, 1))
    assert {one.pk for one in found} == {one.pk for one in chosen}
    newest = [one.history.order_by("-history_id").first() for one in found]
    assert len({row.request_id for row in newest}) == 1
    assert {row.history_change_reason for row in newest} == {"New team"}
    left.refresh_from_db()
    assert left.owner is None
    assert "ownership" in found.get(status=Status.DRAFT).search_entry.missing  # rebuilt: a manager is still missing


def test_all_that_a_list_finds_is_chosen(cast: Cast, reader: Client) -> None:
    agreement_at(Status.SIGNED, cast)
    draft = agreement_at(Status.DRAFT, cast)
    page = reader.get(HERE, {"all": "1", "list": "status=draft"})
    assert page.context["form"].initial["references"] == draft.reference


def test_those_that_may_not_be_edited_are_named_and_stay(cast: Cast, client: Client) -> None:
    theirs, gone = agreement_at(Status.DRAFT, cast), agreement_at(Status.WITHDRAWN, cast)
    client.force_login(cast.contract_manager)
    page = client.get(HERE, {"pick": [theirs.reference, gone.reference]}).content.decode()
    assert "You may edit none" in page
    assert "Only a privacy officer" in page
    assert "It was withdrawn. Undo that first" in page
    both = {"references": f"{theirs.reference},{gone.reference}", "review_due_on": "1/7/2027", "reason": "x"}
    answer = client.post(HERE, both, follow=True).content.decode()
    assert "0 agreements changed" in answer
    assert "2 could not be changed" in answer
    assert not Agreement.objects.filter(review_due_on__isnull=False).exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"reason": "", "review_due_on": "1/7/2027"}, "Say why"),
        ({"reason": "x"}, "Choose an owner, a date"),
        ({"reason": "x", "owner": "Nobody at all"}, "Nothing is called"),
        ({"reason": "x", "review_due_on": "31/31/2027"}, "Enter the date"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    cast: Cast, reader: Client, typed: dict[str, str], sentence: str
) -> None:
    agreement = agreement_at(Status.DRAFT, cast)
    page = reader.post(HERE, {"references": agreement.reference} | typed).content.decode()
    assert sentence in page
    assert agreement.reference in page


def test_an_owner_who_left_or_works_elsewhere_is_not_offered(cast: Cast, reader: Client) -> None:
    outsider = Cast("OTH", "Other Ministry").user(Role.CONTRACT_MANAGER, "Olive Outsider")
    agreement = agreement_at(Status.DRAFT, cast)
    page = reader.post(HERE, {"references": agreement.reference, "owner": str(outsider.person), "reason": "x"})
    assert "Nothing is called" in page.content.decode()


def test_another_agencys_agreements_cannot_be_chosen(cast: Cast, client: Client) -> None:
    agreement = agreement_at(Status.DRAFT, cast)
    client.force_login(Cast("OTH", "Other Ministry").privacy_officer)
    assert agreement.reference not in client.get(HERE, {"pick": agreement.reference}).content.decode()
    client.post(HERE, {"references": agreement.reference, "review_due_on": "1/7/2027", "reason": "x"})
    agreement.refresh_from_db()
    assert agreement.review_due_on is None


def test_readers_alone_are_refused(cast: Cast, client: Client) -> None:
    client.force_login(cast.auditor)
    assert client.get(HERE).status_code == 403
