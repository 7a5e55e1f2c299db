"""Steps of the lifecycle as pages."""

from datetime import date

import pytest
from django.test import Client

from agreements.choices import Status
from agreements.models import Agreement
from people.models import RoleGrant
from people.roles import Role
from records.acting import acting
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


def test_sections_that_are_sent_back_say_so_to_their_author(officer: Client, cast: Cast, sign_in: SignIn) -> None:
    agreement = agreement_at(Status.IN_REVIEW, cast)
    approver = sign_in(cast.approver)
    assert 'name="sections" value="safeguards"' in approver.get(step(agreement, "send_back")).content.decode()
    approver.post(
        step(agreement, "send_back"), {"reason": "The night shift is missing", "sections": ["safeguards", "dates"]}
    )
    place = f"/agreements/{agreement.reference}/sections/"
    assert "The night shift is missing" in officer.get(f"{place}safeguards/").content.decode()
    assert "The night shift is missing" not in officer.get(f"{place}purpose/").content.decode()
    assert "About: Safeguards; Dates and instrument" in officer.get(agreement.get_absolute_url()).content.decode()
    officer.post(step(agreement, "submit"))
    officer.post(step(agreement, "take_back"))
    assert "The night shift is missing" not in officer.get(f"{place}safeguards/").content.decode()


def test_closed_out_without_proof_stays_shown(officer: Client, cast: Cast) -> None:
    agreement = agreement_at(Status.ENDED, cast)
    asked = {"disposal": "unknown", "reason": "Their server was sold"}
    officer.post(step(agreement, "close_out"), asked)
    page = officer.get(agreement.get_absolute_url()).content.decode()
    assert "Closed out without proof" in page
    assert "Their server was sold" in page


def test_a_team_of_one_is_asked_who_checked(officer: Client, cast: Cast) -> None:
    agreement = agreement_at(Status.IN_REVIEW, cast)
    user = cast.privacy_officer
    with acting(by=user):
        RoleGrant(person=user.person, role=Role.APPROVER, starts_on=date(2020, 1, 1), granted_by=user).save()
    page = officer.get(step(agreement, "approve")).content.decode()
    assert "Who outside your team checked it?" in page
    told = {"checked_by": "Aroha Ngata", "checked_for": "Another agency", "checked_on": "1 July 2026"}
    assert "Error: " in officer.post(step(agreement, "approve"), told).content.decode()
    officer.post(step(agreement, "approve"), told | {"checked_document": "E-mail in the file"})
    assert "Checked outside by Aroha Ngata" in officer.get(agreement.get_absolute_url()).content.decode()
