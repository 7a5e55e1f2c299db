"""Record the approval of an AISA or of a matching programme, and how a variation of an AISA may take effect."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from agreements.actions.changes import changing, check_and_save, refuse
from agreements.choices import Kind, Status
from agreements.errors import NotNow
from agreements.models import Agreement
from agreements.policies.agreement import check_may_edit
from assurance.models import Amendment, Approval
from people.models import User
from records.acting import action
from records.words import nz_date

APPROVED_KINDS = (Kind.AISA, Kind.MATCHING)
BEFORE_SIGNING = (Status.DRAFT, Status.IN_REVIEW, Status.APPROVED, Status.WITHDRAWN)


def check_may_approve_record(agreement: Agreement, user: User) -> None:
    """The person may record the approval: of an AISA or a matching programme that they may edit."""
    check_may_edit(agreement, user)
    if agreement.kind not in APPROVED_KINDS:
        raise NotNow("Only an approved information sharing agreement or information matching has an approval")


def check_may_amend(agreement: Agreement, user: User) -> None:
    """The person may say how the variation at hand takes effect: of an AISA, until it is signed."""
    check_may_edit(agreement, user)
    terms = agreement.terms_now
    if agreement.kind != Kind.AISA or terms.based_on_id is None:
        raise NotNow("Only the variation of an approved information sharing agreement is an amendment of it")
    if terms.state not in ("draft", "in_review", "approved"):
        raise NotNow(f"It is {terms.get_state_display().lower()}: how it took effect stands")


@action
def save_approval(*, agreement: Agreement, values: Mapping[str, Any], by: User, now: datetime) -> Approval:
    """Lead, Order, public columns and notice, as recorded. Raises NotNow, NotYours, NotPermitted, ValidationError."""
    with changing(agreement.with_terms(None), by, localdate(now)) as locked:
        check_may_approve_record(locked, by)
        found = Approval.objects.filter(agreement=locked).first() or Approval(agreement=locked)
        for name, value in values.items():
            setattr(found, name, value)
        _check_order(found, localdate(now))
        _check_start(locked, found)
        check_and_save(found)
    return found


@action
def save_amendment(*, agreement: Agreement, values: Mapping[str, Any], by: User, now: datetime) -> Amendment:
    """The further Order of the variation at hand, or the listed exception it falls under (section 157)."""
    with changing(agreement, by, localdate(now)) as locked:
        check_may_amend(locked, by)
        terms = locked.terms_now
        found = Amendment.objects.filter(terms=terms).first() or Amendment(terms=terms)
        for name, value in values.items():
            setattr(found, name, value)
        if not found.order and not found.exception:
            raise refuse("order", "Enter the Order, or choose the exception that it falls under")
        _check_order(found, localdate(now))
        found.by, found.at = by, now
        check_and_save(found)
    return found


def _check_order(found: Approval | Amendment, today: date) -> None:
    """A day is the day of an Order, and has come."""
    if found.order_on and not found.order:
        raise refuse("order", "Enter the Order that was made on this day")
    if found.order_on and found.order_on > today:
        raise refuse("order_on", "This day lies in the future: record the Order when it is made")


def _check_start(agreement: Agreement, found: Approval) -> None:
    """What is signed already is not in force before its Order; a draft is asked when it is signed."""
    starts_on = agreement.terms_now.starts_on
    if agreement.status in BEFORE_SIGNING or found.order_on is None or starts_on is None:
        return
    if agreement.kind == Kind.AISA and starts_on < found.order_on:
        raise refuse("order_on", f"It is in force from {nz_date(starts_on)}: that cannot be before its Order")
