"""Figures of a past day stay as they were, whatever is recorded since; what is unknown stands apart."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.timezone import localdate

from agreements.actions.status import perform
from agreements.models import Agreement
from assurance.figures.base import Figure, figures
from people.actions.system import system_user
from records.backfill import backfill
from tests.agreements_at import answer
from tests.assurance.planned import existing
from tests.cast import Cast

pytestmark = pytest.mark.django_db
NOON = timezone.now().replace(hour=0, minute=30, second=0, microsecond=0)


@pytest.fixture
def cast() -> Cast:
    return Cast()


def days_ago(days: int) -> datetime:
    """About noon of that day, in New Zealand."""
    return NOON - timedelta(days=days)


def recorded(cast: Cast, when: datetime, title: str, **scope: Any) -> Agreement:
    """An arrangement in use, recorded on that day through the door for the past."""
    with backfill(by=system_user("test"), why="Test", start=when, end=when) as door, door.at(when):
        return existing(cast, title, now=when, **scope)


def by_key(cast: Cast, on: date) -> dict[str, Figure]:
    return {one.key: one for one in figures(cast.agency, on)}


def test_a_past_day_stays_as_it_was_whatever_is_recorded_since(cast: Cast) -> None:
    kept = recorded(cast, days_ago(20), "Kept")
    recorded(cast, days_ago(20), "Not settled", public_service="unknown")
    recorded(cast, days_ago(20), "Among agencies", outside_state_services="no")
    then = localdate(days_ago(10))
    before = by_key(cast, then)
    whole = before["population"]
    assert (whole.value, whole.of, whole.unknown, whole.later) == (1, 2, 1, 0)
    assert (whole.words, whole.beside, whole.is_whole) == ("1 of 2", "1 unknown", False)
    assert {row.title: row.note for row in whole.rows} == {
        "Kept": "",
        "Not settled": "Nobody knows whether the Standard applies",
    }
    assert before["population.kind.deed"].words == "2 of 2"
    assert before["population.risk.unknown"].value == 2

    answer(kept, "scope", cast.privacy_officer, outside_state_services="no")
    existing(cast, "Came later", now=timezone.now())
    after = by_key(cast, then)
    assert after["population"].later == 1, "signed in 2019, recorded today: named, and not counted"
    assert {key: one.words for key, one in after.items()} == {key: one.words for key, one in before.items()}
    assert [row.title for row in after["population"].rows] == [row.title for row in whole.rows]
    today = by_key(cast, localdate())
    assert [row.title for row in today["population"].rows] == ["Not settled", "Came later"]


def test_what_ended_is_counted_until_its_day_and_an_agency_counts_its_own(cast: Cast) -> None:
    made = recorded(cast, days_ago(20), "Ends")
    over = days_ago(5)
    with backfill(by=system_user("test"), why="Test", start=over, end=over) as door, door.at(over):
        perform(
            agreement=Agreement.objects.get(pk=made.pk), step="end", by=cast.privacy_officer, now=over, reason="Over",
            disposal="destroy", disposal_note="Certificate 7",
        )  # fmt: skip
    assert by_key(cast, localdate(days_ago(6)))["population"].value == 1
    assert by_key(cast, localdate(over))["population"].value == 0
    assert by_key(cast, localdate(days_ago(30)))["population"].of == 0
    assert figures(Cast("OTH", "Other Ministry").agency, localdate())[0].of == 0


def test_queries_do_not_grow_with_agreements(cast: Cast) -> None:
    counted = []
    for many in (1, 3):
        for number in range(many):
            existing(cast, f"One of {many}, {number}", now=timezone.now())
        with CaptureQueriesContext(
            connection,
        ) as caught:
            figures(cast.agency, localdate())
        counted.append(len(caught))
    assert counted[0] == counted[1]
