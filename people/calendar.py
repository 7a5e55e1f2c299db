"""The calendar of what is due for one person: its secret address, and what stands in it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils.module_loading import import_string
from icalendar import Calendar, Event

from people.models import Reminders, User
from people.sign_in.backend import user_now

SIGNER = Signer(salt="people.calendar", sep=".")


@dataclass(frozen=True)
class Day:
    """Something on a day: what kind of thing with the reference of its record, and the page it leads to."""

    what: str
    on: date
    url: str


def secret_of(reminders: Reminders) -> str:
    """What stands in the address: whose, which number, and a signature that nobody guesses."""
    return SIGNER.sign(f"{reminders.person_id}-{reminders.calendar_number}")


def address_of(reminders: Reminders | None) -> str:
    """The whole address; empty where the calendar is closed."""
    if reminders is None or not reminders.calendar_open:
        return ""
    return settings.PUBLIC_ADDRESS.rstrip("/") + reverse("calendar", args=[secret_of(reminders)])


def reader_of(secret: str) -> User | None:
    """Whose calendar it is; None for a wrong, renewed or closed address, and for whoever may no longer sign in."""
    try:
        person, _, number = SIGNER.unsign(secret).partition("-")
    except BadSignature:
        return None
    found = Reminders.objects.filter(person=int(person), calendar_number=int(number), calendar_open=True)
    user = found.values_list("person__user", flat=True).first()
    return user_now(user) if user else None


def calendar_for(user: User, now: datetime) -> bytes:
    """Whole days (settings.CALENDAR_DAYS), with references and no titles.

    A whole day has no time and so no time zone: it is the same day wherever the calendar is read.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.REGISTER_NAME}//Due dates//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"{settings.REGISTER_NAME}: what is due")
    calendar.add("refresh-interval", timedelta(hours=12), parameters={"value": "DURATION"})
    for path in settings.CALENDAR_DAYS:
        for day in import_string(path)(user):
            calendar.add_component(_event(day, user, now))
    return calendar.to_ical()


def _event(day: Day, user: User, now: datetime) -> Event:
    event = Event()
    # The same thing moved to another day is the same event.
    event.add(
        "uid", f"{day.what.lower().replace(' ', '-')}-{user.person_id}@{urlsplit(settings.PUBLIC_ADDRESS).hostname}"
    )
    event.add("dtstamp", now)
    event.add("dtstart", day.on)
    event.add("dtend", day.on + timedelta(days=1))
    event.add("summary", day.what)
    event.add("url", settings.PUBLIC_ADDRESS.rstrip("/") + day.url)
    event.add("transp", "TRANSPARENT")
    return event
