"""Days far in the past and future do not break a check; cohorts by the day of signing."""

from datetime import date, timedelta

STANDARD_FROM = date(2025, 7, 1)  # domain.md 8.5 rule 21: signed on this day is in
LETTER_OF = date(2025, 2, 18)
DAYS_A_MONTH = 30.44


def later(day: date, days: int) -> date:
    """``days`` after a day; the last day of the calendar where that lies beyond it."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def months_later(day: date, months: int) -> date:
    """About so many months after a day."""
    return later(day, round(months * DAYS_A_MONTH))


def cohort(signed_on: date | None) -> str:
    """By the day of signing: new (on or after 1 July 2025, or not signed), interim, or existing (L1.5, L1.6)."""
    if signed_on is None or signed_on >= STANDARD_FROM:
        return "new"
    return "interim" if signed_on >= LETTER_OF else "existing"
