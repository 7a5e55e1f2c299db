"""Units of an agency: add, change, close."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from people.actions.changes import check_and_save, lock
from people.errors import NotNow, NotYours
from people.models import Agency, Unit, User
from people.policies import check_keeps
from records.acting import action

FIELDS = ("name", "parent", "starts_on", "ends_on")


@action
def add_unit(*, agency: Agency, values: Mapping[str, Any], by: User) -> Unit:
    """Add a unit. Raises ValidationError, NotNow, NotYours, NotPermitted."""
    check_keeps(by, agency)
    return _save(Unit(agency=agency), values)


@action
def change_unit(*, unit: Unit, values: Mapping[str, Any], by: User, on: date) -> Unit:
    """Change a unit; one that people still work in is not closed. Raises as add_unit()."""
    check_keeps(by, unit.agency)
    locked = lock(unit)
    last_day = values.get("ends_on")
    here = locked.placements.filter(ends_on=None).count() if last_day and last_day < on else 0
    if here:
        raise NotNow(f"{here} {'person works' if here == 1 else 'people work'} here: move them first")
    return _save(locked, values)


def _save(unit: Unit, values: Mapping[str, Any]) -> Unit:
    for name in FIELDS:
        if name in values:
            setattr(unit, name, values[name])
    unit.name = " ".join(unit.name.split())
    _check_parent(unit)
    check_and_save(unit)
    return unit


def _check_parent(unit: Unit) -> None:
    above = unit.parent
    while above is not None:
        if above.agency_id != unit.agency_id:
            raise NotYours(f"{above} belongs to another agency")
        if unit.pk and above.pk == unit.pk:
            raise NotNow("A unit cannot stand under itself: choose another")
        above = above.parent
