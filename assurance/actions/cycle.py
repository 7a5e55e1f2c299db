"""Say how often a kind of assurance comes round, of a risk or of one agreement; what is scheduled follows at once."""

from datetime import datetime

from django.utils.timezone import localdate

from agreements.actions.changes import changing, check_and_save, refuse
from agreements.errors import NotNow
from agreements.models import Agreement
from assurance.actions.conformance import reassess_locked
from assurance.models import Cycle
from assurance.models.conformance_run import RunCause
from assurance.policies.work import check_may_plan
from people.models import User
from people.permissions import check_may
from people.roles import Permission
from records.acting import action


@action
def change_cycle(*, kind: str, risk: str, months: int | None, why: str, by: User, now: datetime) -> Cycle:
    """Of every agreement of the agency with this risk. Raises ValidationError, NotNow, NotPermitted."""
    check_may(by, Permission.ATTEST_FOR_AGENCY)
    rows = Cycle.objects.filter(agency=by.agency, agreement=None, kind=kind, risk=risk)
    _check_differs(rows.order_by("-pk").first(), months)
    made = _keep(Cycle(agency=by.agency, kind=kind, risk=risk, months=months, why=why.strip(), by=by, at=now))
    keys = Agreement.objects.in_use().filter(agency=by.agency, current_terms__isnull=False).values_list("pk", flat=True)
    reassess_locked(agreements=keys, on=localdate(now), by=by, cause=RunCause.CHANGE)
    return made


@action
def change_own_cycle(
    *, agreement: Agreement, kind: str, months: int | None, why: str, by: User, now: datetime
) -> Cycle:  # fmt: skip
    """Of one agreement. Raises ValidationError, NotNow, NotYours, NotPermitted."""
    with changing(agreement, by, localdate(now)) as locked:
        check_may_plan(locked, by)
        _check_differs(Cycle.objects.filter(agreement=locked, kind=kind).order_by("-pk").first(), months)
        return _keep(
            Cycle(agency=locked.agency, agreement=locked, kind=kind, months=months, why=why.strip(), by=by, at=now)
        )


def _check_differs(stands: Cycle | None, months: int | None) -> None:
    if months == (stands.months if stands else None):
        raise NotNow("Nothing differs from what stands there: change something, or go back")


def _keep(cycle: Cycle) -> Cycle:
    if not cycle.why:
        raise refuse("why", "Say why, so that others understand it later")
    check_and_save(cycle)
    return cycle
