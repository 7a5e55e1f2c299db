"""Assurance performed and findings as at a past day: the same whatever is recorded since."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from assurance.actions.action import add_action
from assurance.actions.activity import do_activity, move_activity
from assurance.actions.finding import accept_risk, close_finding, open_finding
from assurance.figures.base import figures
from assurance.figures.work import figures_of
from assurance.models import Activity
from people.actions.system import system_user
from records.backfill import backfill
from tests.assurance.figures.recounted import different
from tests.assurance.figures.test_base import days_ago, recorded
from tests.assurance.working import SHOWN
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_what_is_recorded_today_changes_no_past_day(cast: Cast) -> None:
    made = recorded(cast, days_ago(400), "Old")
    audit, confirmation = (Activity.objects.get(agreement=made, kind=kind) for kind in ("audit", "confirmation"))
    day = days_ago(100)
    with backfill(by=system_user("test"), why="Test", start=day, end=day) as door, door.at(day):
        values = {"done_on": localdate(day), "outcome": "partly", "summary": "Half of it"}
        do_activity(activity=audit, values=values, shown=SHOWN, finding={"severity": "high"}, by=cast.auditor, now=day)
        finding = open_finding(
            values={"title": "No policy", "detail": "None", "severity": "low"}, by=cast.auditor, now=day
        )
        due = localdate(day) + timedelta(days=20)
        add_action(finding=finding, what="Write", owner=cast.auditor.who, due_on=due, by=cast.auditor, now=day)
    then = localdate(days_ago(30))
    before = figures_of(cast.agency, then)
    told = {one.key: one.words for one in before}
    assert told["work.done"] == told["work.done.audit"] == "1"
    assert told["work.poor"] == "1 of 1"
    assert told["work.late"] == "1 of 2"  # the confirmation was due 90 days after it was recorded
    assert (told["findings.open"], told["findings.bad"], told["findings.late"]) == ("2", "1 of 2", "1 of 2")
    assert told["findings.accepted"] == "0 of 2"

    now = days_ago(0)
    values = {"done_on": then, "outcome": "satisfactory", "summary": "Sent"}
    move_activity(
        activity=confirmation, due_on=localdate(now) + timedelta(days=9), responsible=None, why="They asked",
        by=cast.auditor, now=now,
    )  # fmt: skip
    do_activity(activity=confirmation, values=values, shown=SHOWN, by=cast.auditor, now=now)
    until = localdate(now) + timedelta(days=9)
    accept_risk(finding=finding, why="It ends", until_on=until, by=cast.chief_executive, now=now)
    close_finding(finding=made.findings.get(), why="Put right", by=cast.privacy_officer, now=now)
    after = figures_of(cast.agency, then)
    assert {one.key: one.words for one in after} == told
    assert {one.key: one.later for one in after}["work.done"] == 1
    for on in (then, localdate()):
        assert different(cast.agency, on, figures(cast.agency, on)) == {}
    today = {one.key: one.words for one in figures_of(cast.agency, localdate())}
    assert (today["work.done"], today["work.late"], today["findings.open"]) == ("2", "0 of 2", "1")
    assert today["findings.accepted"] == "1 of 1"
