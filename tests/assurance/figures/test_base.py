"""Figures of a past day stay as they were, whatever is recorded since; what is unknown stands apart."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.timezone import localdate

from agreements.actions.status import perform
from agreements.digest import digest
from agreements.models import Agreement, Terms
from assurance.actions.plan_item import item_values, move_item
from assurance.figures.base import Figure, figures
from assurance.models import PlanItem
from people.actions.placement import place
from people.actions.system import system_user
from people.roles import Role
from records.as_at import end_of
from records.backfill import backfill
from tests.agreements_at import answer
from tests.assurance.planned import existing
from tests.cast import Cast
from tests.declaring import D, Team, declaration_at

pytestmark = pytest.mark.django_db
NOON = timezone.now().replace(hour=0, minute=30, second=0, microsecond=0)


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def team(cast: Cast) -> Team:
    return Team(cast)


def days_ago(days: int) -> datetime:
    """About noon of that day, in New Zealand."""
    return NOON - timedelta(days=days)


def recorded(cast: Cast, when: datetime, title: str, **scope: Any) -> Agreement:
    """An arrangement in use, recorded on that day through the door for the past."""
    with backfill(by=system_user("test"), why="Test", start=when, end=when) as door, door.at(when):
        return existing(cast, title, now=when, **scope)


def ended(cast: Cast, made: Agreement, when: datetime) -> None:
    with backfill(by=system_user("test"), why="Test", start=when, end=when) as door, door.at(when):
        perform(
            agreement=Agreement.objects.get(pk=made.pk), step="end", by=cast.privacy_officer, now=when, reason="Over",
            disposal="destroy", disposal_note="Certificate 7",
        )  # fmt: skip


def moved(cast: Cast, made: Agreement, when: datetime, state: str, *, although_open: bool = False) -> None:
    item = PlanItem.objects.select_related("agreement").get(agreement=made)
    values = item_values(item) | {"state": state}
    with backfill(by=system_user("test"), why="Test", start=when, end=when) as door, door.at(when):
        move_item(
            item=item, values=values, why="As agreed", seen=digest(item_values(item)), by=cast.privacy_officer,
            now=when, although_open=although_open,
        )  # fmt: skip


def by_key(cast: Cast, on: date) -> dict[str, Figure]:
    return {one.key: one for one in figures(cast.agency, on)}


def test_a_past_day_stays_as_it_was_whatever_is_recorded_since(cast: Cast) -> None:
    kept = recorded(cast, days_ago(20), "Kept")
    recorded(cast, days_ago(20), "Not settled", public_service="unknown")
    recorded(cast, days_ago(20), "Among agencies", outside_state_services="no")
    then = localdate(days_ago(10))
    before = by_key(cast, then)
    whole = before["population"]
    assert (whole.value, whole.of, whole.unknown, whole.later) == (1, None, 1, 0)
    assert (whole.words, whole.beside, whole.is_whole) == ("1", "1 unknown", False)
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
    ended(cast, made, over)
    assert by_key(cast, localdate(days_ago(6)))["population"].value == 1
    assert by_key(cast, localdate(over))["population"].value == 0
    other = {one.key: one for one in figures(Cast("OTH", "Other Ministry").agency, localdate())}
    assert (other["population"].value, other["provisions.audit"].words) == (0, "None to count")
    assert other["implemented"].words.startswith("Not known")


def test_history_gives_the_same_numbers(cast: Cast) -> None:
    """Recomputed from the history tables, which the figures never read (design.md section 6)."""
    first, second = recorded(cast, days_ago(20), "First"), recorded(cast, days_ago(18), "Second")
    recorded(cast, days_ago(16), "Third", public_service="unknown")
    moved(cast, first, days_ago(14), state="in_progress")
    moved(cast, first, days_ago(10), state="done", although_open=True)
    ended(cast, second, days_ago(8))
    found = {}
    for days in (25, 19, 17, 15, 12, 9, 5, 0):
        day = localdate(days_ago(days))
        told = by_key(cast, day)
        keys = ("population", "plan.all.done", "plan.all.in_progress", "plan.all.not_started")
        found[days] = [(told[key].value, told[key].unknown) for key in keys]
        assert found[days] == from_history(day)
    assert found[25] == [(0, 0)] * 4
    assert found[12] == [(2, 1), (0, 0), (1, 0), (2, 0)]
    assert found[0] == [(1, 1), (1, 0), (0, 0), (1, 0)]


def newest(model: Any, until: datetime) -> list[Any]:
    rows = model.history.filter(history_date__lt=until).order_by("id", "-history_id")
    return list(rows.distinct("id"))


def from_history(day: date) -> list[tuple[int, int]]:
    """Population with its unknowns, and the plan by state, as the newest history rows of the day have them."""
    until = end_of(day)
    agreements = [one for one in newest(Agreement, until) if one.status in {"signed", "suspended"}]
    terms = {one.agreement_id: one for one in newest(Terms, until)}
    scope = [terms[one.id] for one in agreements if terms[one.id].outside_state_services != "no"]
    unsure = sum(one.public_service == "unknown" for one in scope)
    items = [one for one in newest(PlanItem, until) if one.left_on is None or one.state == "done"]
    states = [sum(one.state == state for one in items) for state in ("done", "in_progress", "not_started")]
    return [(len(scope) - unsure, unsure), *((number, 0) for number in states)]


def test_conflicts_are_counts_without_a_handful_and_exceptions_are_those_in_force(team: Team) -> None:
    declaration_at(D.MONITORING, team)
    hemi = team.cast.user(Role.STAFF_MEMBER, "Hemi")
    place(person=hemi.who, on=date(2024, 1, 1), by=team.cast.administrator, manager=team.manager.who)
    declaration_at(D.UNMANAGEABLE, Team.around(team, hemi))
    found = by_key(team.cast, localdate())
    assert found["conflicts.coverage"].words == "No round was held"
    for key in ("conflicts.decided.manageable", "conflicts.decided.unmanageable", "conflicts.plans"):
        assert (found[key].value, found[key].words, found[key].rows) == (0, "Fewer than 5", ())
    assert found["conflicts.not_kept"].words == "0"
    assert found["exceptions.in_force"].words == "0"
    assert by_key(team.cast, date(2026, 7, 1))["conflicts.plans"].words == "0"


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
