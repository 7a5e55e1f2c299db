"""One person in a round: extend, excuse, send the link again, take a report that it went astray, begin to answer."""

from datetime import date, datetime

from django.utils.timezone import localdate

from conflicts.actions.changes import check_and_save
from conflicts.actions.declaration import start_declaration
from conflicts.choices import Capacity, InvitationState
from conflicts.errors import NotNow, NotYours
from conflicts.letters import asked
from conflicts.models import Declaration, Invitation
from people.models import Engagement, Person, User
from people.permissions import check_may
from people.roles import Permission
from records.acting import Actor, action
from records.actions.mail import queue_many
from records.words import nz_date

CAPACITIES = {
    Engagement.STAFF: Capacity.STAFF,
    Engagement.CONTRACTOR: Capacity.CONTRACTOR,
    Engagement.SECONDEE: Capacity.SECONDEE,
    Engagement.PANEL_MEMBER: Capacity.PANEL_MEMBER,
}


@action
def extend(*, invitation: Invitation, to: date, reason: str, by: User, now: datetime) -> Invitation:
    """Give somebody longer, with a reason; a new link goes out and the old one opens no more. Raises NotNow."""
    locked, today = _lock_to_run(invitation, by), localdate(now)
    if to <= locked.due_on or to < today:
        raise NotNow(f"Choose a day after {nz_date(max(locked.due_on, today))}")
    locked.extended_to, locked.extended_why, locked.extended_by = to, _said(reason), by
    return _send_anew(locked, by, now)


@action
def excuse(*, invitation: Invitation, reason: str, by: User, now: datetime) -> Invitation:
    """Ask somebody no longer in this round, with a reason. Raises NotNow, NotYours, NotPermitted."""
    locked = _lock_to_run(invitation, by)
    locked.state, locked.excused_why, locked.excused_on = InvitationState.EXCUSED, _said(reason), localdate(now)
    check_and_save(locked)
    return locked


@action
def send_again(*, invitation: Invitation, by: User, now: datetime) -> Invitation:
    """Mail the link once more; earlier links open no more. Raises NotNow where nobody can be mailed."""
    return _send_anew(_lock_to_run(invitation, by), by, now)


@action
def report_astray(*, invitation: Invitation, by: Actor, now: datetime) -> Invitation:
    """Somebody else got the link and says so: it opens no more, and whoever runs the round sees it."""
    locked = lock_invitation(invitation)
    if locked.is_open:
        locked.misdirected_at, locked.version = now, locked.version + 1
        check_and_save(locked)
    return locked


@action
def begin_answer(*, invitation: Invitation, by: User, now: datetime) -> Declaration:
    """The draft that answers the round: their own, made when first asked for. Raises NotYours, NotNow."""
    locked = lock_invitation(invitation)
    if by.person_id != locked.person_id:
        raise NotYours("Somebody else is asked here")
    if locked.declaration is not None:
        return locked.declaration
    _check_running(locked)
    values = {"capacity": capacity_of(locked.person), "occasion": locked.round.occasion}
    locked.declaration = start_declaration(values=values, person=locked.person, by=by, now=now)
    locked.state = InvitationState.STARTED
    check_and_save(locked)
    return locked.declaration


def capacity_of(person: Person) -> Capacity:
    """In which capacity a person of the agency declares in a round."""
    return Capacity.SENIOR_LEADER if person.senior else CAPACITIES[Engagement(person.engagement)]


def lock_invitation(invitation: Invitation) -> Invitation:
    """The invitation as it stands now, locked until the transaction ends."""
    rows = Invitation.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("round__agency", "person__agency", "declaration").get(pk=invitation.pk)


def _lock_to_run(invitation: Invitation, by: User) -> Invitation:
    check_may(by, Permission.RUN_ROUNDS)
    locked = lock_invitation(invitation)
    if locked.round.agency_id != by.agency.pk:
        raise NotYours("This round belongs to another agency")
    _check_running(locked)
    return locked


def _check_running(invitation: Invitation) -> None:
    if not invitation.round.running:
        raise NotNow("This round is not running")
    if not invitation.is_open:
        raise NotNow(f"{invitation.person}: {invitation.get_state_display().lower()}")


def _said(reason: str) -> str:
    if not reason.strip():
        raise NotNow("Say why: the reason stands in the round")
    return " ".join(reason.split())


def _send_anew(invitation: Invitation, by: User, now: datetime) -> Invitation:
    if not invitation.person.email:
        raise NotNow(f"{invitation.person} has no e-mail address: add one first, or record their answer on paper")
    invitation.version += 1
    invitation.misdirected_at = None
    check_and_save(invitation)
    queue_many(agency=invitation.round.agency.code, letters=[asked(invitation, localdate(now))], by=by, now=now)
    return invitation
