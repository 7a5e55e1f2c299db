"""Named constraints that many models need in the same shape."""

from collections.abc import Collection, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q


class OneOf(models.CheckConstraint):
    """A closed list of values. It is judged here before a save, since Django would ask the database.

    Three queries each: the terms have eighteen such lists, and the database checks them at the save anyway.
    """

    def validate(
        self, model: type[models.Model], instance: models.Model, exclude: Collection[str] | None = None, using: str = ""
    ) -> None:
        """Raise ValidationError when the value is none of the list; an unknown NULL passes, as in the database."""
        (lookup, allowed), *_ = self.condition.children  # type: ignore[union-attr, misc]
        name = str(lookup).removesuffix("__in")
        value = getattr(instance, name)
        if name not in (exclude or ()) and value is not None and value not in allowed:
            raise ValidationError(self.get_violation_error_message(), code=self.violation_error_code)

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        """In migrations it is the plain constraint that the database knows."""
        _, args, kwargs = super().deconstruct()
        return "django.db.models.CheckConstraint", tuple(args), dict(kwargs)


def one_of(field: str, choices: Iterable[str], name: str) -> models.CheckConstraint:
    """The database refuses a value of ``field`` that is none of ``choices``."""
    return OneOf(condition=Q(**{f"{field}__in": list(choices)}), name=name)


def in_order(first: str, last: str, name: str, message: str) -> models.CheckConstraint:
    """``first`` is not after ``last``, where both are known; ``message`` is shown to the person."""
    return models.CheckConstraint(
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
