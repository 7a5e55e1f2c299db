"""The calendar feed, read as a calendar program would."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from agreements.choices import Status
from people.actions.delegation import add_delegation
from people.actions.person import mark_left
from people.actions.reminders import close_calendar, open_calendar
from people.actions.user import deactivate
from people.calendar import address_of, secret_of
from people.models import Power, Reminders, User
from tests.agreements_at import agreement_at, answer
from tests.cast import Cast

# The clocks of New Zealand change on this day: it is still one whole day.
SPRING = date(2027, 9, 26)


def own(cast: Cast, user: User, title: str = "School attendance liaison") -> str:
    """A signed agreement that the user owns: reviewed on SPRING, ends on 30 June 2029."""
    agreement = agreement_at(Status.SIGNED, cast, title=title)
    answer(agreement, "ownership", cast.privacy_officer, owner=user.who, review_due_on=SPRING)
    return agreement.reference


def address(user: User) -> str:
    """Where the user's newly opened calendar is, without the host."""
    whole = address_of(open_calendar(by=user))
    assert whole.startswith("http://localhost:8000/calendar/")
    return whole.removeprefix("http://localhost:8000")


def events(where: str) -> dict[str, tuple[date, date]]:
    """What stands there, read by nobody who is signed in."""
    response = Client().get(where)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Cache-Control"] == "private, no-store"
    found = Calendar.from_ical(response.content).walk("VEVENT")
    return {str(event["SUMMARY"]): (event.decoded("DTSTART"), event.decoded("DTEND")) for event in found}


def test_reviews_ends_and_delegations_as_whole_days_without_titles(cast: Cast) -> None:
    user = cast.business_owner
    reference = own(cast, user)
    last = date(2028, 4, 2)
    values = {
        "giver": cast.chief_executive.who, "holder": user.who, "power": Power.ACCEPT_RISK,
        "starts_on": date(2026, 1, 1), "ends_on": last, "document": "Instrument 12",
    }  # fmt: skip
    made = add_delegation(agency=cast.agency, values=values, by=cast.administrator, on=date(2026, 1, 1))
    where, day = address(user), timedelta(days=1)
    assert events(where) == {
        f"Review of {reference}": (SPRING, SPRING + day),
        f"End of {reference}": (date(2029, 6, 30), date(2029, 7, 1)),
        f"End of delegation {made.pk}": (last, last + day),
    }
    raw = Client().get(where).content.decode()
    assert "DTSTART;VALUE=DATE:20270926" in raw
    assert "TZID" not in raw, "a whole day has no time zone"
    assert "attendance" not in raw
    assert f"URL:http://localhost:8000/agreements/{reference}/" in raw
    assert len({str(each["UID"]) for each in Calendar.from_ical(raw).walk("VEVENT")}) == 3
    assert max(len(line.encode()) for line in raw.split("\r\n")) <= 75


def test_only_what_the_person_may_see_now(cast: Cast) -> None:
    other = Cast("NRA", "National Records Agency")
    own(cast, cast.business_owner)
    own(other, other.business_owner)
    assert len(events(address(cast.business_owner))) == 2
    assert events(address(other.business_owner)).keys().isdisjoint(events(address(cast.business_owner)))
    assert events(address(cast.staff_member)) == {}
    own(cast, cast.staff_member)
    assert events(address(cast.staff_member)) == {}, "whoever has no role reads no agreement, though they own it"


def test_a_forwarded_address_dies_when_the_person_leaves(cast: Cast) -> None:
    where, closed = address(cast.business_owner), address(cast.approver)
    today = timezone.localdate()
    mark_left(person=cast.business_owner.who, left_on=today, by=cast.administrator, on=today)
    deactivate(user=cast.approver, by=cast.administrator, on=today, reason="Long leave")
    assert [Client().get(path).status_code for path in (where, closed)] == [404, 404]


def test_a_new_address_ends_the_old_one_and_closing_ends_both_for_good(cast: Cast) -> None:
    first = address(cast.auditor)
    second = address(cast.auditor)
    assert first != second
    assert (Client().get(first).status_code, Client().get(second).status_code) == (404, 200)
    close_calendar(by=cast.auditor)
    assert Client().get(second).status_code == 404
    third = address(cast.auditor)
    assert third not in {first, second}


@pytest.mark.parametrize("change", [lambda s: s[:-1], lambda s: "9" + s, lambda s: s.replace(".", ""), lambda s: "x"])
def test_nobody_guesses_an_address(cast: Cast, change: "object") -> None:
    secret = secret_of(open_calendar(by=cast.auditor))
    assert len(secret.partition(".")[2]) >= 43, "256 bits"
    assert Client().get(reverse("calendar", args=[change(secret)])).status_code == 404  # type: ignore[operator]


def test_the_secret_is_kept_nowhere(cast: Cast) -> None:
    reminders = open_calendar(by=cast.auditor)
    signature = secret_of(reminders).partition(".")[2]
    rows = [*Reminders.objects.values(), *Reminders.history.values()]
    assert rows
    assert not [row for row in rows if signature in str(row)]
