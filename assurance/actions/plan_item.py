"""People move items of the plan, each time with a reason. The register's own part is in plan_keeping.py."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from agreements.actions.changes import check_and_save, refuse
from agreements.digest import digest
from agreements.errors import Difference, NotNow, NotYours, Stale
from agreements.models import Agreement
from agreements.policies.agreement import check_may_edit
from assurance.actions.conformance import reassess
from assurance.actions.plan_keeping import note_standings
from assurance.editions import Requirement, asked_of
from assurance.models import ConformanceEntry, PlanItem, PlanMove, PlanState
from assurance.quarters import end_of_quarter
from people.models import Person, User
from people.permissions import may
from people.roles import Permission
from records.acting import action
from records.words import nz_date

FIELDS = ("state", "owner", "target", "action")
LONGEST_SAID = 300


def check_may_move(item: PlanItem, user: User) -> None:
    """The person owns the item, or may edit the agreement; the item is still asked. Raises NotYours, NotNow."""
    if item.agreement.agency_id != user.agency.pk:
        raise NotYours("This agreement belongs to another agency")
    owns = item.owner_id is not None and item.owner_id == user.person_id
    if not (owns and may(user, Permission.EDIT_OWN_AGREEMENTS)):
        check_may_edit(item.agreement, user)
    if item.left_on:
        raise NotNow(f"It is no longer asked since {nz_date(item.left_on)}: there is nothing to move")


@action
def move_item(
    *, item: PlanItem, values: Mapping[str, Any], why: str, seen: str, by: User, now: datetime,
    although_open: bool = False,
) -> PlanMove:  # fmt: skip
    """Change state, owner, target or action of an item, and keep what changed and why.

    ``seen`` is the digest of item_values() when the person opened it. Done while something mandatory is open needs
    ``although_open``. Raises Stale, NotYours, NotPermitted, NotNow, ValidationError; nothing is saved then.
    """
    Agreement.objects.select_for_update(of=("self",), no_key=True).get(pk=item.agreement_id)
    rows = PlanItem.objects.select_for_update(of=("self",), no_key=True).select_related(
        "agreement__current_terms", "owner"
    )
    locked = rows.get(pk=item.pk)
    check_may_move(locked, by)
    stands = item_values(locked)
    if digest(stands) != seen:
        raise _stale(locked, stands, values)
    today = localdate(now)
    _check(locked, stands, values, why, by, today)
    left = _check_done(locked, values, today, although_open=although_open)
    said = _said(stands, values, left)
    for name in FIELDS:
        setattr(locked, name, values[name])
    done = values["state"] == PlanState.DONE
    if done != bool(locked.done_on):
        locked.done_on, locked.done_by = (today, by) if done else (None, None)
    check_and_save(locked)
    note_standings([locked], now)
    move = PlanMove(item=locked, said=said, why=why.strip(), by=by, at=now)
    check_and_save(move)
    reassess(agreements=[locked.agreement_id], on=today, by=by)  # ISS-20 asks for its owner and its target
    return move


def item_values(item: PlanItem) -> dict[str, Any]:
    """What people can change, as it stands now."""
    return {name: getattr(item, name) for name in FIELDS}


def mandatory_open(agreement: int, on: date) -> list[Requirement]:
    """What would stop a new agreement and is not met or not known here. One query."""
    return mandatory_of(ConformanceEntry.objects.filter(agreement=agreement).first(), on)


def mandatory_of(entry: ConformanceEntry | None, on: date) -> list[Requirement]:
    """The same of what the newest assessment found; nothing where there was none."""
    ids = {*entry.not_met, *entry.unknown} if entry else set()
    return [one for one in asked_of("agreement", on) if one.id in ids and (one.gates or one.critical)]


def _stale(item: PlanItem, stands: Mapping[str, Any], values: Mapping[str, Any]) -> Stale:
    last = item.moves.select_related("by__person").order_by("-pk").first()
    changed = [Difference(name, stands[name], values[name]) for name in FIELDS if values[name] != stands[name]]
    who = str(last.by) if last else "Somebody"
    return Stale(who, last.at if last else None, changed, digest(stands))


def _check(
    item: PlanItem, stands: Mapping[str, Any], values: Mapping[str, Any], why: str, by: User, today: date
) -> None:
    if not why.strip():
        raise refuse("why", "Say why: the reason stands in the plan")
    if all(values[name] == stands[name] for name in FIELDS):
        raise refuse("state", "Nothing differs from what stands there: change something, or go back")
    owner: Person | None = values["owner"]
    if owner != stands["owner"] and owner and (owner.agency_id != by.agency.pk or owner.has_left(today)):
        raise refuse("owner", "Choose somebody who works here")
    target: date | None = values["target"]
    if target and target != stands["target"]:
        if target != end_of_quarter(target):
            raise refuse("target", "Choose the end of a quarter")
        if target < today:
            raise refuse("target", f"{nz_date(target)} has passed: choose a quarter that can still be met")


def _check_done(item: PlanItem, values: Mapping[str, Any], today: date, *, although_open: bool) -> list[Requirement]:
    """What is left open by saying that it is done. Raises ValidationError where that was not said."""
    if values["state"] != PlanState.DONE or item.state == PlanState.DONE:
        return []
    left = mandatory_open(item.agreement_id, today)
    if left and not although_open:
        named = ", ".join(one.id for one in left)
        raise refuse("state", f"Still open: {named}. Meet them first, or say below that it is done although they are")
    return left


def _said(stands: Mapping[str, Any], values: Mapping[str, Any], left: list[Requirement]) -> str:
    told = {
        "state": lambda value: str(PlanState(value).label).lower(),
        "owner": lambda value: str(value) if value else "nobody",
        "target": lambda value: nz_date(value) if value else "no quarter",
    }
    labels = {"state": "State", "owner": "Owner", "target": "To be done by"}
    parts = [
        f"{labels[name]}: {told[name](stands[name])} → {told[name](values[name])}"
        for name in told
        if stands[name] != values[name]
    ]
    if stands["action"] != values["action"]:
        parts.append("What has to be done is said anew" if values["action"] else "What has to be done is taken out")
    if left:
        parts.append(f"Still open: {', '.join(one.id for one in left)}")
    said = "; ".join(parts)
    return said if len(said) <= LONGEST_SAID else f"{said[: LONGEST_SAID - 1]}…"
