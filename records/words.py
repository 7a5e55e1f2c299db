"""Dates, distances, numbers and answers as people read them in New Zealand. Pure; the clock is passed in."""

from datetime import date, datetime

from django.utils import timezone

# A day and its month, an hour and its half of the day, never stand on two lines.
NO_BREAK = "\N{NO-BREAK SPACE}"
NOT_RECORDED = "Not recorded"
ANSWERS = {"yes": "Yes", "no": "No", "unknown": "We do not know yet"}


def nz_date(value: date | datetime | None) -> str:
    """`1 July 2025`; a moment is taken in New Zealand's time; nothing gives an empty string."""
    if not value:
        return ""
    day = _local(value)
    return f"{day.day}{NO_BREAK}{day:%B} {day.year}"


def nz_time(value: datetime | None) -> str:
    """`4.12 pm`, in New Zealand's time."""
    if not value:
        return ""
    moment = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{moment.hour % 12 or 12}.{moment:%M}{NO_BREAK}{'am' if moment.hour < 12 else 'pm'}"


def nz_datetime(value: datetime | None) -> str:
    """`9 July 2026, 4.12 pm`."""
    return f"{nz_date(value)}, {nz_time(value)}" if value else ""


def nz_range(start: date | None, end: date | None) -> str:
    """`1 August 2026 to 31 July 2029`, `From 1 August 2026, no end date`, or that nothing is recorded."""
    if start and end:
        return f"{nz_date(start)} to {nz_date(end)}"
    if start:
        return f"From {nz_date(start)}, no end date"
    return f"Until {nz_date(end)}, start not recorded" if end else NOT_RECORDED


def distance(value: date, on: date) -> str:
    """How far `value` lies from `on`: `today`, `tomorrow`, `in 17 days`, `12 days late`; months beyond 90 days."""
    days = (_day(value) - _day(on)).days
    if days in (0, 1):
        return ("today", "tomorrow")[days]
    amount = _amount(abs(days))
    return f"in {amount}" if days > 0 else f"{amount} late"


def since(value: date, on: date) -> str:
    """How long ago: `since today`, `since yesterday`, `for 17 days`; months beyond 90 days."""
    days = (_day(on) - _day(value)).days
    return ("since today", "since yesterday")[max(days, 0)] if days < 2 else f"for {_amount(days)}"


def number(value: int | None) -> str:
    """`1,204`; nothing gives an empty string."""
    return "" if value is None else f"{value:,}"


def yes_no_unknown(value: str | bool | None) -> str:
    """The word for a fact that may be unknown; an answer that is missing is unknown too, never no."""
    if isinstance(value, bool):
        value = "yes" if value else "no"
    return ANSWERS.get(value or "unknown", ANSWERS["unknown"])


def _amount(days: int) -> str:
    if days <= 90:
        return f"{days} day{'' if days == 1 else 's'}"
    if days < 730:
        return f"{round(days / 30.44)} months"
    return f"{days // 365} years"


def _local(value: date | datetime) -> date | datetime:
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


def _day(value: date | datetime) -> date:
    local = _local(value)
    return local.date() if isinstance(local, datetime) else local
