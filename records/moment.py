"""The moment history rows are dated: now, except behind the declared door of records.backfill."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime


@dataclass
class Door:
    """An open backfill: its period, and how many history rows went through so far."""

    backfill_id: int
    start: datetime
    end: datetime
    rows: int = 0

    @contextmanager
    def at(self, when: datetime) -> Iterator[None]:
        """Date the history written inside ``when``; raises ValueError outside the declared period."""
        if not self.start <= when <= self.end:
            raise ValueError(f"{when:%d %B %Y} lies outside the declared backfill.")
        token = _standing.set((self, when))
        try:
            yield
        finally:
            _standing.reset(token)


_standing: ContextVar[tuple[Door, datetime] | None] = ContextVar("standing", default=None)


def backdated_to() -> datetime | None:
    """The past moment that history rows carry now; None for the present."""
    standing = _standing.get()
    return standing[1] if standing else None


def backfill_id() -> int | None:
    """The backfill that history rows name now; None for the present."""
    standing = _standing.get()
    return standing[0].backfill_id if standing else None


def count_rows(rows: int = 1) -> None:
    """Count history rows that went through the open door, if one is open."""
    standing = _standing.get()
    if standing:
        standing[0].rows += rows
