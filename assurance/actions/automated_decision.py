"""Record a decision that is automated with shared information, say anew what it is, review or end it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from agreements.actions.changes import changing, check_and_save, refuse
from agreements.digest import digest
from agreements.errors import NotNow
from agreements.models import Agreement
from agreements.policies.agreement import check_may_edit
from agreements.stale import stale
from assurance.models import AutomatedDecision, AutomatedReview
from people.models import User
from records.acting import action
from records.words import nz_date

FIELDS = ("what", "means", "how", "uses_ai", "can_ask", "charter", "charter_note")


def check_may_review(decision: AutomatedDecision, user: User) -> None:
    """The person may edit the agreement, and the decision goes on. Raises NotYours, NotPermitted, NotNow."""
    check_may_edit(decision.agreement, user)
    if decision.ended_on:
        raise NotNow(f"It ended on {nz_date(decision.ended_on)}")


def decision_values(decision: AutomatedDecision) -> dict[str, Any]:
    """What is said about it, by field."""
    return {name: getattr(decision, name) for name in FIELDS}


@action
def add_decision(*, agreement: Agreement, values: Mapping[str, Any], by: User, now: datetime) -> AutomatedDecision:
    """Record an automated decision and when it is reviewed first. Raises NotYours, NotPermitted, ValidationError."""
    today = localdate(now)
    with changing(agreement, by, today) as locked:
        check_may_edit(locked, by)
        if values["next_review"] <= today:
            raise refuse("next_review", "Choose a day that is still to come")
        made = AutomatedDecision(agreement=locked, recorded_on=today, **values)
        check_and_save(made)
    return made


@action
def change_decision(
    *, decision: AutomatedDecision, values: Mapping[str, Any], seen: str, by: User, now: datetime
) -> AutomatedDecision:
    """Say anew what it is. ``seen`` is the digest of what the person saw. Raises Stale, NotYours, NotNow."""
    with changing(decision.agreement, by, localdate(now)):
        locked = _locked(decision)
        check_may_review(locked, by)
        stands = decision_values(locked)
        if digest(stands) != seen:
            raise stale(locked, stands, values)
        for name in FIELDS:
            setattr(locked, name, values[name])
        check_and_save(locked)
    return locked


@action
def review_decision(
    *, decision: AutomatedDecision, values: Mapping[str, Any], by: User, now: datetime
) -> AutomatedReview:
    """Record a review, or that it is not used any more: on, ended, next_review, found.

    Raises NotYours, NotNow, ValidationError.
    """
    today = localdate(now)
    with changing(decision.agreement, by, today):
        locked = _locked(decision)
        check_may_review(locked, by)
        ended, on = values["ended"], values["on"]
        _check_day(locked, on, today)
        if not ended and values["next_review"] is None:
            raise refuse("next_review", "Say when it is reviewed next")
        given = dict(values) | {"next_review": None if ended else values["next_review"]}
        made = AutomatedReview(decision=locked, by=by, at=now, **given)
        check_and_save(made)
        if ended:
            locked.ended_on = on
        else:
            locked.reviewed_on, locked.next_review = on, values["next_review"]
        check_and_save(locked)
    return made


def _check_day(decision: AutomatedDecision, on: date, today: date) -> None:
    if on > today:
        raise refuse("on", "This day has not come yet")
    if decision.reviewed_on and on < decision.reviewed_on:
        raise refuse("on", f"It was last reviewed on {nz_date(decision.reviewed_on)}: this cannot be before")


def _locked(decision: AutomatedDecision) -> AutomatedDecision:
    rows = AutomatedDecision.objects.select_for_update(of=("self",), no_key=True).select_related("agreement")
    return rows.get(pk=decision.pk)
