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


@transaction.atomic(savepoint=False)
def delete(rows: Sequence[R]) -> None:
    """Delete rows of one model and record that. Cascades are not followed: what hangs on the rows goes first.

    Rows must be as they stand in the database: lock them first.
    """
    if rows:
        _record(rows, "-")
        keys = [row.pk for row in rows]
        model = type(rows[0])
        for start in range(0, len(keys), BATCH):
            found = model._meta.base_manager.filter(pk__in=keys[start : start + BATCH])
            found._raw_delete(found.db)  # noqa: SLF001 - delete() would write each row's history again


def _record(rows: Sequence[R], history_type: str) -> None:
    history = [history_row(row, history_type) for row in rows]
    type(history[0])._meta.base_manager.bulk_create(history, batch_size=BATCH)
    moment.count_rows(len(history))
