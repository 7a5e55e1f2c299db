"""Was the plan approved in advance? The same in words and in a query, from dates alone."""

from datetime import date, timedelta

import pytest

from agreements.choices import Status
from conflicts.actions.step import perform
from conflicts.choices import DeclarationStatus
from conflicts.clearance import wrong_declared
from conflicts.in_advance import InAdvance, began_without_a_plan, in_advance
from conflicts.models import Declaration
from conflicts.standing import standings
from tests.agreements_at import agreement_at
from tests.cast import NOW, TODAY
from tests.declaring import Team, declaration_at, take

pytestmark = pytest.mark.django_db
D = DeclarationStatus
DAY = timedelta(days=1)
LATER = TODAY + 30 * DAY


@pytest.mark.parametrize(
    ("status", "begins", "since", "on", "says"),
    [
        (D.PLAN_APPROVED, TODAY + DAY, None, TODAY, InAdvance.IN_TIME),
        (D.PLAN_APPROVED, TODAY, None, TODAY, InAdvance.IN_TIME),
        (D.PLAN_APPROVED, TODAY - DAY, None, TODAY, InAdvance.LATE),
        (D.CLOSED, TODAY - DAY, None, TODAY, InAdvance.MISSING),
        (D.PLAN_DRAFTED, LATER, None, TODAY, InAdvance.WAITING),
        (D.PLAN_DRAFTED, LATER, None, LATER, InAdvance.MISSING),
        (D.MANAGEABLE, TODAY - DAY, None, TODAY, InAdvance.MISSING),
        (D.PLAN_APPROVED, TODAY - 9 * DAY, TODAY - DAY, TODAY, InAdvance.AROSE),
        (D.PLAN_APPROVED, TODAY - 9 * DAY, TODAY - 9 * DAY, TODAY, InAdvance.LATE),
        (D.PLAN_APPROVED, None, None, TODAY, InAdvance.UNKNOWN),
    ],
)
def test_what_the_dates_say(
    team: Team, status: DeclarationStatus, begins: date | None, since: date | None, on: date, says: InAdvance
) -> None:
    declaration = declaration_at(status, team, about={"begins_on": begins}, starts_on=since)
    assert in_advance(declaration, declaration.plans.all(), on) == says
    late = says in (InAdvance.LATE, InAdvance.MISSING) and status != D.CLOSED  # nothing to plan where none was decided
    assert began_without_a_plan(Declaration.objects.all(), on).exists() == late


def test_a_later_plan_does_not_undo_an_early_approval_and_no_closing_undoes_a_late_one(team: Team) -> None:
    late = declaration_at(D.MONITORING, team, about={"begins_on": TODAY - DAY})
    perform(declaration=late, step="vary_plan", by=team.manager, now=NOW, reason="It has to change")
    for step in ("draft_plan", "approve_plan", "acknowledge", "close"):
        take(late, step, team)
    assert began_without_a_plan(Declaration.objects.all(), LATER).get().status == D.CLOSED


@pytest.mark.parametrize(
    ("since", "wrong"),
    [(TODAY - 9 * DAY, "The plan for a conflict was approved after the work began"), (TODAY - DAY, "")],
)
def test_an_agreement_says_the_same_of_what_arose_while_its_work_ran(team: Team, since: date, wrong: str) -> None:
    agreement = agreement_at(Status.SIGNED, team.cast)
    about = {"begins_on": TODAY - 5 * DAY, "agreement": agreement}
    declaration_at(D.MONITORING, team, about=about, starts_on=since)
    said = standings([agreement.pk], TODAY)[agreement.pk].conflicts
    assert len(said.plans) == 1
    assert wrong_declared(said, TODAY) == wrong
