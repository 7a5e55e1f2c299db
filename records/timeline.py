"""What happened to a record and its children: one card a request, newest first, in words for people.

A fixed number of queries, whatever the number of changes: the keys, the page's requests, their rows with the row before
each, and one for each kind of thing that foreign keys name.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import connection

from records.family import Branch, Ids, union
from records.guard_sql import of_model
from records.models import Backfill
from records.rows import Row
from records.timeline_words import FieldChange, Names, field_changes, names_of

PER_PAGE = 20
NO_REQUEST = UUID(int=0)

ROWS = """
SELECT to_jsonb(h)::text, to_jsonb(p)::text FROM {history} h LEFT JOIN LATERAL (
  SELECT * FROM {history} b WHERE b.{key} = h.{key} AND b.history_id < h.history_id ORDER BY b.history_id DESC LIMIT 1
) p ON true
WHERE h.{key} = ANY (%s) AND coalesce(h.request_id, '00000000-0000-0000-0000-000000000000') = ANY (%s)
"""


@dataclass(frozen=True)
class ObjectChange:
    """What one request did to one object."""

    model: str
    name: str
    how: str
    fields: tuple[FieldChange, ...]
    pk: int

    @property
    def created(self) -> bool:
        """Whether it is new."""
        return self.how == "created"

    @property
    def removed(self) -> bool:
        """Whether it went away."""
        return self.how == "removed"


@dataclass(frozen=True)
class Change:
    """One request's changes together. ``at`` is when they were recorded, or the moment a backfill dated them."""

    request_id: UUID
    at: datetime
    who: str
    agency: str
    why: str
    true_from: date | None
    objects: tuple[ObjectChange, ...]
    # Behind a declared backfill: when and why it was really entered.
    entered_on: datetime | None = None
    entered_why: str = ""


@dataclass(frozen=True)
class Timeline:
    """One page of changes."""

    changes: tuple[Change, ...]
    total: int
    number: int
    per_page: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.per_page))

    @property
    def has_next(self) -> bool:
        """Whether older changes follow."""
        return self.number < self.pages

    @property
    def has_previous(self) -> bool:
        """Whether newer changes come before."""
        return self.number > 1


def changes(family: Branch, pk: int, *, page: int = 1, per_page: int = PER_PAGE) -> Timeline:
    """The changes of a record and its children, newest first, ``per_page`` requests a page."""
    ids = family.ids(pk)
    requests, total = _requests(ids, page, per_page)
    pairs = _pairs(ids, requests)
    names = names_of([row for pair in pairs for row in pair if row], {branch.model: branch.via for branch in family})
    doors = _doors(pairs)
    by_request: dict[UUID, list[tuple[Row, Row | None]]] = {request: [] for request in requests}
    for row, before in pairs:
        by_request[row.request_id or NO_REQUEST].append((row, before))
    cards = [_card(request, rows, names, doors) for request, rows in by_request.items()]
    return Timeline(tuple(card for card in cards if card.objects), total, page, per_page)


def _requests(ids: Ids, page: int, per_page: int) -> tuple[list[UUID], int]:
    """The requests of one page, and how many there are."""
    parts, params = [], []
    for model, keys in ids.items():
        table = of_model(model)
        parts.append(f"SELECT request_id, history_date FROM {table.history} WHERE {table.key} = ANY (%s)")  # noqa: S608
        params.append(list(keys))
    statement = (
        f"SELECT coalesce(request_id, %s) AS request, count(*) OVER () FROM ({' UNION ALL '.join(parts)}) rows "  # noqa: S608 - the names come from models
        "GROUP BY 1 ORDER BY max(history_date) DESC, 1 LIMIT %s OFFSET %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [NO_REQUEST, *params, per_page, (page - 1) * per_page])
        rows = cursor.fetchall()
    return [request for request, _ in rows], rows[0][1] if rows else 0


def _pairs(ids: Ids, requests: Sequence[UUID]) -> list[tuple[Row, Row | None]]:
    """Each history row of the requests with the row before it, in the order they were written."""
    found = [
        (Row.read(model, now), Row.read(model, before) if before else None)
        for model, now, before in union(ids, ROWS, [list(requests)])
    ]
    return sorted(found, key=lambda pair: pair[0].history_id)


def _doors(pairs: Iterable[tuple[Row, Row | None]]) -> dict[int, tuple[datetime, str]]:
    numbers = {row.mark.backfill_id for row, _ in pairs} - {None}
    if not numbers:
        return {}
    declared = Backfill.history.filter(id__in=numbers, history_type="+")
    return {row.id: (row.history_date, row.why) for row in declared}


def _card(
    request: UUID, pairs: list[tuple[Row, Row | None]], names: Names, doors: dict[int, tuple[datetime, str]]
) -> Change:
    objects: dict[tuple[type, int], list[tuple[Row, Row | None]]] = {}
    for pair in pairs:
        objects.setdefault((pair[0].model, pair[0].pk), []).append(pair)
    changed = [_object(theirs, names) for theirs in objects.values()]
    last = pairs[-1][0]
    entered = doors.get(last.mark.backfill_id or 0)
    return Change(
        request_id=request,
        at=max(row.at for row, _ in pairs),
        who=names.of(get_user_model(), last.values["history_user_id"]),
        agency=last.values["acting_agency"],
        why=next((row.values["history_change_reason"] for row, _ in pairs if row.values["history_change_reason"]), ""),
        true_from=next((row.true_from for row, _ in pairs if row.true_from), None),
        objects=tuple(each for each in changed if each),
        entered_on=entered[0] if entered else None,
        entered_why=entered[1] if entered else "",
    )


def _object(pairs: list[tuple[Row, Row | None]], names: Names) -> ObjectChange | None:
    """What the request did to one object from before its first row to after its last; None when nothing."""
    before, after = pairs[0][1], pairs[-1][0]
    old = before if before and before.type != "-" else None
    new = after if after.type != "-" else None
    if not old and not new:
        return None
    fields = field_changes(old, new, names)
    if old and new and not fields:
        return None
    how = "changed" if old and new else "created" if new else "removed"
    model = after.model
    return ObjectChange(str(model._meta.verbose_name), names.of(model, after.pk), how, tuple(fields), after.pk)
