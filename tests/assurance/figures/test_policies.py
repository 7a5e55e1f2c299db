"""Policies and privacy maturity as at a day (L0): the same for a past day whatever is recorded today."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from django.utils.timezone import localdate

from assurance.actions.maturity_answer import rate_element
from assurance.actions.policy import step_policy
from assurance.figures import maturity, policies
from assurance.figures.base import Figure
from assurance.years import last_finished
from people.actions.system import system_user
from records.backfill import backfill
from tests.assurance.yearly import policy_of
from tests.cast import Cast

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = localdate(NOW)
THEN = NOW - timedelta(days=20)


def as_at(cast: Cast, day: date) -> dict[str, Figure]:
    found = [*policies.figures_of(cast.agency, day), *maturity.figures_of(cast.agency, day)]
    return {one.key: one for one in found}


def at(when: datetime) -> Any:
    return backfill(by=system_user("test"), why="Test", start=when, end=when)


def numbers(figures: dict[str, Figure]) -> dict[str, tuple[str, int, list[str]]]:
    return {key: (one.words, one.unknown, [row.title for row in one.rows]) for key, one in figures.items()}


def rate(cast: Cast, key: str, level: str, when: datetime) -> None:
    rate_element(
        key=key, year=last_finished(TODAY), level=level, comment="", facts=[], seen=0, by=cast.privacy_officer, now=when
    )


def test_a_past_day_stays_as_it_was() -> None:
    cast, day = Cast(), localdate(THEN) + timedelta(days=1)
    with at(THEN) as door, door.at(THEN):
        late = policy_of(cast, "Late", next_review=localdate(THEN), now=THEN)
        policy_of(cast, "Good", area="contracts", next_review=TODAY + timedelta(days=400), now=THEN)
        rate(cast, "open", "managed", THEN)
        rate(cast, "roles", "informal", THEN)
    before = as_at(cast, day)
    assert before["policies.current"].words == "1 of 2"
    assert [row.title for row in before["policies.current"].rows] == ["Late"]
    assert [row.title for row in before["policies.areas"].rows] == ["Conflicts of interest"]
    assert (before["maturity.foundational"].words, before["maturity.foundational"].unknown) == ("1 of 16", 14)
    assert not before["maturity.foundational"].is_whole

    review = {"kind": "reviewed", "on": TODAY, "next_review": TODAY + timedelta(days=100), "note": ""}
    step_policy(policy=late, values=review, by=cast.privacy_officer, now=NOW)
    policy_of(cast, "Came later", area="conflicts", next_review=TODAY + timedelta(days=9), now=NOW)
    rate(cast, "planning", "managed", NOW)
    after, today = as_at(cast, day), as_at(cast, TODAY)
    assert numbers(after) == numbers(before)
    assert after["policies.current"].later == 1, "approved a year ago, recorded today: named, and not counted"
    assert after["maturity.foundational"].later == 1
    assert today["policies.current"].words == "3 of 3"
    assert today["policies.areas"].is_whole
    assert today["maturity.foundational"].words == "2 of 16"
    withdrawn = {"kind": "withdrawn", "on": TODAY, "next_review": None, "note": "Folded into another"}
    step_policy(policy=late, values=withdrawn, by=cast.privacy_officer, now=NOW)
    assert as_at(cast, TODAY)["policies.current"].words == "2 of 2"
    other = as_at(Cast("OTH", "Other Ministry"), TODAY)
    assert (other["policies.current"].words, other["policies.areas"].words) == ("None to count", "0 of 3")
