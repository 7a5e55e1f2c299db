"""Where a person works and for whom: a change closes the placement before it and opens the next."""

from datetime import date, timedelta

from people.actions.changes import check_and_save, lock
from people.errors import NotNow, NotYours
from people.models import Person, Placement, Unit, User
from people.policies import check_here, check_keeps, check_same_agency
from records.acting import action
from records.words import nz_date

DEEPEST = 50  # managers above one person; a longer chain is a circle that history left behind


@action
def place(
    *,
    person: Person,
    on: date,
    by: User,
    unit: Unit | None = None,
    manager: Person | None = None,
    position: str = "",
) -> Placement:
    """Record where the person works from that day on.

    The open placement ends the day before; one that began on the same day is corrected instead. Nothing is written
    where nothing changed. Raises NotNow, NotYours, NotPermitted, ValidationError.
    """
    check_keeps(by, person.agency)
    locked = lock(person)
    check_here(locked, on)
    check_same_agency(locked.agency, manager)
    _check_unit(unit, locked, on)
    _check_no_circle(locked, manager, on)
    now = locked.placements.filter(ends_on=None).first()
    if now and (now.unit_id, now.manager_id, now.position) == (_pk(unit), _pk(manager), position.strip()):
        return now
    placement = _next(locked, now, on)
    placement.unit, placement.manager, placement.position = unit, manager, position.strip()
    check_and_save(placement)
    return placement


def end_placement(person: Person, last_day: date) -> None:
    """Close the open placement of someone who leaves; one that begins later never happens."""
    for placement in person.placements.filter(ends_on=None):
        if placement.starts_on > last_day:
            placement.delete()
        else:
            placement.ends_on = last_day
            placement.save()


def _pk(record: Unit | Person | None) -> int | None:
    return record.pk if record else None


def _next(person: Person, now: Placement | None, on: date) -> Placement:
    if now and on < now.starts_on:
        raise NotNow(f"The present placement began on {nz_date(now.starts_on)}: enter that day or a later one")
    if now and on == now.starts_on:
        return now
    if now:
        now.ends_on = on - timedelta(days=1)
        now.save()
    return Placement(person=person, starts_on=on)


def _check_unit(unit: Unit | None, person: Person, on: date) -> None:
    if unit is None:
        return
    if unit.agency_id != person.agency_id:
        raise NotYours(f"{unit} does not belong to {person.agency}")
    if unit.ends_on and unit.ends_on < on:
        raise NotNow(f"{unit} was closed on {nz_date(unit.ends_on)}: choose a unit that exists on that day")


def _check_no_circle(person: Person, manager: Person | None, on: date) -> None:
    """Nobody manages themselves, nor someone who manages them."""
    above = manager
    for _ in range(DEEPEST):
        if above is None:
            return
        if above.pk == person.pk:
            direct = manager is not None and manager.pk == person.pk
            raise NotNow(
                "Nobody is their own manager" if direct else f"{manager} works under {person}: choose another manager"
            )
        placement = above.placements.on(on).select_related("manager").first()
        above = placement.manager if placement else None
