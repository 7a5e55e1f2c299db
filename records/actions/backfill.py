"""Declaring that history will be entered afterwards."""

from datetime import datetime

from records.acting import Actor, action
from records.errors import Refused
from records.models import Backfill


@action
def declare(*, by: Actor, why: str, start: datetime, end: datetime) -> Backfill:
    """Declare a backfill for a period; raises Refused without a reason, or when the period is not one."""
    if not why.strip():
        raise Refused("Say why history is entered afterwards.")
    if start > end:
        raise Refused("The period of a backfill begins before it ends.")
    return Backfill.objects.create(by_id=by.pk, why=why, starts_at=start, ends_at=end)


@action
def close(*, by: Actor, backfill: Backfill, rows: int) -> None:
    """Note how many history rows came through."""
    backfill.rows = rows
    backfill.save(update_fields=["rows"])
