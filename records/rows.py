"""History rows as the database tells them (JSON text), turned back into values and instances of their model."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.dateparse import parse_date, parse_datetime

from records.models import Mark


@dataclass(frozen=True)
class Row:
    """One history row: the values of the model's columns, and what history knows about it."""

    model: type[models.Model]
    values: dict[str, Any]

    @classmethod
    def read(cls, model: type[models.Model], text: str) -> "Row":
        """From the text of ``to_jsonb(history row)``."""
        return cls(model, values_of(text))

    @property
    def pk(self) -> int:
        """The key of the object."""
        key: int = self.values[str(self.model._meta.pk.column)]
        return key

    @property
    def history_id(self) -> int:
        """The number of the history row."""
        number: int = self.values["history_id"]
        return number

    @property
    def at(self) -> datetime:
        """When it was recorded, or the past moment a backfill dated it."""
        moment = parse_datetime(self.values["history_date"])
        if moment is None:
            raise ValueError(f"History row {self.history_id} has no date.")
        return moment

    @property
    def type(self) -> str:
        """``+``, ``~`` or ``-``."""
        return str(self.values["history_type"])

    @property
    def request_id(self) -> UUID | None:
        """The request it belongs to; None for rows that a migration wrote."""
        text = self.values["request_id"]
        return UUID(text) if text else None

    @property
    def true_from(self) -> date | None:
        """Since when it was true, where somebody said."""
        text = self.values["true_from"]
        return parse_date(text) if text else None

    @property
    def mark(self) -> Mark:
        """What a detached instance carries about where it comes from."""
        return Mark(at=self.at, true_from=self.true_from, backfill_id=self.values["backfill_id"])

    def value(self, field: models.Field) -> Any:
        """The value of a field then."""
        return value_of(field, self.values)

    def instance(self) -> Any:
        """The object as it was: detached, and refusing to be saved."""
        made: Any = instance_of(self.model, self.values)
        made.as_at = self.mark
        return made


def values_of(text: str) -> dict[str, Any]:
    """The columns of a row from the text of ``to_jsonb(row)``."""
    values: dict[str, Any] = json.loads(text, parse_float=Decimal)
    return values


def instance_of(model: type[models.Model], values: dict[str, Any]) -> models.Model:
    """An instance from columns as the database tells them."""
    fields = model._meta.concrete_fields
    return model.from_db("default", [f.attname for f in fields], [value_of(field, values) for field in fields])


def value_of(field: models.Field, values: dict[str, Any]) -> Any:
    """The value of a field. What was not recorded then, or never is, has the field's default."""
    raw = values.get(str(field.column))
    if raw is None:
        return None if field.null else field.get_default()
    return _python(field, raw)


def _python(field: models.Field, raw: Any) -> Any:
    if isinstance(field, models.BinaryField):
        return bytes.fromhex(raw[2:])
    if isinstance(field, models.JSONField):
        return json.loads(json.dumps(raw, default=float))
    if isinstance(field, ArrayField):
        return [None if item is None else _python(field.base_field, item) for item in raw]
    if isinstance(field, models.ForeignKey):
        return raw
    return field.to_python(raw)
