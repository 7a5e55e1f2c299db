"""Open findings, accept their risk for a time, and close them when everything about them is done and verified."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from agreements.actions.changes import check_and_save, refuse
from agreements.errors import NotNow, NotYours
from agreements.models import Agreement, Organisation
from assurance.editions import requirements
from assurance.models import (
    Action,
    Activity,
    ActivityKind,
    Finding,
    FindingStep,
    Origin,
    RiskAcceptance,
    Severity,
    StepKind,
)
from assurance.policies.work import check_may_accept_risk, check_may_close, check_may_withdraw
from people.models import User
from people.permissions import check_may
from people.roles import Permission
from records.acting import action
from records.words import nz_date

MOST_DAYS = 366
ABOUT = {ActivityKind.CONFIRMATION: "ISS-11"}


@action
def open_finding(
    *, values: Mapping[str, Any], by: User, now: datetime, agreement: Agreement | None = None,
    organisation: Organisation | None = None, origin: str = Origin.PERSON,
) -> Finding:  # fmt: skip
    """Open a finding: ``title``, ``detail``, ``severity``, and if known ``requirement`` and ``opened_on``.

    Raises ValidationError naming the field, NotYours, NotPermitted.
    """
    check_may(by, Permission.RECORD_ASSURANCE)
    if agreement and agreement.agency_id != by.agency.pk:
        raise NotYours("This agreement belongs to another agency")
    return keep_finding(values, by, now, agreement=agreement, organisation=organisation, origin=origin)


def found_by(activity: Activity, values: Mapping[str, Any], by: User, now: datetime) -> Finding:
    """The finding that an activity leads to; called inside the action that records its outcome."""
    if values.get("severity") not in Severity.values:
        raise refuse("severity", "It is not satisfactory: choose a severity, so that a finding can be opened")
    kind, outcome = ActivityKind(activity.kind), activity.get_outcome_display().lower()
    given = {
        "title": values.get("title") or f"{kind.label}: {outcome}",
        "detail": values.get("detail") or activity.summary,
        "requirement": values.get("requirement") or ABOUT.get(kind, ""),
        "severity": values["severity"],
        "opened_on": activity.done_on,
    }
    origin = values.get("origin", Origin.ACTIVITY)
    return keep_finding(given, by, now, agreement=activity.agreement, activity=activity, origin=origin)


def keep_finding(values: Mapping[str, Any], by: User, now: datetime, **about: Any) -> Finding:
    """Write a finding and its first step, inside an action that has checked who acts. Raises ValidationError."""
    today = localdate(now)
    given = dict(values)
    opened_on = given.pop("opened_on", None) or today
    if opened_on > today:
        raise refuse("opened_on", "This day lies in the future: record it when it has happened")
    agreement = about.get("agreement")
    agency = agreement.agency if agreement else about.pop("agency", None) or by.agency
    finding = Finding(agency=agency, opened_on=opened_on, opened_by=by, opened_at=now, **about, **given)
    if finding.requirement and finding.requirement not in requirements(today):
        raise refuse("requirement", "No standard has this requirement: choose one of the list")
    check_and_save(finding)
    told(finding, StepKind.OPENED, by, now, on=opened_on)
    return finding


@action
def close_finding(*, finding: Finding, why: str, by: User, now: datetime) -> Finding:
    """Close it, with a reason. Raises NotNow while an action is unfinished, NotYours, NotPermitted, ValidationError."""
    locked = lock_finding(finding)
    check_may_close(locked, by)
    if not why.strip():
        raise refuse("why", "Say why it is closed: what is different now")
    locked.closed_on, locked.closed_by, locked.closed_at = localdate(now), by, now
    locked.closed_why = why.strip()
    check_and_save(locked)
    told(locked, StepKind.CLOSED, by, now, why=locked.closed_why)
    return locked


@action
def accept_risk(*, finding: Finding, why: str, until_on: date, by: User, now: datetime) -> RiskAcceptance:
    """Live with the risk until a day; it stays open. Raises NotNow, NotYours, NotPermitted, ValidationError."""
    locked, today = lock_finding(finding), localdate(now)
    check_may_accept_risk(locked, by, today)
    if not why.strip():
        raise refuse("why", "Say why the agency can live with it: the reason is shown wherever the finding is")
    if until_on < today:
        raise refuse("until_on", "This day has passed: a risk is accepted from today on")
    if (until_on - today).days > MOST_DAYS:
        raise refuse("until_on", "A risk is accepted for a year at most: then somebody looks again")
    if locked.acceptances.on(today).exists():
        raise NotNow("Its risk is accepted already: withdraw that first")
    made = RiskAcceptance(finding=locked, why=why.strip(), from_on=today, until_on=until_on, by=by, at=now)
    check_and_save(made)
    told(locked, StepKind.ACCEPTED, by, now, said=f"until {nz_date(until_on)}", why=made.why, due_on=until_on)
    return made


@action
def withdraw_acceptance(*, acceptance: RiskAcceptance, why: str, by: User, now: datetime) -> RiskAcceptance:
    """End an acceptance before its day. Raises NotNow, NotYours, NotPermitted, ValidationError."""
    finding, today = lock_finding(acceptance.finding), localdate(now)
    found = RiskAcceptance.objects.select_for_update(of=("self",), no_key=True).get(pk=acceptance.pk)
    found.finding = finding
    check_may_withdraw(found, by, today)
    if not why.strip():
        raise refuse("why", "Say why it is withdrawn")
    found.withdrawn_on, found.withdrawn_by, found.withdrawn_why = today, by, why.strip()
    check_and_save(found)
    told(finding, StepKind.WITHDRAWN, by, now, why=found.withdrawn_why)
    return found


def lock_finding(finding: Finding) -> Finding:
    """The finding as it stands now, locked: whatever is done to its actions locks it first."""
    return Finding.objects.select_for_update(of=("self",), no_key=True).select_related("agreement").get(pk=finding.pk)


def told(
    finding: Finding, kind: StepKind, by: User, now: datetime, *, action: Action | None = None, said: str = "",
    why: str = "", due_on: date | None = None, on: date | None = None, **shown: Any,
) -> FindingStep:  # fmt: skip
    """Keep that something happened to a finding or one of its actions."""
    step = FindingStep(
        finding=finding, action=action, kind=kind, said=said, why=why, due_on=due_on, on=on or localdate(now), by=by,
        at=now, **shown,
    )  # fmt: skip
    check_and_save(step)
    return step
