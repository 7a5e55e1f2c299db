"""One kind of what the timeline of an agreement shows of assurance: all of them are asked for in one query."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import CharField, F, QuerySet, TextField, Value
from django.db.models.functions import Coalesce

SYSTEM = "@system.invalid"  # people/actions/system.py
WORDS = ("asked", "what", "why", "about", "note")
COLUMNS = ("part", "at", "day", "who", *WORDS)


@dataclass(frozen=True)
class Row:
    """One thing that happened, as part() gives it."""

    part: str
    at: datetime
    day: date
    who: str
    asked: str
    what: str
    why: str
    about: str
    note: str


def rows_of(found: Iterable[Sequence[Any]]) -> list[Row]:
    """What a query of several parts found, in no order."""
    return [replace(row, who=_called(row.who)) for row in (Row(*each) for each in found)]


def part(name: str, rows: Any, by: str = "by", **columns: Any) -> "QuerySet[Any, Any]":
    """Rows of one kind as COLUMNS: each a field or an expression; words are empty unless given.

    ``by`` is a user, ``who`` an expression where none of the agency's people did it.
    """
    given: dict[str, Any] = dict.fromkeys(WORDS, Value("")) | {"who": who(by)} | columns
    given = {alias: F(column) if isinstance(column, str) else column for alias, column in given.items()}
    given |= {one: Coalesce(given[one], Value(""), output_field=TextField()) for one in WORDS}
    named = {f"ev_{alias}": given[alias] for alias in COLUMNS[1:]}
    found: QuerySet[Any, Any] = rows.order_by().annotate(ev_part=Value(name, output_field=CharField()), **named)
    return found.values_list(*(f"ev_{alias}" for alias in COLUMNS))


def who(by: str) -> Coalesce:
    """The name of a user, or the address of a system user."""
    return Coalesce(f"{by}__person__name", f"{by}__email", output_field=CharField())


def _called(who_: str) -> str:
    """A system user as its name says it (people.models.User.get_full_name)."""
    return who_.removesuffix(SYSTEM).capitalize() if who_.endswith(SYSTEM) else who_
