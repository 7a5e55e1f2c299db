"""A query turned into a statement once: to make and to plan a long one takes longer than to answer it."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

import psycopg
from django.db import connection
from django.db.models import QuerySet
from psycopg import sql

KEYS = "keys"  # stands among the parameters where the keys go
KEY = 2**63 - 1  # the same for one key: no row ever has it


class Prepared(psycopg.Cursor[Any]):
    """Lets the server keep the plan, ten milliseconds of work for the longest statement (settings.DATABASES)."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> "Prepared":
        """The same, prepared the first time a connection asks it."""
        return super().execute(query, params, prepare=True, **options)


@dataclass(frozen=True)
class Statement:
    """The text, with one %s for the keys; keep it with functools.cache."""

    text: str

    def rows(self, keys: Iterable[int]) -> list[dict[str, Any]]:
        """The rows for these keys, as JSON holds them: days are text as in 2026-07-01. One query."""
        return [json.loads(row) for (row,) in _asked(self.text, list(keys))]


def statement(rows: "QuerySet[Any, Any]", where: str, *columns: str) -> Statement:
    """The statement of these columns; ``where`` is SQL of our own with one %s for the keys."""
    asked = rows.extra(where=[where], params=[KEYS]).values(*columns)  # noqa: S610 - our own text
    return Statement(f"SELECT to_jsonb(found)::text FROM ({_text(asked, KEYS, 'bigint[]')}) found")  # noqa: S608 - made by Django


def for_one(made: "Callable[[int], QuerySet[Any, Any]]") -> Callable[[int], list[tuple[Any, ...]]]:
    """Let a function that makes a query of tuples about one key make it once; the new one gives the rows of a key."""
    text = cache(lambda: _text(made(KEY), KEY, "bigint"))
    return lambda key: _asked(text(), key)


def _text(rows: "QuerySet[Any, Any]", key: object, kind: str) -> str:
    """The query with its parameters in it, but for the key."""
    text, params = rows.query.sql_with_params()
    return str(text % tuple(f"%(key)s::{kind}" if one == key else _literal(one) for one in params))


def _literal(value: Any) -> str:
    return sql.Literal(value).as_string(connection.connection).replace("%", "%%")


def _asked(text: str, key: Any) -> list[tuple[Any, ...]]:
    connection.ensure_connection()
    prepared: Any = Prepared(connection.connection)
    wrapped = connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
    with wrapped(prepared) as cursor:
        cursor.execute(text, {"key": key})
        if connection.queries_logged:  # psycopg does not say what it prepared
            connection.queries_log[-1]["sql"] = text % {"key": _literal(key)}
        return list(cursor.fetchall())
