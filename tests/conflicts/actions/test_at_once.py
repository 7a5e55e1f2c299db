"""Two who decide, or approve, at the same moment, on real connections: one wins and the other is told who."""

from collections.abc import Callable
from functools import partial

import pytest

from conflicts.actions.decision import decide
from conflicts.actions.declaration import submit_declaration
from conflicts.actions.plan import approve_plan
from conflicts.actions.step import escalate
from conflicts.choices import DeclarationStatus, Outcome
from conflicts.models import Decision, Declaration
from people.roles import Role
from records.errors import Refused
from tests.agreements.actions.test_at_once import all_at_once
from tests.cast import NOW, Cast
from tests.declaring import Team, declaration_at, draft_of, verdicts_on, with_interest

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_who_decide_one_wins_and_the_other_is_told_who_was_first() -> None:
    """Nobody is named as decider of a lonely member of staff: any two of the integrity team may take it."""
    cast = Cast()
    lonely = cast.user(Role.STAFF_MEMBER, "Without Manager")
    draft = draft_of(lonely)
    with_interest(draft, lonely)
    submit_declaration(declaration=draft, by=lonely, now=NOW)
    team = {Outcome.NONE: cast.integrity_champion, Outcome.UNMANAGEABLE: cast.user(Role.INTEGRITY_CHAMPION, "Second")}

    def deciding(outcome: Outcome) -> Callable[[], object]:
        declaration = Declaration.objects.get(pk=draft.pk)
        verdicts = verdicts_on(declaration, outcome)
        return partial(decide, declaration=declaration, verdicts=verdicts, by=team[outcome], now=NOW)

    [told] = all_at_once([deciding(outcome) for outcome in team])
    winner = Decision.objects.get()
    assert isinstance(told, Refused)
    assert str(told).startswith(f"{winner.by} was before you")
    won = {Outcome.NONE: DeclarationStatus.NO_CONFLICT, Outcome.UNMANAGEABLE: DeclarationStatus.UNMANAGEABLE}
    assert Declaration.objects.get().status == won[Outcome(winner.outcome)]
    assert Declaration.objects.get().steps.filter(step__startswith="decide").count() == 1


def test_decided_while_it_is_passed_on_one_of_the_two_stands() -> None:
    team = Team(Cast())
    declaration = declaration_at(DeclarationStatus.ASSESSING, team)
    passing = partial(
        escalate, declaration=declaration, to=team.second.who, reason="Too close", by=team.manager, now=NOW
    )
    verdicts = verdicts_on(declaration, Outcome.NONE)
    deciding = partial(decide, declaration=declaration, verdicts=verdicts, by=team.manager, now=NOW)
    [told] = all_at_once([passing, deciding])
    assert isinstance(told, Refused)
    decided = Decision.objects.exists()
    assert Declaration.objects.get().status == (
        DeclarationStatus.NO_CONFLICT if decided else DeclarationStatus.ESCALATED
    )


def test_a_plan_is_approved_once() -> None:
    team = Team(Cast())
    declaration = declaration_at(DeclarationStatus.PLAN_DRAFTED, team)
    approving = partial(approve_plan, declaration=declaration, by=team.second, now=NOW)
    [told] = all_at_once([approving, approving])
    assert isinstance(told, Refused)
    assert declaration.plans.in_force().count() == 1
