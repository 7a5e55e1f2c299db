"""Many rows at once, with their history: two statements a batch where save() needs two a row."""

from collections.abc import Sequence
from typing import TypeVar

from django.db import transaction

from records import moment
from records.models import Recorded, history_row

R = TypeVar("R", bound=Recorded)
BATCH = 500


@transaction.atomic(savepoint=False)
def create(rows: Sequence[R]) -> Sequence[R]:
    """Insert rows of one model and their history, inside an action. Constraints hold; save() is not called."""
    if rows:
        type(rows[0])._meta.base_manager.bulk_create(rows, batch_size=BATCH)
        _record(rows, "+")
    return rows


@transaction.atomic(savepoint=False)
def update(rows: Sequence[R], fields: Sequence[str]) -> None:
    """Update ``fields`` of rows of one model and record them as they are in memory.

    Rows read before somebody else changed another field are refused at commit: lock them first.
    """
    if rows:
        type(rows[0])._meta.base_manager.bulk_update(rows, fields, batch_size=BATCH)
        _record(rows, "~")


def _record(rows: Sequence[R], history_type: str) -> None:
    history = [history_row(row, history_type) for row in rows]
    type(history[0])._meta.base_manager.bulk_create(history, batch_size=BATCH)
    moment.count_rows(len(history))
