"""Named constraints that many models need in the same shape."""

from collections.abc import Iterable

from django.db import models
from django.db.models import F, Q


def one_of(field: str, choices: Iterable[str], name: str) -> models.CheckConstraint:
    """The database refuses a value of ``field`` that is none of ``choices``."""
    return models.CheckConstraint(condition=Q(**{f"{field}__in": list(choices)}), name=name)


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
