"""Raise a concern and answer what is asked about it: by somebody signed in, or by a system user for whoever wrote."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from agreements.actions.changes import check_and_save, refuse
from agreements.errors import NotNow, NotYours
from agreements.models import Agreement
from assurance.actions.numbering import next_number
from assurance.actions.saying import in_words
from assurance.due.concern import concerns_due
from assurance.models import Concern, ConcernClock, ConcernStep, ConcernStepKind
from assurance.provider.receipts import hash_of
from people.models import Agency, User
from people.permissions import check_may
from people.roles import Permission
from records.acting import action
from records.locks import hold
from records.working_days import working_days_after


@action
def raise_concern(
    *, agency: Agency, values: Mapping[str, Any], anonymous: bool, receipt: str, by: User, on: date
) -> Concern:
    """Keep a concern that came through the open form; ``by`` is a system user. Sent twice, the first is given.

    Raises ValidationError.
    """
    hold(f"concern {hash_of(receipt)}")  # of two presses at once the second waits, and shows the same code
    there = Concern.objects.filter(receipt_hash=hash_of(receipt)).first()
    if there:
        return there
    made = Concern(agency=agency, anonymous=anonymous, about=values["about"], text=values["text"].strip())
    if not anonymous:
        made.name, made.contact = values["name"].strip(), values["contact"].strip()
        if not made.name:
            raise refuse("name", "Give your name, or choose to stay anonymous")
    return _keep(made, receipt, by, on)


@action
def raise_own_concern(
    *, values: Mapping[str, Any], receipt: str, by: User, on: date, agreement: Agreement | None = None
) -> Concern:
    """Raise one by name while signed in. Raises NotYours, ValidationError."""
    if agreement and agreement.agency_id != by.agency.pk:
        raise NotYours("This agreement belongs to another agency")
    made = Concern(agency=by.agency, anonymous=False, raised_by=by.who, about=values["about"])
    made.text, made.agreement = values["text"].strip(), agreement
    return _keep(made, receipt, by, on)


def _keep(made: Concern, receipt: str, by: User, on: date) -> Concern:
    clock = clock_of(made.agency)
    made.reference = next_number(Concern.objects.all(), made.agency, "CONCERN")
    made.receipt_hash, made.raised_on = hash_of(receipt), on
    made.acknowledge_by = working_days_after(on, clock.acknowledge_days)
    made.answer_by = working_days_after(on, clock.answer_days)
    check_and_save(made)
    say(made, ConcernStepKind.RAISED, "Raised", by, on, shown=True)
    concerns_due(on)
    return made


@action
def answer_question(*, concern: Concern, text: str, by: User, on: date) -> ConcernStep:
    """What whoever raised it writes to those who handle it. Raises NotNow once it is closed, ValidationError."""
    locked = lock_concern(concern)
    if locked.closed_on:
        raise NotNow("It was answered and closed. If it is not over, raise a new concern and name this one")
    text = in_words("text", text, "Write something first")
    return say(locked, ConcernStepKind.ANSWERED, text, by, on, shown=True)


@action
def set_concern_clock(*, acknowledge_days: int, answer_days: int, by: User) -> ConcernClock:
    """Within how many working days the agency acknowledges and answers, from the next concern on.

    Raises NotPermitted, ValidationError.
    """
    check_may(by, Permission.HANDLE_CONCERNS)
    clock = clock_of(by.agency)
    clock.acknowledge_days, clock.answer_days = acknowledge_days, answer_days
    check_and_save(clock)
    return clock


def clock_of(agency: Agency) -> ConcernClock:
    """The agency's clock, or the usual one, unsaved."""
    return ConcernClock.objects.filter(agency=agency).first() or ConcernClock(agency=agency)


def lock_concern(concern: Concern) -> Concern:
    """The concern as it stands, locked until the transaction ends."""
    rows = Concern.objects.select_for_update(of=("self",), no_key=True)
    found: Concern = rows.select_related("agency", "raised_by", "owner").get(pk=concern.pk)
    return found


def say(concern: Concern, kind: ConcernStepKind, said: str, by: User, on: date, *, shown: bool) -> ConcernStep:
    """A row of what happened; called by the actions of a concern, which hold its lock."""
    made = ConcernStep(concern=concern, kind=kind, said=said, shown=shown, by=by, on=on)
    check_and_save(made)
    return made
