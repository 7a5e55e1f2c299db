"""What assurance puts into somebody's calendar, room by room (settings.CALENDAR_DAYS)."""

from assurance.due import aisa_report, breach, complaint, concern, plan, statement, work, yearly
from people.calendar import Day
from people.models import User

ROOMS = (plan, work, breach, concern, complaint, statement, yearly, aisa_report)


def calendar_of(user: User) -> list[Day]:
    """The days of every room."""
    return [day for room in ROOMS for day in room.calendar_of(user)]
