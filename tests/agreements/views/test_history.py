"""The timeline of an agreement, and how it stood on a day."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from agreements.choices import Status
from tests.agreements.views.conftest import SignIn
from tests.agreements_at import agreement_at, answer
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_the_timeline_says_who_changed_what_from_what_to_what(officer: Client, cast: Cast) -> None:
    agreement = agreement_at(Status.DRAFT, cast)
    answer(agreement, "purpose", cast.privacy_officer, purpose="To help tamariki come to school.")
    page = officer.get(f"/agreements/{agreement.reference}/history/").content.decode()
    assert "<del>To help children come to school.</del>" in page
    assert "<ins>To help tamariki come to school.</ins>" in page
    assert "<h3>Privacy officer of MCW</h3>" in page
    assert "For MCW" in page


@pytest.mark.parametrize("changes", [1, 15])
def test_the_timeline_asks_a_fixed_number_of_queries(
    officer: Client, cast: Cast, changes: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    agreement = agreement_at(Status.DRAFT, cast)
    for number in range(changes):
        answer(agreement, "purpose", cast.privacy_officer, purpose=f"Purpose {number}")
    with django_assert_max_num_queries(20):
        officer.get(f"/agreements/{agreement.reference}/history/")


def test_as_at_shows_today_as_it_stands_and_yesterday_as_nothing(officer: Client, cast: Cast) -> None:
    agreement = agreement_at(Status.SIGNED, cast)
    today = timezone.localdate()
    url = f"/agreements/{agreement.reference}/as-at/"
    page = officer.get(url, {"on": today.isoformat()}).content.decode()
    assert "This is a picture of the past" in page
    assert "Te Whare Tautoko Trust" in page
    before = officer.get(url, {"on": (today - timedelta(days=1)).isoformat()}).content.decode()
    assert "The register did not hold this agreement yet" in before


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("1 July 2099", "This day lies in the future"),
        ("the day before", "Enter the date as day, month and year"),
        ("", "Enter a day, such as 30 June 2026"),
        ("0000-00-00", "Enter the date as day, month and year"),
    ],
)
def test_days_that_are_none_are_refused_with_a_sentence(officer: Client, cast: Cast, typed: str, sentence: str) -> None:
    agreement = agreement_at(Status.DRAFT, cast)
    assert sentence in officer.get(f"/agreements/{agreement.reference}/as-at/", {"on": typed}).content.decode()


def test_history_of_another_agency_is_not_found(cast: Cast, sign_in: SignIn) -> None:
    agreement = agreement_at(Status.DRAFT, cast)
    outsider = sign_in(Cast("OTH", "Other Ministry").privacy_officer)
    assert outsider.get(f"/agreements/{agreement.reference}/history/").status_code == 404
    assert outsider.get(f"/agreements/{agreement.reference}/as-at/?on=2026-07-01").status_code == 404
