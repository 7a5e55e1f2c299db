"""A query turned into a statement once: to make a long one takes Django longer than the database takes to answer it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet

KEYS = "keys"  # stands among the parameters where the keys go


@dataclass(frozen=True)
class Statement:
    """The text and its parameters; keep it with functools.cache."""

    text: str
    params: tuple[Any, ...]

    def rows(self, keys: Iterable[int]) -> list[dict[str, Any]]:
        """The rows for these keys, as JSON holds them: days are text as in 2026-07-01. One query."""
        listed = list(keys)
        with connection.cursor() as cursor:
            cursor.execute(self.text, [listed if one is KEYS else one for one in self.params])
            return [json.loads(row) for (row,) in cursor.fetchall()]


def statement(rows: "QuerySet[Any, Any]", where: str, *columns: str) -> Statement:
    """The statement of these columns; ``where`` is SQL of our own with one %s for the keys."""
    asked = rows.extra(where=[where], params=[KEYS]).values(*columns)  # noqa: S610 - our own text
    text, params = asked.query.sql_with_params()
    return Statement(f"SELECT to_jsonb(found)::text FROM ({text}) found", params)  # noqa: S608 - made by Django
