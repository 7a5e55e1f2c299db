"""What assurance puts into somebody's calendar, room by room (settings.CALENDAR_DAYS)."""

from assurance import aisa_due, breach_due, complaint_due, concern_due, due, statement_due, work_due, yearly_due
from people.calendar import Day
from people.models import User

ROOMS = (due, work_due, breach_due, concern_due, complaint_due, statement_due, yearly_due, aisa_due)


def calendar_of(user: User) -> list[Day]:
    """The days of every room."""
    return [day for room in ROOMS for day in room.calendar_of(user)]
