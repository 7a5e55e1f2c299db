"""Import a list of staff: all of it or nothing."""

from collections.abc import Mapping
from datetime import date, timedelta

from people.actions.changes import check_and_save
from people.errors import NotNow
from people.models import Agency, Person, Placement, Unit, User
from people.policies import check_keeps
from people.progress import Tell, quiet
from people.staff.changes import OF_PERSON, Change, Changes, changes_of
from people.staff.rows import rows_of
from records import bulk
from records.acting import action
from records.files import store
from records.forms import plain
from records.locks import hold
from records.models import StoredFile

BATCH = 500
WHERE = {"unit", "manager", "position"}
MEANWHILE = "The register changed since you looked, and the list would do something else now. Look again, then import."


@action
def keep_list(*, content: bytes, by: User) -> StoredFile:
    """Keep an uploaded list while somebody looks at what it would change, and after it was imported."""
    check_keeps(by, by.agency)
    return store(content)


@action
def import_staff(*, agency: Agency, content: bytes, seen: str, on: date, by: User, tell: Tell = quiet) -> Changes:
    """Add and change people, units and where they work, as was shown under the digest ``seen``; from ``on``.

    Nobody is ever marked as having left. Raises NotPermitted, NotYours, Unreadable, and NotNow where any row is
    wrong or the register changed meanwhile; then nothing is written.
    """
    check_keeps(by, agency)
    hold(f"staff of {agency.code}")
    tell(1, None)
    changes = changes_of(rows_of(content), agency, on)
    if changes.problems:
        raise NotNow(f"{len(changes.problems):,} rows are wrong: put them right in the file and upload it again")
    if changes.digest != seen:
        raise NotNow(MEANWHILE)
    units = _units(agency, changes.units)
    tell(2, 0)
    people = _people(agency, changes, tell)
    tell(3, 0)
    _places(changes, people, units, on)
    return changes


def _units(agency: Agency, new: Mapping[str, str]) -> dict[str, Unit]:
    """Every open unit by plain name; those above are made first."""
    found = {plain(one.name): one for one in Unit.objects.filter(agency=agency, ends_on=None)}
    waiting = dict(new)
    while waiting:
        ready = [name for name, above in waiting.items() if not above or plain(above) in found]
        for name in ready or list(waiting):  # units that stand under each other: none of them above
            above = found.get(plain(waiting.pop(name)))
            unit = Unit(agency=agency, name=name, parent=above)
            check_and_save(unit)
            found[plain(name)] = unit
    return found


def _people(agency: Agency, changes: Changes, tell: Tell) -> dict[str, Person]:
    """Everybody of the agency by address, once those who are new are there and the others are as the list has them."""
    new = [_filled(Person(agency=agency, email=each.row.email), each) for each in changes.new]
    for start in range(0, len(new), BATCH):
        bulk.create(new[start : start + BATCH])
        tell(2, start)
    wanted = {each.person.pk: each for each in changes.changed if each.person and each.fields.keys() & set(OF_PERSON)}
    rows = Person.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=wanted)
    bulk.update([_filled(one, wanted[one.pk]) for one in rows.order_by("pk")], OF_PERSON)
    return {one.email: one for one in Person.objects.filter(agency=agency).exclude(email="")}


def _filled(person: Person, change: Change) -> Person:
    for name in OF_PERSON:
        if name in change.row.says:
            setattr(person, name, change.row.says[name])
    person.clean_fields()
    return person


def _places(changes: Changes, people: Mapping[str, Person], units: Mapping[str, Unit], on: date) -> None:
    """Close the open placement of who moves, and open the next; one that began on the same day is corrected."""
    moving = [each for each in changes.changed if each.fields.keys() & WHERE]
    keys = [each.placement.pk for each in moving if each.placement]
    rows = Placement.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=keys)
    locked = {one.pk: one for one in rows.order_by("pk")}
    ended, corrected, made = [], [], []
    for each in [*moving, *(each for each in changes.new if each.row.says.keys() & WHERE)]:
        now = locked.get(each.placement.pk) if each.placement else None
        if now and now.starts_on > on:
            raise NotNow(f"{each.person} moves on a later day already: take {each.row.email} out of the list, or wait")
        if now and now.starts_on == on:
            corrected.append(_put(now, each, people, units))
            continue
        person, began = people[each.row.email], each.row.says.get("started_on") if each.person is None else None
        next_ = Placement(person=person, starts_on=began or on)
        if now:
            next_.unit_id, next_.manager_id, next_.position = now.unit_id, now.manager_id, now.position
            now.ends_on = on - timedelta(days=1)
            ended.append(now)
        made.append(_put(next_, each, people, units))
    bulk.update(corrected, ["unit", "manager", "position"])
    bulk.update(ended, ["ends_on"])
    bulk.create(made)


def _put(placement: Placement, change: Change, people: Mapping[str, Person], units: Mapping[str, Unit]) -> Placement:
    says = change.row.says
    if "unit" in says:
        placement.unit = units[plain(says["unit"])]
    if "manager" in says:
        placement.manager = people[says["manager"]]
    placement.position = says.get("position", placement.position)
    return placement
