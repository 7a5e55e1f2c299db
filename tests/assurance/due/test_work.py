"""Assurance work that is due or late is told to who does it; a leaver's is handed over; what-if shows findings."""

from datetime import timedelta

import pytest

from agreements.models import Agreement, Organisation
from assurance.actions.action import do_action, send_back
from assurance.actions.activity import move_activity
from assurance.due.work import actions_due, activities_due, calendar_of
from assurance.handover.work import owned_actions, owned_activities
from assurance.models import Action, Activity
from conflicts.what_if import what_if
from people.actions.person import mark_left
from people.models import Handover
from people.notices import due_for
from people.owned import taker
from tests.assurance.test_weakening import signed_outside
from tests.assurance.working import SHOWN, SOON, done, finding_with_action, found, planned, verified
from tests.cast import NOW, TODAY, Cast
from tests.noticed import said

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement(cast: Cast) -> Agreement:
    return signed_outside(cast)


def test_who_does_it_hears_that_it_is_due_then_that_it_is_late_and_no_more_once_it_is_done(
    agreement: Agreement, cast: Cast
) -> None:
    visit = planned(agreement, cast.auditor, "site_visit")
    activities_due(TODAY)
    officer = cast.privacy_officer.who.name  # manages it
    assert said() == [(officer, f"Site visit of {agreement.reference} is due on 28 July 2026")]
    assert [shown.title for shown in due_for(cast.privacy_officer)] == [agreement.title]
    visit = move_activity(
        activity=visit, due_on=SOON, responsible=cast.auditor.who, why="Theirs", by=cast.auditor, now=NOW
    )
    activities_due(SOON + timedelta(days=1))
    assert said() == [(cast.auditor.who.name, f"Site visit of {agreement.reference} was due on 28 July 2026")]
    assert f"Site visit of {agreement.reference}" in [day.what for day in calendar_of(cast.auditor)]
    done(visit, cast.auditor)
    activities_due(SOON + timedelta(days=1))
    assert said() == []


def test_an_action_is_told_to_its_owner_and_a_leavers_is_handed_over(agreement: Agreement, cast: Cast) -> None:
    finding, action = finding_with_action(cast)
    owner = cast.business_owner
    actions_due(SOON + timedelta(days=1))
    assert said() == [(owner.who.name, "An action about a finding was due on 28 July 2026")]
    visit = planned(agreement, cast.auditor, "site_visit")
    move_activity(activity=visit, due_on=SOON, responsible=owner.who, why="Theirs", by=cast.auditor, now=NOW)
    assert [item.kind for item in (*owned_activities(owner.who), *owned_actions(owner.who))] == ["activity", "action"]
    mark_left(person=owner.who, left_on=TODAY, by=cast.administrator, on=TODAY)
    for item in Handover.objects.filter(leaver=owner.who):
        taker(item)(handover=item, to=cast.contract_manager.who, by=cast.privacy_officer)
    assert Action.objects.get(pk=action.pk).owner == cast.contract_manager.who
    assert Activity.objects.get(pk=visit.pk).responsible == cast.contract_manager.who
    verified(Action.objects.get(pk=action.pk), cast.contract_manager, cast.auditor)
    actions_due(SOON + timedelta(days=1))
    assert said() == []
    assert finding.story.count() == 5


def test_who_verifies_hears_what_is_done_and_its_owner_what_came_back(cast: Cast) -> None:
    _, action = finding_with_action(cast)
    owner, auditor = cast.business_owner, cast.auditor
    do_action(action_=action, note="They are kept", shown=SHOWN, by=owner, now=NOW)
    actions_due(TODAY)
    assert auditor.who.name in {who for who, _ in said()}
    assert owner.who.name not in {who for who, _ in said()}
    assert [shown.title for shown in due_for(auditor)] == ["Keep them for a year"]
    send_back(action_=action, why="Only one system", by=auditor, now=NOW)
    actions_due(TODAY)
    words = "An action about a finding came back to you: something is missing. It is due on 28 July 2026"
    words_due = "An action about a finding is due on 28 July 2026"
    assert set(said()) == {(owner.who.name, words), (owner.who.name, words_due)}
    assert actions_due(TODAY) == 0
    do_action(action_=action, note="In both", shown=SHOWN, by=auditor, now=NOW)
    actions_due(TODAY)
    assert {who for who, _ in said()}.isdisjoint({auditor.who.name, owner.who.name}), "neither verifies it"


def test_before_it_is_engaged_open_findings_about_an_organisation_are_shown(agreement: Agreement, cast: Cast) -> None:
    trust = Organisation.objects.get(name="Te Whare Tautoko Trust")
    found(cast.auditor, agreement)
    shown = what_if(trust.name, trust.pk, cast.auditor).findings
    assert [one.title for one in shown] == ["Logs are not kept (high)"]
    assert what_if(trust.name, trust.pk, Cast("OTH", "Other Ministry").privacy_officer).findings == []
