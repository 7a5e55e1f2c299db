"""A record and its children as they stood at the end of a day, read from history.

The instances are detached: their foreign keys and reverse relations answer as of that day without a query, and saving
or deleting one raises Frozen. Filtering a reverse relation would ask the present: use ``.all()``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import models
from django.utils import timezone

from records.family import Branch, union
from records.models import Recorded
from records.pictures import Model, Pictures, follow, join, join_reverse, present
from records.rows import Row

LAST_BEFORE = """
SELECT to_jsonb(h)::text FROM (
  SELECT DISTINCT ON ({key}) * FROM {history} WHERE {key} = ANY (%s) AND history_date < %s
  ORDER BY {key}, history_date DESC, history_id DESC
) h WHERE h.history_type <> '-'
"""


@dataclass(frozen=True)
class AsAt:
    """What stood at the end of a day."""

    day: date
    record: Any
    pictures: Pictures = field(repr=False)

    def of(self, model: Model) -> list[Any]:
        """Every child of that model, by key."""
        return list(self.pictures.get(model, {}).values())

    @property
    def entered_afterwards(self) -> bool:
        """Whether anything on this picture came through a declared backfill."""
        return any(each.as_at.entered_afterwards for pictures in self.pictures.values() for each in pictures.values())


def end_of(day: date) -> datetime:
    """The first moment that no longer belongs to the day, in the register's time zone."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def as_at(family: Branch, pk: int, day: date) -> AsAt | None:
    """The record ``pk`` and its children at the end of ``day``; None when there was no such record then.

    Four queries, whatever the number of children; six where something they name was recorded later than that day.
    """
    until = end_of(day)

    def around(ids: Mapping[Model, Iterable[int]]) -> Pictures:
        return _past_or_present(ids, until)

    stood = _past(family.ids(pk), until)
    if pk not in stood.get(family.model, {}):
        return None
    kin: Pictures = {branch.model: stood.get(branch.model, {}) for branch in family}
    _drop_orphans(family, kin)
    join(kin, follow(kin, around))
    join_reverse(kin)
    return AsAt(day=day, record=kin[family.model][pk], pictures=kin)


def _past(ids: Mapping[Model, Iterable[int]], until: datetime) -> Pictures:
    """The rows as they stood just before ``until``, in one query."""
    recorded: dict[Model, list[int]] = {model: list(keys) for model, keys in ids.items() if issubclass(model, Recorded)}
    found: Pictures = {}
    for model, text in union(recorded, LAST_BEFORE, [until]):
        row = Row.read(model, text)
        found.setdefault(model, {})[row.pk] = row.instance()
    return {model: dict(sorted(pictures.items())) for model, pictures in found.items()}


def _past_or_present(ids: Mapping[Model, Iterable[int]], until: datetime) -> Pictures:
    """The same; what history knows only from later on stands as it is now, fetched in one more query.

    What came in through a declared backfill often names bodies and people that were recorded after it.
    """
    found = _past(ids, until)
    later = {model: set(keys) - found.get(model, {}).keys() for model, keys in ids.items()}
    for model, pictures in present({model: keys for model, keys in later.items() if keys}).items():
        found.setdefault(model, {}).update(pictures)
    return found


def _drop_orphans(family: Branch, kin: Pictures) -> None:
    """Children that belonged to another record on that day are not this one's."""
    for parent in family:
        for child in parent.branches:
            via = child.model._meta.get_field(child.via)
            if isinstance(via, models.ForeignKey):
                theirs = kin[child.model].items()
                kin[child.model] = {k: each for k, each in theirs if getattr(each, via.attname) in kin[parent.model]}
