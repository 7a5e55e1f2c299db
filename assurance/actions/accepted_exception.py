"""Accept that a requirement is not met for a time, and take that back: by a delegate, never by the author."""

from datetime import date, datetime

from django.utils.timezone import localdate

from agreements.actions.changes import changing, check_and_save, refuse
from agreements.checkers import wrote
from agreements.errors import NotNow, NotYours
from agreements.models import Agreement
from assurance.assess import assess
from assurance.collect import collect
from assurance.editions import Requirement, requirements
from assurance.models import AcceptedException
from assurance.outcome import Outcome
from people.models import Power, User
from people.permissions import NotPermitted, holds_power
from records.acting import action
from records.words import nz_date


def check_may_accept(agreement: Agreement, user: User, on: date) -> None:
    """The person holds a delegation to accept exceptions, and wrote no part of these terms.

    Raises NotYours, NotPermitted with a sentence for the page.
    """
    if agreement.agency_id != user.agency.pk:
        raise NotYours("This agreement belongs to another agency")
    if not holds_accepting(user, on):
        raise NotPermitted("Accepting an exception needs a delegation to do so")
    if wrote(agreement, user):
        raise NotYours("You wrote part of these terms: somebody else accepts an exception to them")


@action
def accept_exception(
    *, agreement: Agreement, requirement: str, gate: str, why: str, ends_on: date, by: User, now: datetime
) -> AcceptedException:
    """Open one gate for one requirement until a day; it stays not met everywhere.

    Raises NotPermitted, NotYours, NotNow, ValidationError.
    """
    today = localdate(now)
    with changing(agreement, by, today) as locked:
        check_may_accept(locked, by, today)
        asked = _asked(requirement, gate, today)
        _check_not_met(locked, asked, today)
        _check_days(ends_on, today)
        if not why.strip():
            raise refuse("why", "Say why this is acceptable: the reason is shown wherever the requirement is")
        if AcceptedException.objects.filter(agreement=locked, requirement=asked.id, gate=gate).on(today).exists():
            raise NotNow(f"An exception to {asked.id} for this step holds already: withdraw that one first")
        made = AcceptedException(
            agreement=locked, requirement=asked.id, gate=gate, why=why.strip(), from_on=today, ends_on=ends_on,
            by=by, at=now,
        )  # fmt: skip
        check_and_save(made)
    return made


def _asked(requirement: str, gate: str, on: date) -> Requirement:
    asked = requirements(on).get(requirement)
    if asked is None:
        raise NotNow(f"No standard asks for {requirement}")
    if gate not in asked.gates:
        raise refuse("gate", "This requirement does not stop that step: there is nothing to open")
    return asked


def _check_not_met(agreement: Agreement, asked: Requirement, on: date) -> None:
    """Only what is known not to be met, by the terms at hand, and only where it stops something."""
    facts = next(iter(collect([agreement.terms_now.pk])))
    if facts.existing:
        raise NotNow("Nothing stops an arrangement that is recorded as it stands: there is nothing to open")
    found = assess(facts, [asked], on)[asked.id]
    if found.outcome != Outcome.NOT_MET:
        raise NotNow(f"{asked.id} is {found.outcome.label.lower()}: only what is not met can be accepted")


MOST_DAYS = 366


def _check_days(ends_on: date, today: date) -> None:
    if ends_on < today:
        raise refuse("ends_on", "This day has passed: an exception holds from today on")
    if (ends_on - today).days > MOST_DAYS:
        raise refuse("ends_on", "An exception holds for a year at most: then somebody looks again")


def check_may_withdraw(exception: AcceptedException, user: User, on: date) -> None:
    """The person holds a delegation to accept exceptions, and this one holds still."""
    if exception.agreement.agency_id != user.agency.pk:
        raise NotYours("This agreement belongs to another agency")
    if not holds_accepting(user, on):
        raise NotPermitted("Withdrawing an exception needs a delegation to accept exceptions")
    if exception.withdrawn_on or exception.ends_on < on:
        raise NotNow(f"It ended on {nz_date(exception.withdrawn_on or exception.ends_on)} already")


def holds_accepting(user: User, on: date) -> bool:
    """Whether a delegation lets the person accept exceptions."""
    return bool(user.person and holds_power(user.person, Power.ACCEPT_EXCEPTION, on))


@action
def withdraw_exception(*, exception: AcceptedException, why: str, by: User, now: datetime) -> AcceptedException:
    """End an exception before its day. Raises NotPermitted, NotYours, NotNow, ValidationError."""
    today = localdate(now)
    with changing(exception.agreement.with_terms(None), by, today) as locked:
        found = AcceptedException.objects.select_for_update(of=("self",), no_key=True).get(pk=exception.pk)
        found.agreement = locked
        check_may_withdraw(found, by, today)
        if not why.strip():
            raise refuse("withdrawn_why", "Say why it is withdrawn")
        found.withdrawn_on, found.withdrawn_by, found.withdrawn_why = today, by, why.strip()
        check_and_save(found)
    return found
