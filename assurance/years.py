"""Financial years: 1 July to 30 June, called by the calendar year in which they end (Public Finance Act 1989)."""

from datetime import date

FIRST = 2013  # the first approved information sharing agreements are of this year
JULY = 7


def financial_year(on: date) -> int:
    """The year that a day lies in: 2026 for 1 July 2025 and for 30 June 2026."""
    return on.year + (on.month >= JULY)


def last_finished(on: date) -> int:
    """The last year that is over on a day."""
    return financial_year(on) - 1


def begins(year: int) -> date:
    """Its first day."""
    return date(year - 1, 7, 1)


def ends(year: int) -> date:
    """Its last day."""
    return date(year, 6, 30)


def called(year: int) -> str:
    """`2025/26`, as annual reports name it."""
    return f"{year - 1}/{year % 100:02d}"


def is_known(year: int, on: date) -> bool:
    """Whether a report of it can exist on a day: it has begun, and is not from before there was any."""
    return FIRST <= year <= financial_year(on)
