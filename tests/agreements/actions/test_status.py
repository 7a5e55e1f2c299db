"""Steps of the lifecycle, taken and refused."""

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from agreements.actions.status import perform
from agreements.choices import AtEnd, Status
from agreements.errors import NotNow, NotYours
from agreements.models import Agreement, StatusChange
from people.models import Delegation, Power
from people.permissions import NotPermitted
from records.acting import acting
from tests.agreements_at import agreement_at
from tests.cast import NOW, Cast
from tests.records.conftest import seal

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("status", Status)
def test_every_status_is_reached_by_real_steps(cast: Cast, status: Status) -> None:
    agreement = agreement_at(status, cast)
    assert Agreement.objects.get(pk=agreement.pk).status == status


def test_the_author_does_not_approve_even_with_a_delegation(cast: Cast) -> None:
    agreement = agreement_at(Status.IN_REVIEW, cast)
    author = cast.privacy_officer
    with acting(by=author):
        Delegation(
            agency=cast.agency, giver=cast.chief_executive.person, holder=author.person, power=Power.APPROVE,
            starts_on=NOW.date(), document="Instrument 1",
        ).save()  # fmt: skip
    with pytest.raises(NotYours, match="somebody else approves"):
        perform(agreement=agreement, step="approve", by=author, now=NOW)


def test_a_privacy_officer_without_delegation_does_not_approve(cast: Cast) -> None:
    with pytest.raises(NotPermitted, match="delegation"):
        perform(agreement=agreement_at(Status.IN_REVIEW, cast), step="approve", by=cast.privacy_officer, now=NOW)


def test_ending_asks_for_a_reason_and_what_became_of_the_information(cast: Cast) -> None:
    agreement = agreement_at(Status.SIGNED, cast)
    with pytest.raises(NotNow, match="Say why"):
        perform(agreement=agreement, step="end", by=cast.privacy_officer, now=NOW, disposal=AtEnd.DESTROY)
    with pytest.raises(NotNow, match="what became of the information"):
        perform(agreement=agreement, step="end", by=cast.privacy_officer, now=NOW, reason="Service closed")
    assert Agreement.objects.get(pk=agreement.pk).status == Status.SIGNED


def test_another_agency_takes_no_step(cast: Cast) -> None:
    outsider = Cast("OTH", "Other Ministry").privacy_officer
    with pytest.raises(NotYours):
        perform(agreement=agreement_at(Status.DRAFT, cast), step="submit", by=outsider, now=NOW)


def test_every_step_leaves_a_row_of_record(cast: Cast) -> None:
    agreement = agreement_at(Status.ENDED, cast)
    rows = StatusChange.objects.filter(agreement=agreement).order_by("id").values_list("step", "source", "target", "on")
    today = localdate(NOW)
    assert list(rows) == [
        ("create", "", "draft", today),
        ("submit", "draft", "in_review", today),
        ("approve", "in_review", "approved", today),
        ("sign", "approved", "signed", today),
        ("end", "signed", "ended", today),
    ]


@pytest.mark.django_db
def test_a_step_stands_as_it_was_recorded_while_its_agreement_does(cast: Cast) -> None:
    agreement = agreement_at(Status.APPROVED, cast)
    step = agreement.status_changes.get(step="approve")
    step.why = "A delegate decided it"
    with pytest.raises(IntegrityError, match="never changed"), acting(by=cast.approver), transaction.atomic():
        step.save()
    with pytest.raises(IntegrityError, match="never changed"), acting(by=cast.approver), transaction.atomic():
        agreement.status_changes.get(step="approve").delete()
        seal()
