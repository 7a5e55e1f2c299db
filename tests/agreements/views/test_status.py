"""Steps of the lifecycle as pages."""

import pytest
from django.test import Client

from agreements.choices import Status
from agreements.models import Agreement
from tests.agreements.views.conftest import SignIn
from tests.agreements_at import agreement_at, make_signable
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def step(agreement: Agreement, name: str) -> str:
    return f"/agreements/{agreement.reference}/steps/{name}/"


def test_from_draft_to_ended_through_the_pages(cast: Cast, sign_in: SignIn) -> None:
    agreement = agreement_at(Status.DRAFT, cast)
    make_signable(agreement, cast.privacy_officer)
    officer, approver = sign_in(cast.privacy_officer), sign_in(cast.approver)
    officer.post(step(agreement, "submit"))
    approver.post(step(agreement, "approve"), {"reason": "Reads well"})
    officer.post(step(agreement, "sign"), {"on": "1 July 2026"})
    officer.post(step(agreement, "end"), {"on": "2 July 2026", "reason": "Service closed", "disposal": "destroy"})
    agreement.refresh_from_db()
    assert agreement.status == Status.ENDED
    page = officer.get(agreement.get_absolute_url()).content.decode()
    assert "Service closed" in page
    assert "It is destroyed and that is certified" in page


def test_the_author_meets_the_reason_where_the_button_stands(cast: Cast, sign_in: SignIn) -> None:
    agreement = agreement_at(Status.IN_REVIEW, cast)
    page = sign_in(cast.approver).get(agreement.get_absolute_url()).content.decode()
    assert step(agreement, "approve") in page
    assert (
        step(agreement, "approve")
        not in sign_in(cast.privacy_officer).get(agreement.get_absolute_url()).content.decode()
    )


def test_a_day_in_the_future_is_refused(officer: Client, cast: Cast) -> None:
    agreement = agreement_at(Status.APPROVED, cast)
    page = officer.post(step(agreement, "sign"), {"on": "1 July 2099"}).content.decode()
    assert "This day lies in the future" in page
    agreement.refresh_from_db()
    assert agreement.status == Status.APPROVED


def test_a_step_twice_is_taken_once(officer: Client, cast: Cast) -> None:
    agreement = agreement_at(Status.DRAFT, cast)
    officer.post(step(agreement, "submit"))
    again = officer.post(step(agreement, "submit")).content.decode()
    assert "this is not the next step" in again
    assert agreement.status_changes.filter(step="submit").count() == 1


def test_without_a_purpose_it_is_not_submitted(officer: Client, cast: Cast) -> None:
    agreement = agreement_at(Status.DRAFT, cast)
    party = agreement.terms_now.parties.last()
    assert party is not None
    officer.post(f"/agreements/{agreement.reference}/rows/party/{party.pk}/remove/")
    page = officer.get(agreement.get_absolute_url()).content.decode()
    assert "Name at least two parties" in page


def test_the_methods_and_the_outsider(officer: Client, cast: Cast, sign_in: SignIn) -> None:
    agreement = agreement_at(Status.DRAFT, cast)
    assert officer.put(step(agreement, "submit")).status_code == 405
    assert officer.get(step(agreement, "explode")).status_code == 404
    assert sign_in(Cast("OTH", "Other Ministry").privacy_officer).post(step(agreement, "submit")).status_code == 404
