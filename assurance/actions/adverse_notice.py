"""Record notices before an adverse action by their day, and what came of them. Nothing recorded is changed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from agreements.actions.changes import check_and_save, refuse
from agreements.models import Agreement
from assurance.aisa.counting import NOTICE, counted, period_of
from assurance.aisa.policies import check_may_enter
from assurance.models import AdverseNotice, AdverseOutcome, Approval, Became
from assurance.years import financial_year
from people.models import User
from records.acting import action
from records.words import nz_date


@action
def record_notices(*, agreement: Agreement, values: Mapping[str, Any], by: User, now: datetime) -> AdverseNotice:
    """Keep notices given on one day: given_on, number, ground, reference. Raises NotYours, NotNow, ValidationError."""
    locked = Agreement.objects.select_for_update(of=("self",), no_key=True).get(pk=agreement.pk)
    today = localdate(now)
    if values["given_on"] > today:
        raise refuse("given_on", "This day has not come yet")
    check_may_enter(locked, financial_year(values["given_on"]), by, today)
    made = AdverseNotice(agreement=locked, by=by, at=now, **values)
    made.period = period_of(locked.kind, Approval.objects.filter(agreement=locked).first())
    least = NOTICE[locked.kind]  # type: ignore[index]  # a kind that is reported on
    if made.period < least and not made.ground:
        made.ground = Approval.objects.filter(agreement=locked).values_list("notice_ground", flat=True).first() or ""
    check_and_save(made)
    return made


@action
def record_outcome(*, notice: AdverseNotice, values: Mapping[str, Any], by: User, now: datetime) -> AdverseOutcome:
    """Keep what came of some of the notices: became, number, on, note. Raises NotYours, NotNow, ValidationError."""
    locked = Agreement.objects.select_for_update(of=("self",), no_key=True).get(pk=notice.agreement_id)
    today = localdate(now)
    check_may_enter(locked, financial_year(notice.given_on), by, today)
    made = AdverseOutcome(notice=notice, by=by, at=now, **values)
    _check_day(made, notice, now)
    _check_number(made, notice)
    check_and_save(made)
    return made


def _check_day(made: AdverseOutcome, notice: AdverseNotice, now: datetime) -> None:
    if made.on > localdate(now):
        raise refuse("on", "This day has not come yet")
    if made.on < notice.given_on:
        raise refuse("on", f"The notice was given on {nz_date(notice.given_on)}: nothing came of it before")


def _check_number(made: AdverseOutcome, notice: AdverseNotice) -> None:
    """No more of the one than there were notices left; a mistake cannot take off those that something came of."""
    stands = counted([notice])[0]
    left = {
        Became.ACTED: stands.given - stands.acted,
        Became.DISPUTED: stands.given - stands.disputed,
        Became.MISTAKE: stands.given - max(stands.acted, stands.disputed),
    }[Became(made.became)]
    if made.number > left:
        raise refuse("number", f"There are {left:,} left that this can be said of")
