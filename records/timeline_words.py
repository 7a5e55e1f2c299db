"""Field values of history in words: labels, choices, dates, and names for what foreign keys point to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.postgres.fields import ArrayField
from django.db import models

from records import words
from records.pictures import Pictures, follow, join, present
from records.rows import Row


@dataclass(frozen=True)
class FieldChange:
    """One field's old and new value in words; empty where there was or is nothing."""

    name: str
    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Names:
    """Names of objects, and the foreign keys that only say whose child an object is."""

    known: Pictures
    parents: Mapping[type[models.Model], str]

    def of(self, model: type[models.Model], pk: int | None) -> str:
        """The name: today's where the object still exists, else its last. Empty for nothing."""
        if pk is None:
            return ""
        found = self.known.get(model, {}).get(pk)
        return str(found) if found is not None else f"{model._meta.verbose_name} {pk}"


def names_of(rows: list[Row], parents: Mapping[type[models.Model], str]) -> Names:
    """Names for every object of the rows and everything that they refer to, in at most four queries."""
    wanted: dict[type[models.Model], set[int]] = {}
    for row in rows:
        wanted.setdefault(row.model, set()).add(row.pk)
        if row.values["history_user_id"]:
            wanted.setdefault(get_user_model(), set()).add(row.values["history_user_id"])
        for foreign in row.model._meta.concrete_fields:
            key = row.values.get(str(foreign.column))
            if isinstance(foreign, models.ForeignKey) and key is not None:
                wanted.setdefault(foreign.related_model, set()).add(key)
    known = present(wanted)
    gone = [row for row in rows if row.pk not in known.get(row.model, {})]
    for row in sorted(gone, key=lambda row: row.history_id):
        known.setdefault(row.model, {})[row.pk] = row.instance()
    join(known, follow(known, present))
    return Names(known, parents)


def field_changes(old: Row | None, new: Row | None, names: Names) -> list[FieldChange]:
    """The fields that differ; of a new or removed object, those that say more than the field's default."""
    row = new or old
    if row is None:
        return []
    found = []
    for field in row.model._meta.concrete_fields:
        if field.primary_key or not field.editable or field.name == names.parents.get(row.model):
            continue
        if _raw(old, field) != _raw(new, field):
            was, now = _said(old, field, names), _said(new, field, names)
            if was != now:
                label = str(field.verbose_name)
                found.append(FieldChange(field.name, label[:1].upper() + label[1:], was, now))
    return found


def _raw(row: Row | None, field: models.Field) -> Any:
    """The value, with the default standing for an object that is not there and for what was not recorded."""
    if row is None:
        return None if field.null else field.get_default()
    return row.value(field)


def _said(row: Row | None, field: models.Field, names: Names) -> str:
    return in_words(field, row.value(field), names) if row else ""


def in_words(field: models.Field, value: Any, names: Names) -> str:
    """A value as a person reads it; empty for nothing."""
    if value is None or value in ("", [], {}):
        return ""
    if isinstance(field, models.ForeignKey):
        return names.of(field.related_model, value)
    if isinstance(field, ArrayField):
        return ", ".join(in_words(field.base_field, one, names) for one in value)
    if field.flatchoices:
        return str(dict(field.flatchoices).get(value, value))
    return _plain(value)


PLAIN: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (bool, lambda value: "Yes" if value else "No"),
    (datetime, words.nz_datetime),
    (date, words.nz_date),
    (bytes, lambda value: f"{len(value):,} bytes"),
)


def _plain(value: Any) -> str:
    for kind, said in PLAIN:
        if isinstance(value, kind):
            return said(value)
    if isinstance(value, list):
        return ", ".join(_plain(item) for item in value)
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_plain(item)}" for name, item in value.items())
    return str(value)
