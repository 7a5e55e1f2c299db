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
from agreements.models import Agreement
from assurance.actions.plan_item import item_values, move_item
from assurance.figures.base import Figure, figures
from assurance.models import PlanItem
from conflicts.actions.declaration import say, submit_declaration
from conflicts.actions.invitation import begin_answer, excuse
from conflicts.actions.round import create_round, launch_round
from conflicts.choices import Said
from conflicts.models import Round
from people.actions.person import change_person, mark_left
from people.actions.placement import place
from people.actions.system import system_user
from people.models import User
from people.roles import Role
from records.backfill import backfill
from tests.agreements_at import answer
from tests.assurance.figures.recounted import different
from tests.assurance.planned import existing
from tests.cast import Cast
from tests.declaring import D, Team, declaration_at

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def team(cast: Cast) -> Team:
    return Team(cast)


def days_ago(days: int) -> datetime:
    """So many days before now."""
    return NOW - timedelta(days=days)


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
    """Counted again from the history tables, which the figures never read (design.md section 6)."""
    first, second = recorded(cast, days_ago(20), "First"), recorded(cast, days_ago(18), "Second")
    recorded(cast, days_ago(16), "Third", public_service="unknown")
    moved(cast, first, days_ago(14), state="in_progress")
    moved(cast, first, days_ago(10), state="done", although_open=True)
    ended(cast, second, days_ago(8))
    found = {}
    for days in (25, 19, 17, 15, 12, 9, 5, 0):
        day = localdate(days_ago(days))
        told = by_key(cast, day)
        assert different(cast.agency, day, told.values()) == {}
        keys = ("population", "plan.all.done", "plan.all.in_progress", "plan.all.not_started")
        found[days] = [(told[key].value, told[key].unknown) for key in keys]
    assert found[25] == [(0, 0)] * 4
    assert found[12] == [(2, 1), (0, 0), (1, 0), (2, 0)]
    assert found[0] == [(1, 1), (1, 0), (0, 0), (1, 0)]
    nobody = Figure("new", "A figure that nobody counts again", "", 3)
    assert different(cast.agency, day, [*told.values(), nobody]) == {"new": (("3", 0), None)}


def test_who_was_here_and_asked_is_read_as_it_was_recorded_by_the_day(cast: Cast) -> None:
    """Senior leaders named since, people excused since and those said to have left long ago change no past day."""
    then, day = days_ago(30), localdate(days_ago(30))
    with backfill(by=system_user("test"), why="Test", start=then, end=then) as door, door.at(then):
        team = Team(cast)
        people = [cast.user(Role.STAFF_MEMBER, f"Person {number}") for number in range(12)]
        for user in people[:6]:
            change_person(person=user.who, values={"senior": True}, by=cast.administrator)
        asked = launched(cast, then, day)
        for user in people[:9]:
            answer_round(asked, user, then)
    before = by_key(cast, day)
    assert before["conflicts.coverage"].words == f"9 of {asked.invitations.count()}"
    assert before["conflicts.senior"].words == "6 of 6"
    assert different(cast.agency, day, before.values()) == {}

    now, today = timezone.now(), localdate()
    waiting = asked.invitations.get(person=people[10].who)
    excuse(invitation=waiting, reason="On leave", by=cast.integrity_champion, now=now)
    mark_left(person=people[11].who, left_on=day - timedelta(days=5), by=cast.administrator, on=today)
    change_person(person=people[0].who, values={"senior": False}, by=cast.administrator)
    change_person(person=team.staff.who, values={"senior": True}, by=cast.administrator)
    after, told = by_key(cast, day), by_key(cast, today)
    assert {key: one.words for key, one in after.items()} == {key: one.words for key, one in before.items()}
    assert told["conflicts.coverage"].words == f"9 of {asked.invitations.count() - 2}"
    assert told["conflicts.senior"].words == "All but fewer than 5 of 6"
    assert different(cast.agency, day, after.values()) == {}
    assert different(cast.agency, today, told.values()) == {}


def launched(cast: Cast, now: datetime, day: date) -> Round:
    values = {"title": "Yearly", "occasion": "annual", "opens_on": day, "due_on": day + timedelta(days=60)}
    made = create_round(values=values, units=[], by=cast.integrity_champion)
    return launch_round(round_=made, by=cast.integrity_champion, now=now)


def answer_round(asked: Round, user: User, now: datetime) -> None:
    draft = begin_answer(invitation=asked.invitations.get(person=user.who), by=user, now=now)
    say(declaration=draft, said=Said.NIL, by=user)
    submit_declaration(declaration=draft, by=user, now=now)


def test_conflicts_are_counts_without_a_handful_and_exceptions_are_those_in_force(team: Team) -> None:
    declaration_at(D.MONITORING, team)
    hemi = team.cast.user(Role.STAFF_MEMBER, "Hemi")
    place(person=hemi.who, on=date(2024, 1, 1), by=team.cast.administrator, manager=team.manager.who)
    declaration_at(D.UNMANAGEABLE, Team.around(team, hemi))
    for number in range(5):
        declaration_at(D.NO_CONFLICT, Team.around(team, team.member(f"Person {number}")))
    found = by_key(team.cast, localdate())
    assert found["conflicts.decided.none"].words == "5"
    assert different(team.cast.agency, localdate(), found.values()) == {}
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
