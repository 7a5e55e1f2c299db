"""Who decides and who approves, when that changes: the manager changed, somebody left, or it is passed on."""

from datetime import date, datetime

from django.utils.timezone import localdate

from conflicts.actions.changes import lock, note_step
from conflicts.choices import DeclarationStatus
from conflicts.errors import NotNow, NotYours
from conflicts.lifecycle import REROUTED
from conflicts.models import Declaration
from conflicts.policies import asks_two, check_may_pass_approval
from conflicts.routes import route_of
from people.models import Person, User
from people.permissions import check_may
from people.roles import Permission
from records.acting import action

ELSEWHERE = "This cannot go to them: name somebody else"


@action
def reroute(*, declaration: Declaration, by: User, now: datetime, on: date) -> bool:
    """Route a submitted declaration that nobody has taken up again, where the table leads to others now.

    Gives whether anything changed. Once somebody assesses it, it stays with them until it is handed over.
    """
    locked = lock(declaration)
    if locked.status != DeclarationStatus.SUBMITTED:
        return False
    routed = route_of(locked, on)
    if (routed.decider, routed.approver) == (locked.decider, locked.approver):
        return False
    changed = routed.decider != locked.decider
    locked.decider, locked.approver = routed.decider, routed.approver
    locked.save()
    why = "Who decides follows from the table of routes, and that leads to somebody else now"
    note_step(locked, REROUTED, locked.status, by, now, why if changed else "Somebody else approves the plan now")
    return True


@action
def hand_over_declaration(
    *, declaration: Declaration, part: str, leaver: Person, to: Person, by: User, now: datetime
) -> None:
    """Give the part of a leaver (``decider`` or ``approver``) to somebody else. Raises NotYours, NotPermitted, NotNow.

    Whoever hands over need not be able to read the declaration, and learns nothing of it.
    """
    check_may(by, Permission.HAND_OVER)
    locked = lock(declaration)
    if locked.agency_id != by.agency.pk:
        raise NotYours("This declaration belongs to another agency")
    if getattr(locked, f"{part}_id") != leaver.pk:
        raise NotNow("Somebody else has it by now: nothing is left to hand over")
    _give(locked, part, to, by, now, f"{leaver} left")


@action
def pass_approval(*, declaration: Declaration, to: Person, reason: str, by: User, now: datetime) -> Declaration:
    """Let somebody else approve the plan, with a reason. Raises NotNow, NotYours."""
    locked = lock(declaration)
    check_may_pass_approval(locked, by)
    if not reason.strip():
        raise NotNow("Say why: the reason is kept with the step")
    if to.pk == locked.approver_id:
        raise NotYours(f"{to} approves it already")
    if asks_two(locked) and to.pk == locked.decider_id:
        raise NotYours(f"{to} decides on it: somebody else approves the plan")
    _give(locked, "approver", to, by, now, reason)
    return locked


def _give(declaration: Declaration, part: str, to: Person, by: User, now: datetime, why: str) -> None:
    here = to.agency_id == declaration.agency_id and not to.has_left(localdate(now))
    if not here or to.pk == declaration.person_id:
        raise NotYours(ELSEWHERE)
    setattr(declaration, part, to)
    declaration.save()
    note_step(declaration, REROUTED, declaration.status, by, now, why)
