"""What a list of staff would change: read against the register as it stands, writing nothing."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from people.models import Agency, Person, Placement, Unit
from people.staff.rows import Row
from records.forms import plain

OF_PERSON = ("name", "engagement", "senior", "started_on")
LABELS = {
    "name": "name", "engagement": "engagement", "senior": "senior leader", "started_on": "started on", "unit": "unit",
    "position": "position", "manager": "manager",
}  # fmt: skip


@dataclass
class Change:
    """What one row does: to somebody new or known, by field what stands and what will stand."""

    row: Row
    person: Person | None
    placement: Placement | None
    fields: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def says(self) -> str:
        """`unit from Housing to Health, position from … to …`."""
        return ", ".join(f"{LABELS[name]} from {old or 'nothing'} to {new}" for name, (old, new) in self.fields.items())


@dataclass
class Changes:
    """Everything a list does. ``absent`` are people here whom it does not name: nothing is done about them."""

    rows: Sequence[Row]
    new: list[Change]
    changed: list[Change]
    same: int
    units: dict[str, str]
    absent: int

    @property
    def problems(self) -> list[Row]:
        """The rows with something wrong. With any, nothing is imported."""
        return [row for row in self.rows if row.problems]

    @property
    def digest(self) -> str:
        """What was shown, so that nothing else is done than that."""
        told = [sorted(self.units.items()), [each.row.says for each in self.new]]
        told += [[(each.row.email, sorted(each.fields.items())) for each in self.changed]]
        return hashlib.sha256(repr(told).encode()).hexdigest()


@dataclass(frozen=True)
class Register:
    """The agency as it stands: people by address, units by plain name, where each person works. Three queries."""

    people: Mapping[str, Person]
    units: Mapping[str, Unit]
    placements: Mapping[int, Placement]


def register_of(agency: Agency, on: date) -> Register:
    """What the rows are read against."""
    people = {one.email: one for one in Person.objects.filter(agency=agency).exclude(email="")}
    units = {plain(one.name): one for one in Unit.objects.filter(agency=agency, ends_on=None)}
    open_ = Placement.objects.filter(person__agency=agency, ends_on=None).select_related("unit", "manager")
    return Register(people, units, {one.person_id: one for one in open_})


def changes_of(rows: Sequence[Row], agency: Agency, on: date) -> Changes:
    """What these rows would do on that day. Adds to the rows what is wrong beside the register."""
    register = register_of(agency, on)
    named = {row.email for row in rows if row.email}
    _check_managers(rows, register, named, on)
    units = _new_units(rows, register)
    found = [_change(row, register) for row in rows if not row.problems]
    here = [one for one in register.people.values() if not one.has_left(on)]
    return Changes(
        rows=rows,
        new=[each for each in found if each.person is None],
        changed=[each for each in found if each.person and each.fields],
        same=sum(1 for each in found if each.person and not each.fields),
        units=units,
        absent=sum(one.email not in named for one in here),
    )


def _check_managers(rows: Sequence[Row], register: Register, named: set[str], on: date) -> None:
    for row in rows:
        known, manager = register.people.get(row.email), row.says.get("manager")
        if known and known.has_left(on):
            row.problems.append(f"{row.email} is recorded as having left: take that back first")
        above = register.people.get(manager) if manager else None
        if manager and manager not in named and above is None:
            row.problems.append(f"The manager {manager} is neither in this file nor in the register")
        if above and manager not in named and above.has_left(on):
            row.problems.append(f"The manager {manager} is recorded as having left")
    for row in _in_circles(rows, register):
        row.problems.append("Whoever manages this person works under them: correct one of the two")


def _in_circles(rows: Sequence[Row], register: Register) -> Iterable[Row]:
    """Rows whose managers lead back to themselves."""
    above = {one.email: place.manager.email for one in register.people.values()
             if (place := register.placements.get(one.pk)) and place.manager and place.manager.email}  # fmt: skip
    above |= {row.email: row.says["manager"] for row in rows if row.says.get("manager")}
    safe: set[str] = set()
    for row in rows:
        path, email = [], row.email
        while email and email not in safe and email not in path:
            path.append(email)
            email = above.get(email, "")
        if email and email in path and row.email in path[path.index(email) :]:
            yield row
        elif not email or email in safe:
            safe.update(path)


def _new_units(rows: Sequence[Row], register: Register) -> dict[str, str]:
    """The units that are not there yet, by name, with the name of the unit above."""
    found: dict[str, tuple[str, str]] = {}
    for row in rows:
        unit, above = row.says.get("unit", ""), row.says.get("above", "")
        if row.problems or not unit:
            continue
        for name, parent in ((above, ""), (unit, above)):
            if name and plain(name) not in register.units and not found.get(plain(name), ("", ""))[1]:
                found[plain(name)] = (name, parent if plain(parent) != plain(name) else "")
    return dict(found.values())


def _change(row: Row, register: Register) -> Change:
    person = register.people.get(row.email)
    placement = register.placements.get(person.pk) if person else None
    change = Change(row, person, placement)
    if person is None:
        return change
    stands: dict[str, Any] = {name: getattr(person, name) for name in OF_PERSON}
    stands |= {"unit": placement.unit.name if placement and placement.unit else ""}
    stands |= {"position": placement.position if placement else ""}
    stands |= {"manager": placement.manager.email if placement and placement.manager else ""}
    for name, old in stands.items():
        new = row.says.get(name)
        same = plain(str(old)) == plain(str(new)) if name == "unit" else old == new
        if new is not None and not same:
            change.fields[name] = (str(old or ""), str(new))
    return change
