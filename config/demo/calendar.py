"""Days and working hours of the story, counted from the day it is told."""

import zlib
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.utils import timezone

FIRST_HOUR, MINUTES_A_STEP = 9, 7


def day(value: int | str, today: date) -> date:
    """A whole number of days from today, or a day written as 2014-07-01."""
    return today + timedelta(days=value) if isinstance(value, int) else date.fromisoformat(value)


@dataclass
class Clock:
    """When the next thing happens: in working hours, later than the last one, never in the future."""

    now: datetime
    spread: str
    _last: datetime | None = field(default=None, init=False)

    def on(self, days: int) -> datetime:
        """A moment of the working day that many days from today; a weekend moves to the Friday before."""
        chosen = timezone.localdate(self.now) + timedelta(days=days)
        chosen -= timedelta(days=max(0, chosen.weekday() - 4))
        minutes = zlib.crc32(f"{self.spread}{days}".encode()) % 360
        start = datetime.combine(chosen, time(FIRST_HOUR), timezone.get_current_timezone())
        return self._after_the_last(start + timedelta(minutes=minutes))

    def soon(self) -> datetime:
        """A few minutes after the last moment."""
        return self._after_the_last((self._last or self.now) + timedelta(minutes=MINUTES_A_STEP))

    def _after_the_last(self, wanted: datetime) -> datetime:
        if self._last and wanted <= self._last:
            wanted = self._last + timedelta(minutes=1)
        self._last = min(wanted, self.now)
        return self._last
