"""The clock of a breach, in words. 72 hours is guidance; the Act says as soon as practicable (section 114)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from assurance.models import BreachKind, PrivacyBreach
from records.choices import YesNoUnknown
from records.words import nz_datetime

GUIDANCE = timedelta(hours=72)
SAYS = (
    "The Act says as soon as practicable. 72 hours is guidance of the Privacy Commissioner, and not in the Act. "
    "It counts from when anybody knew, a provider acting for us included."
)


@dataclass(frozen=True)
class Clock:
    """What the clock says: a tone (config/states.py), words, and whether it still runs."""

    tone: str
    words: str
    runs: bool


def clock_of(breach: PrivacyBreach, now: datetime) -> Clock:
    """`51 hours since anybody knew`, or why and after how long it stopped."""
    if breach.kind == BreachKind.NEAR_MISS:
        return Clock("plain", "No clock runs for a near miss", runs=False)
    if breach.commissioner_at:
        took = hours(breach.hours_since_aware(breach.commissioner_at))
        return Clock("good", f"The Commissioner was notified {took} after anybody knew", runs=False)
    if breach.notifiable == YesNoUnknown.NO:
        return Clock("plain", "Decided: it does not have to be notified", runs=False)
    tone = "warn" if is_amber(breach, now) else "info"
    return Clock(tone, f"{hours(breach.hours_since_aware(now))} since anybody knew", runs=True)


def is_amber(breach: PrivacyBreach, now: datetime) -> bool:
    """Whether 72 hours have gone by and the clock still runs."""
    return breach.clock_runs and now - breach.aware_at >= GUIDANCE


def guidance_ends(breach: PrivacyBreach) -> datetime:
    """When the 72 hours are over."""
    return breach.aware_at + GUIDANCE


def hours(number: int) -> str:
    """`51 hours`; from ten days on, days as well."""
    said = f"{number:,} hour{'' if number == 1 else 's'}"
    return f"{said} ({number // 24} days)" if number >= 240 else said


def by_when(breach: PrivacyBreach, now: datetime) -> str:
    """`72 hours end on 9 July 2026, 4.12 pm`; once they are, by how much, and what still has to be done."""
    ends = nz_datetime(guidance_ends(breach))
    if not is_amber(breach, now):
        return f"72 hours end on {ends}"
    over = hours(breach.hours_since_aware(now - GUIDANCE))
    first = "Decide whether it has to be notified" if breach.notifiable == YesNoUnknown.UNKNOWN else "Notify"
    return f"72 hours were over on {ends}, {over} ago. {first} now, and write into the log why it took longer"
