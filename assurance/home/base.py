"""What home is made of: lines of work, figures, and the one query that asks for all of them."""

import json
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, Q, QuerySet, Value
from django.db.models.functions import JSONObject
from django.http import QueryDict
from django.urls import reverse

from people.models import Agency, NoticeKind, User
from people.permissions import may
from people.roles import Permission
from records.lists import Address
from records.one_page import once

K = TypeVar("K", bound=Hashable)
EACH = 5  # lines of one kind; the link beside them leads to the rest
Found = Mapping[str, Any]  # what was asked, under the same names: numbers by name, or rows


@dataclass(frozen=True)
class Ask:
    """A question of one part of home: rows of one JSON object each. ``empty`` is the answer where none can be."""

    rows: "QuerySet[Any, Any]"
    empty: Any

    def column(self) -> "Column":
        """As a column of the one query."""
        try:
            sql, params = self.rows.query.sql_with_params()
        except EmptyResultSet:
            return Column("", (), self.empty)
        return Column(f"{'ARRAY' if isinstance(self.empty, list) else ''}({sql})", tuple(params), self.empty)


@dataclass(frozen=True)
class Column:
    """A question as the database takes it; no text where no row can fit, and the answer is known before."""

    sql: str
    params: tuple[Any, ...]
    empty: Any


Asks = Mapping[str, Ask]


@dataclass(frozen=True)
class Viewer:
    """Who opens home, and when."""

    user: User
    on: date
    now: datetime

    @property
    def agency(self) -> Agency:
        """Whose register it is."""
        return self.user.agency

    def may(self, *any_of: Permission) -> bool:
        """Whether a role of theirs allows any of it."""
        return any(may(self.user, one) for one in any_of)


@dataclass(frozen=True)
class Work:
    """One thing to do: how late, what, and one verb. ``day`` sorts it among those as pressing as it."""

    tone: str
    icon: str
    when: str
    title: str
    url: str
    verb: str
    what: str = ""
    reference: str = ""
    note: str = ""
    go: str = ""
    day: date = date.max

    @property
    def leads_to(self) -> str:
        """Where the verb leads: to the thing itself where it has no page of its own."""
        return self.go or self.url


class Clock(Work):
    """Work whose hours are counted: it stands before everything else."""


@dataclass(frozen=True)
class Queue:
    """Work of one kind: its first lines, how many there are, how many of them are late, and the list of them."""

    label: str
    lines: Sequence[Work]
    waiting: int
    late: int = 0
    url: str = ""


@dataclass(frozen=True)
class Kind:
    """How much of one kind needs somebody, how much of that is late, and where it is listed."""

    label: str
    waiting: int
    late: int
    url: str


@dataclass(frozen=True)
class Figure:
    """A number and the list behind it. ``says`` stands in its place: where it must not be shown, or for a record."""

    label: str
    count: int
    url: str
    note: str = ""
    says: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Group:
    """Figures that belong together. ``empty`` is said in place of numbers where there are none."""

    title: str
    figures: Sequence[Figure] = ()
    url: str = ""
    says: str = ""
    empty: str = ""


@dataclass(frozen=True)
class Block:
    """One part of home, for whoever holds any of ``needs`` (everybody where it is empty) and none of ``unless``.

    ``tells`` are the notices about what it lists: they are not told again among the reminders. What it asks is the
    same all day, unless it counts ``by_hours``.
    """

    name: str
    asks: Callable[[Viewer], Asks]
    shows: Callable[[Viewer, Found], Any]
    needs: frozenset[Permission] = frozenset()
    unless: frozenset[Permission] = field(default=frozenset())
    tells: frozenset[NoticeKind] = field(default=frozenset())
    by_hours: bool = False

    def is_for(self, viewer: Viewer) -> bool:
        """Whether the viewer sees it."""
        return (not self.needs or viewer.may(*self.needs)) and not viewer.may(*self.unless)


def numbers(rows: "QuerySet[Any]", conditions: Mapping[str, Q]) -> Ask:
    """How many of the rows fit each condition: one object, the rows read once, and none that no condition wants."""
    alone = len(conditions) == 1  # what the rows are narrowed by need not be asked of each again
    counts = {name: Count("pk", filter=q) if q and not alone else Count("pk") for name, q in conditions.items()}
    wanted = rows.filter(reduce(or_, conditions.values())) if all(conditions.values()) else rows
    whole = wanted.order_by().annotate(_whole=Value(1)).values("_whole")
    return Ask(whole.annotate(_numbers=JSONObject(**counts)).values("_numbers"), empty=dict.fromkeys(conditions, 0))


def first(rows: "QuerySet[Any]", many: int = EACH, **fields: Any) -> Ask:
    """The first rows in their order, each an object of these fields."""
    return Ask(rows.values(json=JSONObject(**fields))[:many], empty=[])


def answers(columns: Mapping[K, Column]) -> dict[K, Any]:
    """What each asks for, under its name; one query for all of them.

    Put side by side as they are: as annotations of one queryset Django would copy each of them several times over,
    which costs more than asking does.
    """
    asked = {name: one for name, one in columns.items() if one.sql}
    found = _row([one.sql for one in asked.values()], [each for one in asked.values() for each in one.params])
    said = {name: _read(value) for name, value in zip(asked, found, strict=True)}
    return {name: said.get(name, one.empty) for name, one in columns.items()}


def _row(columns: Sequence[str], params: Sequence[Any]) -> Sequence[Any]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(columns)}" if columns else "SELECT", params)
        row: Sequence[Any] = cursor.fetchone()
        return row


def _read(value: str | list[str]) -> Any:
    return [json.loads(one) for one in value] if isinstance(value, list) else json.loads(value)


def listed(page: str, query: str = "") -> str:
    """The address of a list."""
    return f"{reverse(page)}?{query}" if query else reverse(page)


def address_of(read: Callable[[User, date, QueryDict], Address], viewer: Viewer, query: str) -> Address:
    """A query as the list itself reads it; what the list can be narrowed by is put together once a page."""
    spec = once(("list of home", read, viewer.user.pk), lambda: read(viewer.user, viewer.on, QueryDict()).spec)
    address = Address(spec, QueryDict(query))
    if address.problems:
        raise ValueError(f"{query}: {' '.join(address.problems)}")
    return address


def asked_by(read: Callable[[User, date, QueryDict], Address], viewer: Viewer, query: str) -> Q:
    """What a list lets through for a query: the number and the list behind it agree because both ask the list."""
    return address_of(read, viewer, query).condition()
