"""Assurance work by real actions: an audit that is planned and done, a finding, an action about it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from agreements.models import Agreement
from assurance.actions.action import add_action, do_action, verify_action
from assurance.actions.activity import do_activity, plan_activity
from assurance.actions.finding import open_finding
from assurance.models import Action, Activity, ActivityKind, Finding
from people.models import User
from tests.cast import NOW, TODAY, Cast

SOON = TODAY + timedelta(days=14)
SHOWN = {"evidence_note": "Signed letter in file 7, page 2"}


def planned(agreement: Agreement, by: User, kind: str = ActivityKind.AUDIT, due_on: date = SOON) -> Activity:
    """One that a person planned."""
    values = {"kind": kind, "due_on": due_on, "responsible": None, "asked": "Who opened the records"}
    return plan_activity(agreement=agreement, values=values, why="After the breach", by=by, now=NOW)


def done(activity: Activity, by: User, outcome: str = "satisfactory", **more: Any) -> Activity:
    """The same, done today with evidence."""
    values = {"done_on": TODAY, "outcome": outcome, "summary": "Ten records were followed to their end."}
    return do_activity(activity=activity, values=values, by=by, now=NOW, **({"shown": SHOWN} | more))


def found(by: User, agreement: Agreement | None = None, **said: Any) -> Finding:
    """A finding that a person opened."""
    values = {"title": "Logs are not kept", "detail": "None older than a week.", "severity": "high"}
    return open_finding(agreement=agreement, values=values | said, by=by, now=NOW)


def given(finding: Finding, owner: User, by: User, due_on: date = SOON) -> Action:
    """An action about it."""
    return add_action(finding=finding, what="Keep them for a year", owner=owner.who, due_on=due_on, by=by, now=NOW)


def verified(action: Action, owner: User, by: User) -> Action:
    """The same, done by its owner and verified by somebody else."""
    told = do_action(action_=action, note="They are kept", shown=SHOWN, by=owner, now=NOW)
    return verify_action(action_=told, note="Saw the setting", by=by, now=NOW)


def finding_with_action(cast: Cast) -> tuple[Finding, Action]:
    """A finding of the auditor with an action that the business owner is to do."""
    finding = found(cast.auditor)
    return finding, given(finding, cast.business_owner, cast.auditor)


def refused(statement: str, key: int, match: str = "is a row of record") -> None:
    """The database itself refuses the statement, whoever wrote it."""
    with pytest.raises(IntegrityError, match=match), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [key])
