"""Start a declaration, say what there is to declare, submit it. What is submitted stands until it is opened again."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from agreements.models import Organisation
from agreements.normalise import normalise
from conflicts.actions.changes import check_and_save, lock, note_step, tell_agreements
from conflicts.actions.match import match_declared
from conflicts.choices import DeclarationStatus, InvitationState, Said, Standing
from conflicts.errors import NotNow, NotYours
from conflicts.lifecycle import BY_NAME as STEPS
from conflicts.lifecycle import STARTED
from conflicts.models import CONTENT, Declaration, DeclaredInterest, Interest
from conflicts.policies import check_can_submit, check_may_step, check_may_write, speaks_for
from conflicts.routes import route_of
from conflicts.seen import about_values, check_seen, row_values, whole_values
from people.actions.system import system_user
from people.models import Person, User
from people.permissions import check_may
from people.roles import Permission
from records.acting import action


@action
def start_declaration(
    *,
    values: Mapping[str, Any],
    by: User,
    now: datetime,
    person: Person | None = None,
    supplier: Organisation | None = None,
) -> Declaration:
    """Begin a draft, with what was declared last time to be answered first.

    For oneself nothing more is needed. Somebody who never signs in, and a supplier, have theirs recorded by those who
    may (``values`` then say from which document). Raises NotYours, NotPermitted, ValidationError.
    """
    declaration = Declaration(agency=by.agency, person=person, supplier=supplier, started_by=by, started_at=now)
    if person is None or person.pk != by.person_id:
        check_may(by, Permission.RECORD_DECLARATIONS)
        declaration.recorded_by = by
    if person is not None and person.agency_id != by.agency.pk:
        raise NotYours(f"{person} does not belong to {by.agency}")
    _fill(declaration, values)
    note_step(declaration, STARTED, "", by, now)
    _ask_again(declaration)
    return declaration


@action
def change_declaration(
    *, declaration: Declaration, values: Mapping[str, Any], by: User, seen: str | None = None
) -> Declaration:
    """Change when, why, in which capacity, or from which document. Raises NotYours, NotNow, Stale, ValidationError."""
    locked = lock(declaration)
    check_may_write(locked, by)
    check_seen(locked, about_values(locked), values, seen)
    _fill(locked, values)
    return locked


@action
def let_fill_in(*, declaration: Declaration, helper: Person | None, by: User, on: date) -> Declaration:
    """Let a colleague fill in the draft, who cannot submit it; None: nobody any more. Raises NotYours, NotNow."""
    locked = lock(declaration)
    check_may_write(locked, by)
    if not speaks_for(locked, by):
        raise NotYours("Only the declarant says who fills it in")
    if helper and (helper.agency_id != locked.agency_id or helper.has_left(on)):
        raise NotYours("Name somebody who works here")
    if helper and helper.pk == locked.person_id:
        raise NotYours("Name somebody other than yourself: you fill it in anyway")
    locked.filled_in_by = helper
    check_and_save(locked)
    return locked


@action
def say(*, declaration: Declaration, said: Said, by: User) -> Declaration:
    """Say that there is something to declare, or nothing. Raises NotYours, NotNow."""
    locked = lock(declaration)
    check_may_write(locked, by)
    locked.said = said
    locked.save()
    return locked


@action
def declare_interest(
    *,
    declaration: Declaration,
    values: Mapping[str, Any],
    by: User,
    declared: DeclaredInterest | None = None,
    seen: str | None = None,
) -> DeclaredInterest:
    """Add an interest to a draft, or change what the draft says of one.

    Raises NotYours, NotNow, ValidationError; Stale when somebody changed the row since ``seen``.
    """
    locked = lock(declaration)
    check_may_write(locked, by)
    row = _row_of(locked, declared.pk) if declared else DeclaredInterest(declaration=locked)
    check_seen(row, row_values(row), values, seen)
    for name, value in values.items():
        setattr(row, name, value)
    row.normalised = normalise(row.named_as)
    check_and_save(row)
    if locked.said != Said.INTERESTS and row.standing != Standing.ENDED:
        locked.said = Said.INTERESTS
        locked.save()
    return row


@action
def remove_interest(*, declared: DeclaredInterest, by: User) -> None:
    """Take an interest out of a draft; one from last time is said to have ended instead. Raises NotYours, NotNow."""
    locked = lock(declared.declaration)
    check_may_write(locked, by)
    if declared.interest_id:
        raise NotYours("It was declared before: say that it has ended, and it is kept with its end")
    _row_of(locked, declared.pk).delete()


@action
def submit_declaration(*, declaration: Declaration, by: User, now: datetime, seen: str | None = None) -> Declaration:
    """Submit a draft: it is routed, its interests live on, and a nil return that needs no decision is noted.

    Raises NotReady with what is missing, NotYours (a delegate may fill it in but not submit it), NotNow, and Stale when
    somebody changed the draft since ``seen``: nobody submits what they have not read.
    """
    locked, on = lock(declaration), localdate(now)
    check_may_step(locked, STEPS["submit"], by)
    check_seen(locked, whole_values(locked), {}, seen)
    check_can_submit(locked)
    source, routed = locked.status, route_of(locked, on)
    locked.route, locked.decider, locked.approver = routed.route.name, routed.decider, routed.approver
    locked.submitted_at, locked.submitted_on = now, on
    _keep_interests(locked)  # while it is still a draft: what is submitted stands
    match_declared(declaration=locked, by=by, on=on)
    locked.status = DeclarationStatus.SUBMITTED
    check_and_save(locked)
    note_step(locked, "submit", source, by, now)
    if locked.said == Said.NIL and routed.route.nil == "noted":
        _note_nil(locked, now)
    _return_invitation(locked, on)
    tell_agreements(locked, by, on)
    return locked


def _row_of(declaration: Declaration, key: int) -> DeclaredInterest:
    row = declaration.declared.filter(pk=key).first()
    if row is None:
        raise NotNow("This interest has been taken out of the draft meanwhile")
    return row


def _fill(declaration: Declaration, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(declaration, name, value)
    below = declaration.subcontractor.contract if declaration.subcontractor else None
    for named in (declaration.agreement, declaration.contract, below, declaration.filled_in_by):
        if named is not None and named.agency_id != declaration.agency_id:
            raise NotYours(f"{named} does not belong to {declaration.agency}")
    check_and_save(declaration)


def _ask_again(declaration: Declaration) -> None:
    holder = {"person": declaration.person} if declaration.person_id else {"supplier": declaration.supplier}
    for interest in Interest.objects.standing().filter(agency=declaration.agency, **holder).order_by("pk"):
        said = interest.declared.order_by("-pk").first()
        row = DeclaredInterest(declaration=declaration, interest=interest, standing=Standing.ASKED)
        for name in CONTENT:
            setattr(row, name, getattr(interest, name))
        if said:
            row.touches, row.declared_as = said.touches, said.declared_as
        row.save()


def _keep_interests(declaration: Declaration) -> None:
    """Each interest lives on as it was declared now."""
    for row in declaration.declared.select_related("interest").order_by("pk"):
        interest = row.interest or Interest(
            agency=declaration.agency, person=declaration.person, supplier=declaration.supplier
        )
        for name in CONTENT:
            setattr(interest, name, getattr(row, name))
        interest.ended = row.standing == Standing.ENDED
        check_and_save(interest)
        if row.interest_id is None:
            row.interest = interest
            row.save()


def _note_nil(declaration: Declaration, now: datetime) -> None:
    source, declaration.status = declaration.status, DeclarationStatus.CLOSED
    declaration.save()
    note_step(declaration, "note", source, system_user("routes"), now)


def _return_invitation(declaration: Declaration, on: date) -> None:
    invitation = getattr(declaration, "invitation", None)
    if invitation and invitation.state != InvitationState.RETURNED:
        invitation.state, invitation.returned_on = InvitationState.RETURNED, on
        invitation.save()
