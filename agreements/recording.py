"""The days of an arrangement that exists already: what happened lies in the past, and in its order."""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError

from agreements.choices import Status

FUTURE = "This day lies in the future: record what has happened"


def check_days(days: Mapping[str, date | None], status: str, today: date) -> None:
    """Signed and ended by today, not ended before it began, and an arrangement that has ended says when.

    ``days`` holds signed_on, starts_on, ends_on and ended_on, each of which may be missing or unknown. Raises
    ValidationError with every sentence at its field.
    """
    found: dict[str, str] = {}
    signed, starts, ends, ended = (days.get(name) for name in ("signed_on", "starts_on", "ends_on", "ended_on"))
    began = signed or starts
    if status == Status.ENDED and not ended:
        found["ended_on"] = "Enter the day it ended, such as 30 June 2024"
    if began and ended and ended < began:
        found["ended_on"] = "It cannot end before it began"
    if starts and ends and ends < starts:
        found["ends_on"] = "The agreement cannot end before it starts"
    found |= {name: FUTURE for name, day in (("signed_on", signed), ("ended_on", ended)) if day and day > today}
    if found:
        raise ValidationError(found)
