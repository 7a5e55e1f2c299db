"""Quarters of the calendar year: a target is the last day of one."""

from calendar import monthrange
from datetime import date

AHEAD = 12  # quarters that a target can be set ahead


def end_of_quarter(on: date) -> date:
    """The last day of the quarter that a day lies in."""
    month = on.month + (-on.month) % 3
    return date(on.year, month, monthrange(on.year, month)[1])


def quarters_from(on: date) -> list[date]:
    """The last days of this quarter and of those that a target may be set to."""
    found = [end_of_quarter(on)]
    for _ in range(AHEAD):
        last = found[-1]
        year, month = (last.year + 1, 3) if last.month == 12 else (last.year, last.month + 3)
        found.append(date(year, month, monthrange(year, month)[1]))
    return found
