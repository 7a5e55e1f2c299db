"""Who decides when a manager changes, a team is changed in the middle, or somebody leaves."""

from datetime import date, timedelta

import pytest

from conflicts.actions.decision import decide
from conflicts.choices import DeclarationStatus, Outcome
from conflicts.errors import NotYours
from conflicts.models import Declaration
from conflicts.tick import declarations_rerouted
from people.actions.handover import hand_over
from people.actions.person import mark_left
from people.actions.placement import place
from people.models import Handover
from tests.cast import NOW, TODAY
from tests.declaring import Team, declaration_at, take, verdicts_on

pytestmark = pytest.mark.django_db
D = DeclarationStatus
SOON = TODAY + timedelta(days=3)


def of(team: Team) -> Declaration:
    return Declaration.objects.select_related("decider", "approver").get(person=team.staff.person_id)


def test_the_declarant_gets_another_manager_and_what_waits_goes_there(team: Team) -> None:
    declaration_at(D.SUBMITTED, team)
    other = team.member("Hone Other")
    place(person=team.staff.who, on=TODAY, by=team.cast.administrator, manager=other.who)
    assert [declarations_rerouted(SOON), declarations_rerouted(SOON)] == [1, 0]
    declaration = of(team)
    assert (declaration.decider, declaration.approver) == (other.who, team.manager.who)
    assert declaration.steps.latest("pk").said == "Given to somebody else"
    with pytest.raises(NotYours, match="Hone Other decides"):
        decide(declaration=declaration, verdicts=verdicts_on(declaration, Outcome.NONE), by=team.manager, now=NOW)
    assert not Declaration.objects.visible_to(team.second).exists()


def test_a_manager_who_changes_team_in_the_middle_goes_on_with_what_they_took_up(team: Team) -> None:
    declaration = declaration_at(D.ASSESSING, team)
    other = team.cast.business_owner
    place(person=team.manager.who, on=TODAY, by=team.cast.administrator, manager=other.who)
    place(person=team.staff.who, on=TODAY, by=team.cast.administrator, manager=team.second.who)
    assert declarations_rerouted(SOON) == 0
    take(declaration, Outcome.NONE.value, team)
    assert of(team).status == D.NO_CONFLICT


def test_a_decider_who_leaves_what_waits_is_routed_and_what_is_taken_up_is_handed_over(team: Team) -> None:
    waiting = declaration_at(D.SUBMITTED, team)
    mate = team.member("Mate Staff")
    taken = declaration_at(D.MONITORING, Team.around(team, mate))
    champion, officer = team.cast.integrity_champion, team.cast.privacy_officer
    mark_left(person=team.manager.who, left_on=TODAY, by=team.cast.administrator, on=TODAY)
    declarations_rerouted(TODAY)
    waiting.refresh_from_db()
    assert waiting.decider == champion.who
    row = Handover.objects.get(kind="declaration decider")
    assert row.subject == taken.code
    for word in ("Mate", "Ana", "Whare"):
        assert word not in f"{row.title} {row.kind}"
    with pytest.raises(NotYours, match="This cannot go to them"):
        hand_over(handover=row, to=mate.who, by=officer, on=TODAY)
    hand_over(handover=row, to=team.second.who, by=officer, on=TODAY)
    taken.refresh_from_db()
    assert taken.decider == team.second.who
    assert not Declaration.objects.visible_to(officer).exists()


def test_an_approver_who_leaves_hands_over_the_approval_alone(team: Team) -> None:
    declaration_at(D.PLAN_DRAFTED, team)
    mark_left(person=team.second.who, left_on=date(2026, 7, 1), by=team.cast.administrator, on=TODAY)
    assert [row.kind for row in Handover.objects.all()] == ["declaration plan"]
