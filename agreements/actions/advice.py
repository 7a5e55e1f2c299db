"""Record advice that was taken, and correct the record."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from agreements.actions.changes import changing, check_and_save, refuse
from agreements.actions.evidence import check_evidence
from agreements.digest import digest
from agreements.errors import NotNow
from agreements.models import EVIDENCE_FIELDS, Advice, Agreement
from agreements.policies.agreement import check_may_edit
from agreements.stale import stale
from people.models import User
from records.acting import action

FIELDS = ("kind", "given_by", "given_on", "summary", "privileged", *EVIDENCE_FIELDS)


def advice_values(advice: Advice) -> dict[str, Any]:
    """What is recorded about a piece of advice, by field."""
    return {name: getattr(advice, name) for name in FIELDS}


@action
def add_advice(*, agreement: Agreement, values: Mapping[str, Any], by: User, now: datetime, on: date) -> Advice:
    """Record advice. Raises ValidationError, NotYours, NotNow or NotPermitted."""
    with changing(agreement, by) as locked:
        check_may_edit(locked, by)
        advice = Advice(agreement=locked, added_by=by, added_at=now, **values)
        _check(advice, None, by, on)
    return advice


@action
def change_advice(
    *, advice: Advice, values: Mapping[str, Any], seen: str, by: User, on: date, reason: str = ""
) -> Advice:
    """Correct what is recorded. Raises Stale, NotNow where it was hidden meanwhile, else as add_advice()."""
    with changing(advice.agreement, by) as agreement:
        check_may_edit(agreement, by)
        readable = Advice.objects.visible_to(by).order_by().values("pk")
        rows = Advice.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=readable)
        locked = rows.select_related("agreement").filter(pk=advice.pk).first()
        if locked is None:
            raise NotNow("Somebody changed meanwhile who may read this advice")
        now = advice_values(locked)
        if digest(now) != seen:
            raise stale(locked, now, values)
        before = locked.evidence_id
        for name, value in values.items():
            setattr(locked, name, value)
        _check(locked, before, by, on)
    return locked


def _check(advice: Advice, before: int | None, by: User, on: date) -> None:
    if advice.given_on and advice.given_on > on:
        raise refuse("given_on", "This day lies in the future")
    if advice.evidence_id != before:
        check_evidence(advice.evidence, advice.agreement, by)
    check_and_save(advice)
