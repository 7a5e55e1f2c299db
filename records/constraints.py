"""Named constraints that many models need in the same shape."""

from collections.abc import Collection, Iterable
from copy import copy
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q


class Judged(models.CheckConstraint):
    """A constraint that is judged here before a save, since Django would ask the database with three queries each.

    The terms have a score of them, and the database checks them at the save anyway.
    """

    fields: tuple[str, ...]

    def __init__(self, *fields: str, **options: Any) -> None:
        self.fields = fields
        super().__init__(**options)

    def holds(self, *values: Any) -> bool:
        """Whether known values of the fields keep the rule; an unknown NULL passes, as in the database."""
        raise NotImplementedError

    def validate(
        self, model: type[models.Model], instance: models.Model, exclude: Collection[str] | None = None, using: str = ""
    ) -> None:
        """Raise ValidationError when the rule is broken."""
        values = [getattr(instance, name) for name in self.fields]
        if None not in values and not {*self.fields} & {*(exclude or ())} and not self.holds(*values):
            raise ValidationError(self.get_violation_error_message(), code=self.violation_error_code)

    def clone(self) -> "Judged":
        """A copy that judges the same."""
        return copy(self)

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        """In migrations it is the plain constraint that the database knows."""
        _, args, kwargs = super().deconstruct()
        return "django.db.models.CheckConstraint", tuple(args), dict(kwargs)


class OneOf(Judged):
    """A closed list of values."""

    def holds(self, *values: Any) -> bool:
        """Whether the value is on the list."""
        (_, allowed), *_ = self.condition.children  # type: ignore[union-attr, misc]
        return values[0] in allowed


class InOrder(Judged):
    """Two dates, the second not before the first."""

    def holds(self, *values: Any) -> bool:
        """Whether they are in order."""
        first, last = values
        return bool(first <= last)


def one_of(field: str, choices: Iterable[str], name: str) -> models.CheckConstraint:
    """The database refuses a value of ``field`` that is none of ``choices``."""
    return OneOf(field, condition=Q(**{f"{field}__in": list(choices)}), name=name)


def in_order(first: str, last: str, name: str, message: str) -> models.CheckConstraint:
    """``first`` is not after ``last``, where both are known; ``message`` is shown to the person."""
    return InOrder(
        first,
        last,
        condition=Q(**{f"{first}__isnull": True}) | Q(**{f"{last}__isnull": True}) | Q(**{f"{first}__lte": F(last)}),
        name=name,
        violation_error_message=message,
    )


def together(first: str, second: str, name: str) -> models.CheckConstraint:
    """Both columns are known or neither is."""
    return models.CheckConstraint(
        condition=Q(**{f"{first}__isnull": True, f"{second}__isnull": True})
        | Q(**{f"{first}__isnull": False, f"{second}__isnull": False}),
        name=name,
    )
