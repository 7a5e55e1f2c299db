"""A team of one, sending back by section, suspending and closing out."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from agreements.actions.status import perform
from agreements.actions.variation import take_variation_step
from agreements.checkers import OutsideCheck, needs_outside_check
from agreements.choices import AtEnd, Status, TermsState
from agreements.errors import NotNow, NotYours
from agreements.models import Agreement, StatusChange
from agreements.pages.sent_back import sent_back
from agreements.pdf.sheet import sheet
from agreements.sections import BY_NAME
from people.models import Delegation, Power, RoleGrant, User
from people.roles import Role
from records.acting import acting
from tests.agreements_at import agreement_at, variation_at
from tests.cast import NOW, TODAY, Cast

pytestmark = pytest.mark.django_db
CHECK = OutsideCheck("Aroha Ngata, privacy adviser", "Community Service Agency", date(2026, 7, 1), "E-mail in the file")


def alone(cast: Cast) -> User:
    """The privacy officer, who holds the role to approve too; nobody else does."""
    user = cast.privacy_officer
    with acting(by=user):
        RoleGrant(person=user.person, role=Role.APPROVER, starts_on=date(2020, 1, 1), granted_by=user).save()
    return User.objects.get(pk=user.pk)


def test_a_team_of_one_names_who_outside_checked_and_it_shows(cast: Cast) -> None:
    by = alone(cast)
    agreement = agreement_at(Status.IN_REVIEW, cast)
    assert needs_outside_check(agreement, by, TODAY)
    with pytest.raises(NotNow, match="who outside your team checked"):
        perform(agreement=agreement, step="approve", by=by, now=NOW)
    with pytest.raises(NotNow, match="of which organisation"):
        perform(agreement=agreement, step="approve", by=by, now=NOW, outside=replace(CHECK, checked_for=""))
    with pytest.raises(NotNow, match="future"):
        later = replace(CHECK, checked_on=TODAY + timedelta(days=1))
        perform(agreement=agreement, step="approve", by=by, now=NOW, outside=later)
    approved = perform(agreement=agreement, step="approve", by=by, now=NOW, outside=CHECK)
    row = StatusChange.objects.get(agreement=approved, step="approve")
    assert (row.checked_by, row.checked_for) == (CHECK.checked_by, CHECK.checked_for)
    assert "Checked outside by Aroha Ngata" in str(sheet(Agreement.objects.get(pk=approved.pk), TODAY).blocks)


def test_with_somebody_else_who_could_approve_the_author_does_not(cast: Cast) -> None:
    by, other = alone(cast), cast.staff_member
    agreement = agreement_at(Status.IN_REVIEW, cast)
    with acting(by=by):
        given = Delegation(
            agency=cast.agency, giver=by.person, holder=other.person, power=Power.APPROVE, starts_on=TODAY,
            document="Instrument 1",
        )  # fmt: skip
        given.save()
    with pytest.raises(NotYours, match="somebody else approves"):
        perform(agreement=agreement, step="approve", by=by, now=NOW, outside=CHECK)
    with acting(by=by):
        given.starts_on, given.ends_on = TODAY - timedelta(days=9), TODAY - timedelta(days=1)
        given.save()
    assert needs_outside_check(agreement, by, TODAY)


def test_half_a_check_is_refused_by_the_database_too(cast: Cast) -> None:
    agreement = agreement_at(Status.DRAFT, cast)
    row = StatusChange(
        agreement=agreement, step="approve", target="approved", by=cast.approver, at=NOW, on=TODAY, checked_by="Aroha"
    )
    with pytest.raises(IntegrityError, match="check_is_whole"), acting(by=cast.approver), transaction.atomic():
        row.save()


def test_sending_back_is_about_sections_until_it_is_submitted_again(cast: Cast) -> None:
    agreement = agreement_at(Status.IN_REVIEW, cast)
    with pytest.raises(NotNow, match="Choose among the sections"):
        perform(agreement=agreement, step="send_back", by=cast.approver, now=NOW, reason="No", sections=["nowhere"])
    back = perform(
        agreement=agreement, step="send_back", by=cast.approver, now=NOW, reason="Who rings?", sections=["parties"]
    )
    found = sent_back(back, BY_NAME["parties"])
    assert found is not None
    assert found.why == "Who rings?"
    assert sent_back(back, BY_NAME["purpose"]) is None
    perform(agreement=back, step="submit", by=cast.privacy_officer, now=NOW)
    again = perform(agreement=back, step="take_back", by=cast.privacy_officer, now=NOW)
    assert sent_back(again, BY_NAME["parties"]) is None


def test_a_variation_is_sent_back_by_section_and_the_terms_in_force_are_not(cast: Cast) -> None:
    signed = agreement_at(Status.SIGNED, cast)
    varied = variation_at(TermsState.IN_REVIEW, cast, signed)
    take_variation_step(
        agreement=varied, step="vary_send_back", by=cast.approver, now=NOW, reason="Why?", sections=["purpose"]
    )
    fresh = signed.with_terms(varied.terms_now)
    fresh.terms_now.refresh_from_db()
    assert sent_back(fresh, BY_NAME["purpose"]) is not None
    assert sent_back(signed, BY_NAME["purpose"]) is None


def test_closing_out_needs_proof_or_says_why_there_is_none(cast: Cast) -> None:
    ended, by = agreement_at(Status.ENDED, cast), cast.privacy_officer
    with pytest.raises(NotNow, match="Say how you know"):
        perform(agreement=ended, step="close_out", by=by, now=NOW, disposal=AtEnd.DESTROY)
    with pytest.raises(NotNow, match="Say why it cannot be confirmed"):
        perform(agreement=ended, step="close_out", by=by, now=NOW, disposal=AtEnd.UNKNOWN)
    with pytest.raises(NotNow, match="what became"):
        perform(agreement=ended, step="close_out", by=by, now=NOW)
    closed = perform(
        agreement=ended, step="close_out", by=by, now=NOW, disposal=AtEnd.UNKNOWN, reason="They were wound up"
    )
    made = sheet(Agreement.objects.get(pk=closed.pk), TODAY)
    assert made.watermark == "CLOSED OUT"
    assert "They were wound up" in str(made.blocks)


def test_suspended_is_not_in_force_and_can_end_or_go_on(cast: Cast) -> None:
    suspended = agreement_at(Status.SUSPENDED, cast)
    assert suspended.standing(TODAY) == "Suspended"
    assert not Agreement.objects.in_force(TODAY).exists()
    assert sheet(Agreement.objects.get(pk=suspended.pk), TODAY).watermark == "SUSPENDED"
    with pytest.raises(NotNow, match="Say why"):
        perform(agreement=suspended, step="resume", by=cast.privacy_officer, now=NOW)
    perform(agreement=suspended, step="resume", by=cast.privacy_officer, now=NOW, reason="Answered")
    assert Agreement.objects.in_force(TODAY).exists()
