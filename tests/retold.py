"""What real actions made once in a worker is copied for the tests after it: they all began by making it again.

Every row is copied as it was written, history included, with keys of its own; whoever took part is named anew. What
the register makes of an agreement itself, such as its assessment, is not copied: it is made anew.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.models import AutoField, Model
from django.utils import timezone

from agreements.extensions import derived

# Written by the database itself.
NOT_COPIED = {"records_ledgerentry", "records_ledgerlink"}
Rows = dict[type[Model], list[tuple[Any, ...]]]


@dataclass(frozen=True)
class Story:
    """Rows by model in the order they were written, those who took part, and when it was told."""

    rows: Rows
    part: Sequence[Model]
    result: Model
    at: datetime


@cache
def _copied() -> list[type[Model]]:
    found = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and isinstance(model._meta.pk, AutoField)
    ]
    made = {*derived()}
    anew = {model for model in found if model in made or getattr(model, "instance_type", None) in made}
    return [model for model in found if model._meta.db_table not in NOT_COPIED and model not in anew]


def newest() -> list[int]:
    """The highest key of each table."""
    asked = [f'(SELECT coalesce(max("{one._meta.pk.column}"), 0) FROM "{one._meta.db_table}")' for one in _copied()]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(asked)}")
        return list(cursor.fetchone())


def written_since(before: list[int]) -> Rows:
    """Every row written since."""
    found = {
        model: list(model._base_manager.filter(pk__gt=last).order_by("pk").values_list(*_names(model)))
        for model, last, now in zip(_copied(), before, newest(), strict=True)
        if now > last
    }
    return {model: rows for model, rows in found.items() if rows}


def tell_again(story: Story, part: Sequence[Model]) -> int:
    """Copy the rows for others who take part; the key of what became of ``story.result``. Raises KeyError."""
    keys = {(type(old), old.pk): new.pk for old, new in zip(story.part, part, strict=True)} | _keys(story.rows)
    later = timezone.now() - story.at
    with transaction.atomic():
        for model, rows in reversed(story.rows.items()):  # parts first: what is agreed takes in no more of them
            named = _named(model)
            model._base_manager.bulk_create([model(**_again(named, row, keys, later)) for row in rows])
    return keys[type(story.result), story.result.pk]


def _names(model: type[Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


@cache
def _named(model: type[Model]) -> list[tuple[str, type[Model] | None]]:
    """Each column with the model whose key it holds."""
    own = getattr(model, "instance_type", None)  # of a history table: the model it tells of
    return [(field.attname, _target(model, field, own)) for field in model._meta.concrete_fields]


def _target(model: type[Model], field: Any, own: type[Model] | None) -> type[Model] | None:
    if field.primary_key:
        return model
    if own and field.name == own._meta.pk.name:
        return own
    return field.related_model if field.is_relation else None


def _again(
    named: list[tuple[str, type[Model] | None]], row: tuple[Any, ...], keys: dict[Any, int], later: Any
) -> dict[str, Any]:
    told = {
        name: value if value is None or target is None else keys[target, value]
        for (name, target), value in zip(named, row, strict=True)
    }
    if "history_date" in told:  # a row of history is dated when it is written; the database refuses another day
        told["history_date"] += later
    return told


def _keys(rows: Rows) -> dict[tuple[type[Model], int], int]:
    """A key of its own for each row, from the table's sequence."""
    asked = " UNION ALL ".join(
        f"SELECT {at}, nextval(pg_get_serial_sequence('\"{model._meta.db_table}\"', '{model._meta.pk.column}'))"
        f" FROM generate_series(1, {len(made)})"
        for at, (model, made) in enumerate(rows.items())
    )
    with connection.cursor() as cursor:
        cursor.execute(asked)
        fresh = iter(cursor.fetchall())
    return {
        (model, row[_names(model).index(model._meta.pk.attname)]): next(fresh)[1]
        for model, made in rows.items()
        for row in made
    }
