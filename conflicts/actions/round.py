"""Declaration rounds: prepare one, launch it, keep it while people join, leave and move, close it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from conflicts.actions.changes import check_and_save
from conflicts.audience import Place, audience, places
from conflicts.errors import NotNow, NotReady, NotYours
from conflicts.letters import asked
from conflicts.models import Invitation, Round, RoundUnit
from people.models import Person, Unit, User
from people.permissions import check_may
from people.progress import Tell, quiet
from people.roles import Permission
from records import bulk
from records.acting import action
from records.actions.mail import queue_many

BATCH = 500
FIELDS = ("title", "occasion", "roles", "senior_only", "opens_on", "due_on", "note")


@action
def create_round(*, values: Mapping[str, Any], units: Sequence[Unit], by: User) -> Round:
    """Prepare a round; nobody is asked yet. Raises NotPermitted, NotYours, ValidationError."""
    check_may(by, Permission.RUN_ROUNDS)
    return _save(Round(agency=by.agency, started_by=by), values, units)


@action
def change_round(*, round_: Round, values: Mapping[str, Any], units: Sequence[Unit], by: User) -> Round:
    """Change a round that was not launched. Raises NotPermitted, NotYours, NotNow, ValidationError."""
    locked = lock_round(round_, by)
    if locked.launched_at:
        raise NotNow("People were asked already: close this round and prepare another, or extend it person by person")
    return _save(locked, values, units)


@action
def launch_round(*, round_: Round, by: User, now: datetime, tell: Tell = quiet) -> Round:
    """Ask everybody of the audience, by mail where they have an address: all of them or nobody.

    Raises NotPermitted, NotYours, NotNow, NotReady.
    """
    locked, on = lock_round(round_, by), localdate(now)
    if locked.launched_at:
        raise NotNow("This round was launched already")
    if locked.due_on < on:
        raise NotNow("The day by which to answer has passed: change it first")
    locked.launched_at = now
    locked.save()
    if not ask(locked, list(audience(locked, on).select_related("agency").order_by("pk")), now=now, by=by, tell=tell):
        raise NotReady(["It asks nobody: choose other units or roles"])
    return locked


@action
def close_round(*, round_: Round, by: User, now: datetime) -> Round:
    """End a round: its links open no more, nobody is reminded. Who did not answer stays named. Raises NotNow."""
    locked = lock_round(round_, by)
    if not locked.running:
        raise NotNow("Only a round that is running can be closed")
    locked.closed_at = now
    locked.save()
    return locked


def lock_round(round_: Round, by: User) -> Round:
    """The round as it stands now, locked, for somebody who may run it. Raises NotPermitted, NotYours."""
    check_may(by, Permission.RUN_ROUNDS)
    locked = Round.objects.select_for_update(of=("self",), no_key=True).select_related("agency").get(pk=round_.pk)
    if locked.agency_id != by.agency.pk:
        raise NotYours("This round belongs to another agency")
    return locked


def ask(
    round_: Round, people: Sequence[Person], *, now: datetime, by: User, tell: Tell = quiet, until: date | None = None
) -> int:
    """Invite these people, in batches, and queue their mail; how many. ``until`` gives those who join later longer."""
    for start in range(0, len(people), BATCH):
        tell(1, start)
        some = people[start : start + BATCH]
        where = places([person.pk for person in some], localdate(now))
        made = [
            _invitation(round_, person, where.get(person.pk, Place()), by, until, localdate(now)) for person in some
        ]
        bulk.create(made)
        letters = [asked(each, localdate(now)) for each in made if each.person.email]
        queue_many(agency=round_.agency.code, letters=letters, by=by, now=now)
    return len(people)


def _invitation(round_: Round, person: Person, place: Place, by: User, until: date | None, on: date) -> Invitation:
    made = Invitation(round=round_, person=person, unit_id=place.unit, manager_id=place.manager, asked_on=on)
    if until and until > round_.due_on:
        made.extended_to, made.extended_by, made.extended_why = until, by, "Came in while the round was running"
    return made


def _save(round_: Round, values: Mapping[str, Any], units: Sequence[Unit]) -> Round:
    for name in FIELDS:
        if name in values:
            setattr(round_, name, values[name])
    round_.title = " ".join(round_.title.split())
    if any(unit.agency_id != round_.agency_id for unit in units):
        raise NotYours("Choose units of your own agency")
    check_and_save(round_)
    wanted = {unit.pk for unit in units}
    for row in round_.round_units.all():
        if row.unit_id not in wanted:
            row.delete()
        wanted.discard(row.unit_id)
    for key in sorted(wanted):
        check_and_save(RoundUnit(round=round_, unit_id=key))
    return round_
