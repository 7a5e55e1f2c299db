"""Many rows at once, with their history: two statements a batch where save() needs two a row."""

from collections.abc import Sequence
from functools import cache
from typing import TypeVar

from django.db import connection, transaction

from records import moment
from records.guard_sql import history_model
from records.models import Recorded, history_row

R = TypeVar("R", bound=Recorded)
BATCH = 500


@transaction.atomic(savepoint=False)
def create(rows: Sequence[R]) -> Sequence[R]:
    """Insert rows of one model and their history, inside an action. Constraints hold; save() is not called."""
    if rows:
        type(rows[0])._meta.base_manager.bulk_create(rows, batch_size=BATCH)
        _copy(rows)
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


def _copy(rows: Sequence[R]) -> None:
    """The first history of rows that the database holds by now: it copies them itself, so that no row is sent twice."""
    model = type(rows[0])
    said = {field: getattr(history_row(rows[0], "+"), field) for field in _own_columns(model)}
    for start in range(0, len(rows), BATCH):
        keys = [row.pk for row in rows[start : start + BATCH]]
        with connection.cursor() as cursor:
            cursor.execute(_copying(model), [*said.values(), keys])
    moment.count_rows(len(rows))


@cache
def _copying(model: type[Recorded]) -> str:
    """The statement that copies rows of a model into its history, said what each history row knows beyond them."""
    history, own = history_model(model), _own_columns(model)
    copied = ", ".join(f'"{field.column}"' for field in history.tracked_fields)
    key = f'"{model._meta.pk.column}"'
    return f"""
INSERT INTO {history._meta.db_table} ({", ".join(own)}, {copied})
SELECT {", ".join(["%s"] * len(own))}, {copied} FROM {model._meta.db_table} WHERE {key} = ANY(%s) ORDER BY {key}
"""  # noqa: S608 - the names come from models, never from people


def _own_columns(model: type[Recorded]) -> list[str]:
    """What a history row has beyond the row that it copies, without the number that the database gives it."""
    history = history_model(model)
    copied = {field.column for field in history.tracked_fields}
    return [f.column for f in history._meta.fields if f.column not in copied and not f.primary_key]


def _record(rows: Sequence[R], history_type: str) -> None:
    history = [history_row(row, history_type) for row in rows]
    type(history[0])._meta.base_manager.bulk_create(history, batch_size=BATCH)
    moment.count_rows(len(history))
