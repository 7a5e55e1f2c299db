"""The only way in for history dated in the past.

    with backfill(by=clerk, why="Demo data", start=..., end=...) as door:
        with door.at(moment):
            create_agreement(...)

The Backfill row says who, why and for which period, and is itself in the ledger; each history row names it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from records.acting import Actor
from records.actions.backfill import close, declare
from records.moment import Door


@contextmanager
def backfill(*, by: Actor, why: str, start: datetime, end: datetime) -> Iterator[Door]:
    """Open the door for a period, which must be past when rows are written. Raises Refused without a reason."""
    declared = declare(by=by, why=why, start=start, end=end)
    door = Door(backfill_id=declared.pk, start=start, end=end)
    yield door
    close(by=by, backfill=declared, rows=door.rows)
