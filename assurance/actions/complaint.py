"""Record a complaint about the use of information, link it, note what was done, answer it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from agreements.actions.changes import check_and_save, refuse
from agreements.errors import NotNow, NotYours
from agreements.models import Agreement
from assurance.actions.concern import clock_of
from assurance.actions.numbering import next_number
from assurance.actions.saying import (
    check_answered,
    check_give,
    check_hand_over,
    check_may_link,
    check_unanswered,
    in_words,
)
from assurance.due.complaint import complaints_due
from assurance.models import Complaint, ComplaintAgreement, ComplaintOutcome, ComplaintStep, ComplaintStepKind
from people.models import Person, User
from people.permissions import check_may
from people.roles import Permission
from records.acting import action
from records.words import nz_date
from records.working_days import working_days_after

FIELDS = ("received_on", "source", "their_reference", "theme", "text", "answer_by")
K = ComplaintStepKind


def check_may_answer(complaint: Complaint, user: User) -> None:
    """Answers complaints of this agency, and it is open. Raises NotPermitted, NotYours, NotNow."""
    _check_whose(complaint, user)
    check_unanswered(complaint.closed_on)


def check_may_reopen_complaint(complaint: Complaint, user: User) -> None:
    """It is closed."""
    _check_whose(complaint, user)
    check_answered(complaint.closed_on)


def _check_whose(complaint: Complaint, user: User) -> None:
    check_may(user, Permission.HANDLE_CONCERNS)
    if complaint.agency_id != user.agency.pk:
        raise NotYours("This complaint is another agency’s")


@action
def record_complaint(
    *, values: Mapping[str, Any], by: User, now: datetime, agreement: Agreement | None = None
) -> Complaint:
    """Record one; without a day it is to be answered within the agency's working days.

    Raises NotPermitted, NotYours, ValidationError.
    """
    check_may(by, Permission.HANDLE_CONCERNS)
    made = Complaint(agency=by.agency, recorded_by=by, recorded_at=now)
    for name in FIELDS:
        setattr(made, name, values.get(name) or ("" if name == "their_reference" else None))
    if made.received_on is None or made.received_on > localdate(now):
        raise refuse("received_on", "Say on which day it was received: a day that has come")
    if made.answer_by is None:
        made.answer_by = working_days_after(made.received_on, clock_of(by.agency).answer_days)
    made.reference = next_number(Complaint.objects.all(), by.agency, "COMPLAINT")
    check_and_save(made)
    _note(made, K.RECORDED, f"Received on {nz_date(made.received_on)}", by, now)
    if agreement:
        link_complaint(complaint=made, agreement=agreement, by=by, now=now)
    complaints_due(localdate(now))
    return made


@action
def link_complaint(*, complaint: Complaint, agreement: Agreement, by: User, now: datetime) -> ComplaintAgreement:
    """Say that it is about an agreement of the agency. Raises NotPermitted, NotYours, NotNow, ValidationError."""
    locked = _lock(complaint)
    check_may_answer(locked, by)
    check_may_link(agreement, locked.agreement_links.standing(), by)
    made = ComplaintAgreement(complaint=locked, agreement=agreement)
    check_and_save(made)
    _note(locked, K.LINKED, f"It is about {agreement.reference}", by, now)
    return made


def check_may_unlink(complaint: Complaint, user: User) -> None:
    """It is open and about an agreement. Raises NotPermitted, NotYours, NotNow."""
    check_may_answer(complaint, user)
    if not complaint.agreement_links.standing().exists():
        raise NotNow("No agreement is linked")


@action
def unlink_complaint(
    *, complaint: Complaint, agreement: Agreement, why: str, by: User, now: datetime
) -> ComplaintAgreement:
    """Say that it is not about this agreement after all. The link stays on record with the reason and its moment.

    Raises NotPermitted, NotYours, NotNow, ValidationError.
    """
    locked = _lock(complaint)
    check_may_answer(locked, by)
    link: ComplaintAgreement | None = locked.agreement_links.standing().filter(agreement=agreement).first()
    if link is None:
        raise refuse("agreement", f"{agreement.reference} is not linked")
    why = in_words("why", why, "Say why: the reason stands with the link")
    link.set_aside(why, by, now)
    check_and_save(link)
    _note(locked, K.UNLINKED, f"It is not about {agreement.reference}: {why}", by, now)
    return link


@action
def note_complaint(*, complaint: Complaint, said: str, by: User, now: datetime) -> ComplaintStep:
    """Note what was done. Raises NotPermitted, NotYours, NotNow, ValidationError."""
    locked = _lock(complaint)
    check_may_answer(locked, by)
    said = in_words("said", said, "Say what was done")
    return _note(locked, K.NOTE, said, by, now)


@action
def give_complaint(*, complaint: Complaint, owner: Person, answer_by: date, by: User, now: datetime) -> ComplaintStep:
    """Give it to somebody of the agency, with the day of its answer. Raises as the others do."""
    locked, on = _lock(complaint), localdate(now)
    check_may_answer(locked, by)
    check_give(owner, locked, Permission.HANDLE_CONCERNS, on)
    if answer_by != locked.answer_by and answer_by < on:
        raise refuse("answer_by", f"{nz_date(answer_by)} has passed")
    locked.owner, locked.answer_by = owner, answer_by
    check_and_save(locked)
    return _owned(locked, f"Given to {owner}, to be answered by {nz_date(answer_by)}", by, now)


@action
def hand_over_complaint(*, complaint: Complaint, leaver: Person, to: Person, by: User, now: datetime) -> ComplaintStep:
    """Put ``to`` where the leaver answered it; by who hands over, who need not read it.

    Raises NotPermitted, NotYours, NotNow.
    """
    locked = _lock(complaint)
    check_hand_over(locked, leaver, to, Permission.HANDLE_CONCERNS, by, localdate(now))
    check_unanswered(locked.closed_on)
    locked.owner = to
    check_and_save(locked)
    return _owned(locked, f"Handed over from {leaver} to {to}", by, now)


@action
def close_complaint(*, complaint: Complaint, outcome: str, answer: str, by: User, now: datetime) -> ComplaintStep:
    """Answer it, with what came of it. Raises NotPermitted, NotYours, NotNow, ValidationError."""
    locked, on = _lock(complaint), localdate(now)
    check_may_answer(locked, by)
    answer = in_words("answer", answer, "Say what was answered")
    locked.outcome, locked.answer, locked.closed_on, locked.closed_by = outcome, answer, on, by
    check_and_save(locked)
    made = _note(locked, K.CLOSED, f"{ComplaintOutcome(outcome).label}. {answer}", by, now)
    complaints_due(on)
    return made


@action
def reopen_complaint(*, complaint: Complaint, why: str, by: User, now: datetime) -> ComplaintStep:
    """Open it again, with a reason. Raises NotPermitted, NotYours, NotNow, ValidationError."""
    locked = _lock(complaint)
    check_may_reopen_complaint(locked, by)
    why = in_words("why", why, "Say why it is opened again")
    locked.closed_on = locked.closed_by = None
    check_and_save(locked)
    made = _note(locked, K.REOPENED, why, by, now)
    complaints_due(localdate(now))
    return made


def _lock(complaint: Complaint) -> Complaint:
    rows = Complaint.objects.select_for_update(of=("self",), no_key=True)
    found: Complaint = rows.select_related("agency", "owner").get(pk=complaint.pk)
    return found


def _owned(complaint: Complaint, said: str, by: User, now: datetime) -> ComplaintStep:
    made = _note(complaint, K.OWNER, said, by, now)
    complaints_due(localdate(now))
    return made


def _note(complaint: Complaint, kind: ComplaintStepKind, said: str, by: User, now: datetime) -> ComplaintStep:
    made = ComplaintStep(complaint=complaint, kind=kind, said=said, by=by, at=now)
    check_and_save(made)
    return made
