"""Remember that a step of the daily tick ran."""

from datetime import date, datetime

from records.acting import Actor, action
from records.models import TickRun


@action
def note_run(*, step: str, on: date, at: datetime, by: Actor, done: int = 0, failed: str = "") -> TickRun:
    """A row for operators to read: when the step ran last and what came of it."""
    return TickRun.objects.create(step=step, on=on, at=at, done=done, failed=failed)
