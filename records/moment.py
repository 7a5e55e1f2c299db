"""The moment history rows are dated: now, except behind the declared door of records.backfill."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime


@dataclass
class Door:
    """An open backfill: which one, the moment it stands at, and how many history rows went through."""

    backfill_id: int
    at: datetime | None = None
    rows: int = 0


_door: ContextVar[Door | None] = ContextVar("backfill_door", default=None)


@contextmanager
def through(door: Door) -> Iterator[None]:
    """Date the history written inside by ``door``."""
    token = _door.set(door)
    try:
        yield
    finally:
        _door.reset(token)


def backdated_to() -> datetime | None:
    """The past moment that history rows carry now; None for the present."""
    door = _door.get()
    return door.at if door else None


def backfill_id() -> int | None:
    """The backfill that history rows name now; None for the present."""
    door = _door.get()
    return door.backfill_id if door and door.at else None


def count_row(rows: int = 1) -> None:
    """Count history rows that went through the open door, if one is open."""
    door = _door.get()
    if door and door.at:
        door.rows += rows
