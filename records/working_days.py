"""Working days in New Zealand: Monday to Friday without national public holidays (Holidays Act 2003, section 44)."""

from datetime import date, timedelta
from functools import cache

import holidays

SATURDAY = 5  # as date.weekday() counts


def is_working_day(day: date) -> bool:
    """Whether offices work on that day. Regional anniversary days differ by place, and count as working days."""
    return day.weekday() < SATURDAY and day not in _public_holidays()


def working_days_after(day: date, count: int) -> date:
    """The working day that lies that many working days after ``day``; with none, the day itself."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


def working_days_before(day: date, count: int) -> date:
    """The working day that lies that many working days before ``day``; with none, the day itself."""
    while count > 0:
        day -= timedelta(days=1)
        count -= is_working_day(day)
    return day


@cache
def _public_holidays() -> holidays.HolidayBase:
    """It fills in each year when it is first asked about."""
    return holidays.country_holidays("NZ")
