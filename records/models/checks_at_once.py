"""Check constraints asked all at once: Django asks the database about each of them in a query of its own."""

from functools import reduce
from operator import and_
from typing import Any, TypeGuard

from django.db.models import BaseConstraint, CheckConstraint, Model, Q


def asks(rule: BaseConstraint) -> TypeGuard[CheckConstraint]:
    """Whether it is a check that only the database can judge (records.constraints has some that Python can)."""
    return type(rule) is CheckConstraint


def checks_hold(model: type[Model], values: dict[str, Any], using: str) -> bool:
    """Whether every check constraint that is about none but these fields holds for their values. One query."""
    rules = [Q(one.condition) for one in model._meta.constraints if asks(one)]
    told = [rule for rule in rules if rule.referenced_base_fields <= values.keys()]
    return not told or reduce(and_, told).check(values, using=using)
