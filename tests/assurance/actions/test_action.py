"""Findings and their actions by the actions themselves: nobody verifies their own, and nothing closes too early."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from agreements.errors import NotNow, NotYours
from assurance.actions.action import do_action, drop_action, move_action, send_back, verify_action
from assurance.actions.finding import accept_risk, close_finding, withdraw_acceptance
from assurance.models import Finding, RiskAcceptance
from people.models import Power
from people.permissions import NotPermitted
from tests.assurance.working import SHOWN, SOON, finding_with_action, found, given, refused, verified
from tests.cast import NOW, TODAY, Cast
from tests.delegating import delegated

pytestmark = pytest.mark.django_db


def test_an_action_is_done_with_evidence_verified_by_somebody_else_and_then_the_finding_closes(cast: Cast) -> None:
    finding, action = finding_with_action(cast)
    owner, auditor = cast.business_owner, cast.auditor
    with pytest.raises(ValidationError, match="It needs evidence"):
        do_action(action_=action, note="Done", shown={}, by=owner, now=NOW)
    with pytest.raises(NotPermitted):
        do_action(action_=action, note="Done", shown=SHOWN, by=cast.adviser, now=NOW)
    told = do_action(action_=action, note="They are kept", shown=SHOWN, by=cast.privacy_officer, now=NOW)
    with pytest.raises(NotYours, match="somebody else verifies it"):
        verify_action(action_=told, note="Fine", by=cast.privacy_officer, now=NOW)
    with pytest.raises(NotPermitted):
        verify_action(action_=told, note="Fine", by=owner, now=NOW)
    back = send_back(action_=told, why="Only for the new system", by=auditor, now=NOW)
    assert (back.state, back.done_on, back.evidence_note) == ("open", None, "")
    with pytest.raises(NotNow, match="an action is still to be done or to be verified"):
        close_finding(finding=finding, why="Fixed", by=auditor, now=NOW)
    verified(back, owner, auditor)
    closed = close_finding(finding=finding, why="Logs are kept for a year", by=auditor, now=NOW)
    assert closed.closed_on == TODAY
    kinds = [step.kind for step in finding.story]
    assert kinds == ["opened", "added", "done", "sent_back", "done", "verified", "closed"]
    shown = [step.evidence_note for step in finding.story if step.kind == "done"]
    assert shown == [SHOWN["evidence_note"]] * 2
    with pytest.raises(NotNow, match="open another one"):
        given(finding, owner, auditor)


def test_the_database_refuses_what_the_actions_do(cast: Cast) -> None:
    finding, action = finding_with_action(cast)
    told = do_action(action_=action, note="They are kept", shown=SHOWN, by=cast.privacy_officer, now=NOW)
    verify = "UPDATE assurance_action SET state = 'verified', verified_on = '2026-07-14', verified_by_id = %s"
    refused(verify, cast.privacy_officer.pk, match="action_verified_by_somebody_else")
    refused(verify, cast.business_owner.pk, match="Nobody verifies their own action")
    verify_action(action_=told, note="Seen", by=cast.auditor, now=NOW)
    for row in (action, finding, finding.story[0]):
        refused(f"DELETE FROM {row._meta.db_table} WHERE id = %s", row.pk)
    refused("UPDATE assurance_finding SET severity = 'low' WHERE id = %s", finding.pk)
    refused("UPDATE assurance_action SET due_on = '2030-01-01' WHERE id = %s", action.pk)


def test_the_owner_neither_drops_their_action_nor_does_the_opener_close_what_nobody_verified(cast: Cast) -> None:
    finding = found(cast.privacy_officer)
    action = given(finding, cast.auditor, cast.privacy_officer)
    with pytest.raises(NotYours, match="You own it"):
        drop_action(action_=action, why="No", by=cast.auditor, now=NOW)
    moved = move_action(
        action_=action, owner=cast.business_owner.who, due_on=SOON + timedelta(days=9), why="Theirs to do",
        by=cast.privacy_officer, now=NOW,
    )  # fmt: skip
    assert drop_action(action_=moved, why="The system is gone", by=cast.auditor, now=NOW).dropped_on == TODAY
    finding = Finding.objects.get(pk=finding.pk)
    with pytest.raises(NotYours, match="somebody else closes it"):
        close_finding(finding=finding, why="Gone", by=cast.privacy_officer, now=NOW)
    outsider = Cast("DOE", "Department of Elsewhere")
    with pytest.raises(NotYours):
        close_finding(finding=finding, why="Gone", by=outsider.auditor, now=NOW)
    assert close_finding(finding=finding, why="Gone", by=cast.auditor, now=NOW).closed_by == cast.auditor
    with pytest.raises(ValidationError, match="No standard has this requirement"):
        found(cast.auditor, requirement="ISS-99")


def test_a_risk_is_accepted_by_a_delegate_until_a_day_and_the_finding_stays_open(cast: Cast) -> None:
    finding, until = found(cast.auditor), TODAY + timedelta(days=60)
    with pytest.raises(NotPermitted, match="needs a delegation to accept risk"):
        accept_risk(finding=finding, why="It ends soon", until_on=until, by=cast.privacy_officer, now=NOW)
    delegated(cast, cast.auditor, Power.ACCEPT_RISK)
    with pytest.raises(NotYours, match="You opened it"):
        accept_risk(finding=finding, why="It ends soon", until_on=until, by=cast.auditor, now=NOW)
    delegated(cast, cast.approver, Power.ACCEPT_RISK)
    with pytest.raises(ValidationError, match="a year at most"):
        accept_risk(
            finding=finding, why="Soon", until_on=TODAY + timedelta(days=400), by=cast.approver, now=NOW
        )  # fmt: skip
    made = accept_risk(finding=finding, why="It ends soon", until_on=until, by=cast.approver, now=NOW)
    assert Finding.objects.open().get() == finding
    with pytest.raises(NotNow, match="accepted already"):
        accept_risk(finding=finding, why="Again", until_on=until, by=cast.approver, now=NOW)
    assert RiskAcceptance.objects.on(until).exists()
    assert not RiskAcceptance.objects.on(until + timedelta(days=1)).exists()
    withdraw_acceptance(acceptance=made, why="It goes on after all", by=cast.chief_executive, now=NOW)
    assert not RiskAcceptance.objects.on(TODAY).exists()
    assert [step.kind for step in finding.story] == ["opened", "accepted", "withdrawn"]
