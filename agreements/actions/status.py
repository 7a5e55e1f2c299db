"""The one writer of an agreement's status: performs the steps of lifecycle.py."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from agreements.actions.changes import changing
from agreements.checkers import OutsideCheck, check_outside
from agreements.choices import AtEnd, Status
from agreements.errors import NotNow, NotReady
from agreements.extensions import check_from, gates
from agreements.lifecycle import BY_NAME, Step
from agreements.material import provisions_present, weakened_since_approval
from agreements.models import Agreement, StatusChange, Terms
from agreements.policies.agreement import check_may_step
from agreements.sections import BY_NAME as BY_SECTION
from agreements.variation_lifecycle import VariationStep
from people.models import User
from records.acting import action
from records.words import nz_date

SENDING_BACK = ("send_back", "vary_send_back")


@action
def perform(
    *,
    agreement: Agreement,
    step: str,
    by: User,
    now: datetime,
    on: date | None = None,
    reason: str = "",
    disposal: str = "",
    disposal_note: str = "",
    sections: Iterable[str] = (),
    outside: OutsideCheck | None = None,
) -> Agreement:
    """Take one step of the lifecycle.

    ``on`` is the day it is true from (the day of signing or ending; today for the rest) and may not lie in the future.
    Ending asks what became of the information; ``sections`` are those that sending back is about; ``outside`` is who
    checked what a team of one approves. Raises NotNow, NotYours or NotPermitted; nothing is written then.
    """
    with changing(agreement.with_terms(None), by, localdate(now)) as locked:
        chosen = BY_NAME[step]
        true_from = on or localdate(now)
        check_may_take(locked, chosen, by, localdate(now))
        check_said(chosen.needs_reason or _weakens(locked, chosen), reason, true_from, localdate(now))
        _check_disposal(chosen, reason, disposal, disposal_note)
        more = told(locked, chosen, by, localdate(now), sections, outside)
        _check_order(chosen, locked, true_from)
        if step == "submit":
            _note_weakened(locked.terms_now)
        source, locked.status = locked.status, _target(locked, chosen)
        locked.save()
        _move_terms(locked, chosen, true_from)
        StatusChange(
            agreement=locked, terms=locked.current_terms, step=step, source=source, target=locked.status, by=by, at=now,
            on=true_from, why=reason, disposal=disposal, disposal_note=disposal_note, **more,
        ).save()  # fmt: skip
    return locked


@action
def hold_start(*, agreement: Agreement, on: date, by: User, now: datetime) -> bool:
    """Suspend what was signed for a later day where its start is not open on that day; whether it was.

    Only what is agreed here is ever held. The reasons stand with the step, and resuming asks for the same.
    """
    with changing(agreement.with_terms(None), by, on) as locked:
        reasons = gates(locked, "start", on) if locked.status == Status.SIGNED else []
        if reasons:
            why = f"It did not start. {'. '.join(reasons)}"[:2000]
            locked.status = Status.SUSPENDED
            locked.save()
            StatusChange(
                agreement=locked, terms=locked.current_terms, step="suspend", source=Status.SIGNED,
                target=Status.SUSPENDED, by=by, at=now, on=on, why=why,
            ).save()  # fmt: skip
    return bool(reasons)


def check_may_take(agreement: Agreement, step: Step, user: User, on: date) -> None:
    """The person may take the step, and the agreement is ready for it; a sentence says what is in the way."""
    check_may_step(agreement, step, user, on)
    if reasons := gates(agreement, step.name, on):
        raise NotReady(reasons)


def told(
    agreement: Agreement,
    step: Step | VariationStep,
    by: User,
    today: date,
    sections: Iterable[str],
    outside: OutsideCheck | None,
) -> dict[str, Any]:
    """What a step records besides: the sections sent back, who outside the team checked. Raises NotNow."""
    named = list(sections) if step.name in SENDING_BACK else []
    if not set(named) <= set(BY_SECTION):
        raise NotNow("Choose among the sections of the agreement")
    if not step.not_the_author:
        return {"sections": named}
    check_outside(agreement, by, today, outside)
    return asdict(outside) if outside else {}


def check_said(needs_reason: bool, reason: str, on: date, today: date) -> None:
    """A step that asks for a reason has one, and what is recorded has happened."""
    if needs_reason and not reason.strip():
        raise NotNow("Say why: the reason is kept with the step")
    if on > today:
        raise NotNow("This day lies in the future: record the step when it has happened")


def _check_disposal(step: Step, reason: str, disposal: str, note: str) -> None:
    """Ending asks what became of the information. Closing out confirms it, or says why nobody can."""
    if step.name not in {"end", "close_out"}:
        return
    if disposal not in AtEnd.values:
        raise NotNow("Say what became of the information")
    if step.name == "close_out" and disposal == AtEnd.UNKNOWN and not reason.strip():
        raise NotNow("Say why it cannot be confirmed: the gap stays shown with the reason")
    if step.name == "close_out" and disposal != AtEnd.UNKNOWN and not note.strip():
        raise NotNow("Say how you know: which certificate or letter, its date and where it is kept")


def _check_order(step: Step, agreement: Agreement, on: date) -> None:
    """Sharing does not end before it was signed."""
    signed_on = agreement.terms_now.signed_on
    if step.name == "end" and signed_on and on < signed_on:
        raise NotNow(f"It was signed on {nz_date(signed_on)}: it cannot end before that")


def _target(agreement: Agreement, step: Step) -> str:
    """Where the step leads: where the table says; without that nowhere, or back to where it was withdrawn from."""
    if step.target or agreement.status != Status.WITHDRAWN:
        return step.target or agreement.status
    return agreement.status_changes.filter(target=Status.WITHDRAWN).latest("pk").source


def _weakens(agreement: Agreement, step: Step) -> bool:
    """Approving it again takes out or weakens a mandatory provision that was approved, which asks for a reason (F2)."""
    return step.not_the_author and bool(agreement.terms_now.weakened)


def _note_weakened(terms: Terms) -> None:
    """Write down what was approved before and does not stand there any more, while the terms can still be written."""
    found = weakened_since_approval(terms)
    if found != terms.weakened:
        terms.weakened = found
        terms.save()


def _move_terms(agreement: Agreement, step: Step, on: date) -> None:
    terms = agreement.terms_now
    if step.name == "sign":
        terms.signed_on = on
        check_from(agreement, terms.starts_on or on)
    if step.name == "approve":
        terms.provisions_approved = provisions_present(terms)
    terms.state = step.terms or terms.state
    if step.terms or step.name == "sign":
        terms.save()
