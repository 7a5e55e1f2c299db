"""Figures of breaches, concerns and complaints stay as they were on a past day, whatever is recorded since."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.timezone import localdate

from agreements.digest import digest
from assurance.actions.breach import breach_values, change_breach, record_breach
from assurance.actions.breach_told import close_breach, commissioner_notified, decide_breach
from assurance.actions.complaint import close_complaint, record_complaint
from assurance.actions.concern import raise_concern
from assurance.actions.concern_handling import close_concern
from assurance.figures import breaches, concerns
from assurance.figures.base import Figure, figures
from assurance.models import PrivacyBreach
from people.actions.system import system_user
from records.backfill import backfill
from tests.assurance.concerned import WORDS
from tests.assurance.figures.recounted import different
from tests.cast import Cast

pytestmark = pytest.mark.django_db
NOW = timezone.now()
THEN, DAY = NOW - timedelta(days=20), timedelta(days=1)


def told(cast: Cast, days: int, title: str, **given: object) -> PrivacyBreach:
    """A breach recorded so many days ago, a day after it was known."""
    when = NOW - timedelta(days=days)
    values: dict[str, object] = {"kind": "breach", "title": title, "what_happened": "x", "severity": "minor"}
    values |= {"contained": "yes", "agency_aware_at": when - DAY}
    with backfill(by=system_user("test"), why="Test", start=when, end=when) as door, door.at(when):
        return record_breach(values=values | given, by=cast.privacy_officer, now=when)


def said(found: list[Figure]) -> dict[str, tuple[str, str, int]]:
    return {one.key: (one.words, one.beside, len(one.rows)) for one in found}


def test_breaches_of_a_past_day_stay_what_is_recorded_since_is_said_apart() -> None:
    cast, on = Cast(), localdate(THEN)
    by = cast.privacy_officer
    told(cast, 500, "Long ago")
    first, miss = told(cast, 30, "A"), told(cast, 29, "B", kind="near_miss")
    with backfill(by=system_user("test"), why="Test", start=THEN, end=THEN) as door, door.at(THEN):
        decide_breach(breach=first, notifiable=True, reasons="x", by=by, now=THEN)
    before = said(breaches.figures_of(cast.agency, on))
    assert before["breaches.recorded"] == ("1", "", 1)
    assert before["breaches.near_misses"] == ("1", "", 1)
    assert before["breaches.notifiable"] == ("1 of 1", "", 1)
    assert before["breaches.told"] == ("0 of 1", "", 0)
    commissioner_notified(breach=first, at=THEN - DAY, reference="", by=by, now=NOW)
    decide_breach(breach=first, notifiable=True, reasons="y", by=by, now=NOW)
    stands = breach_values(PrivacyBreach.objects.get(pk=miss.pk))
    change_breach(breach=miss, values=stands | {"kind": "breach"}, seen=digest(stands), by=by, now=NOW)
    told(cast, 0, "Known then, recorded now", agency_aware_at=THEN - DAY)
    after = said(breaches.figures_of(cast.agency, on))
    assert after.pop("breaches.recorded") == ("1", "1 recorded later, not counted", 1)
    before.pop("breaches.recorded")
    assert after == before
    now = said(breaches.figures_of(cast.agency, localdate(NOW)))
    assert now["breaches.recorded"][0] == "3"
    assert now["breaches.notifiable"] == ("1 of 3", "2 unknown", 1)
    assert now["breaches.told"][0] == "1 of 1"
    assert now["breaches.soon"][0] == "0 of 1", "eleven days after anybody knew"
    assert "A" not in [row.title for one in breaches.figures_of(cast.agency, on) for row in one.rows]
    other = Cast("OTH", "Other Ministry").agency
    assert {one.value for one in breaches.figures_of(other, on)} == {0}
    assert {words for words, *_ in said(breaches.figures_of(other, on)).values()} <= {"0", "None to count"}
    decide_breach(breach=miss, notifiable=False, reasons="x", by=by, now=NOW)
    close_breach(breach=miss, lessons="x", by=by, now=NOW)
    assert said(breaches.figures_of(cast.agency, on)) | {"breaches.recorded": ()} == before | {"breaches.recorded": ()}
    for day in (on, localdate()):
        assert different(cast.agency, day, figures(cast.agency, day)) == {}


def raised(cast: Cast, code: str, on: date) -> None:
    given = {"agency": cast.agency, "values": WORDS, "anonymous": True, "by": system_user("concern")}
    raise_concern(**given, receipt=code, on=on)  # type: ignore[arg-type]


def test_concerns_and_complaints_are_counted_and_never_a_handful() -> None:
    cast, on = Cast(), localdate(THEN)
    by, when = cast.privacy_officer, THEN - timedelta(hours=1)
    values = {"source": "person", "text": "x", "received_on": localdate(when)}
    with backfill(by=system_user("test"), why="Test", start=when, end=when) as door, door.at(when):
        for number in range(6):
            raised(cast, str(number), on - 14 * DAY)
            one = record_complaint(values=values | {"theme": "use"}, by=by, now=when)
        record_complaint(values=values | {"theme": "access"}, by=by, now=when)
    before = said(concerns.figures_of(cast.agency, on))
    assert before["concerns.raised"][0] == before["concerns.open"][0] == "6"
    assert before["concerns.in_time"][0] == "0 of 6"
    assert before["complaints.received"][0] == "7"
    assert before["complaints.access"][0] == "Fewer than 5"
    assert before["complaints.use"][0] != "6", "it would tell the hidden one"
    assert {rows for *_, rows in before.values()} == {0}
    assert 1 not in {one.value for one in concerns.figures_of(cast.agency, on)}
    concern = cast.agency.concerns.earliest("pk")
    close_concern(concern=concern, outcome="partly", answer="x", by=by, now=NOW)
    close_complaint(complaint=one, outcome="upheld", answer="x", by=by, now=NOW)
    raised(cast, "new", localdate(NOW))
    record_complaint(values=values | {"theme": "use"}, by=by, now=NOW)
    after = said(concerns.figures_of(cast.agency, on))
    assert after.pop("complaints.received")[1] == "1 recorded later, not counted"
    before.pop("complaints.received")
    assert after == before
    for day in (on, localdate()):
        assert different(cast.agency, day, figures(cast.agency, day)) == {}
    with CaptureQueriesContext(connection) as asked:
        concerns.figures_of(cast.agency, on)
        breaches.figures_of(cast.agency, on)
    assert len(asked) <= 6
