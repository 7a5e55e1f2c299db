"""The rules hold whatever a view shows: nothing of a declaration is another agency's, and it names nobody there."""

from collections.abc import Callable
from datetime import date

import pytest

from agreements.choices import Status
from conflicts.actions.declaration import change_declaration, declare_interest, start_declaration
from conflicts.actions.keeping import review_plan
from conflicts.actions.plan import draft_plan
from conflicts.actions.routing import pass_approval
from conflicts.choices import DeclarationStatus
from conflicts.models import Declaration, ManagementPlan
from people.models import User
from records.errors import Refused
from tests.agreements_at import agreement_at
from tests.cast import NOW, Cast
from tests.declaring import INTEREST, PLAN, Team, declaration_at, draft_of

pytestmark = pytest.mark.django_db
D = DeclarationStatus
REVIEWED = {"on": date(2026, 7, 10), "finding": "confirmed", "note": "Kept", "next_on": date(2027, 7, 10)}
ACTS: dict[D, tuple[Callable[[Declaration, User], object], ...]] = {
    D.DRAFT: (
        lambda one, by: declare_interest(declaration=one, values=INTEREST, by=by),
        lambda one, by: change_declaration(declaration=one, values={"about": "Theirs"}, by=by),
    ),
    D.MANAGEABLE: (
        lambda one, by: draft_plan(declaration=one, values=PLAN, steps=[], by=by, now=NOW),
        lambda one, by: pass_approval(declaration=one, to=by.who, reason="Mine", by=by, now=NOW),
    ),
    D.MONITORING: (lambda one, by: review_plan(declaration=one, values=REVIEWED, by=by, now=NOW),),
}


@pytest.mark.parametrize("status", list(ACTS))
def test_the_integrity_team_of_another_agency_does_nothing_here(team: Team, status: D) -> None:
    declaration = declaration_at(status, team)
    theirs = Cast("OTH", "Other Ministry").integrity_champion
    for act in ACTS[status]:
        with pytest.raises(Refused, match="another agency"):
            act(declaration, theirs)


def test_those_who_record_in_another_agency_write_no_draft_recorded_here(cast: Cast, team: Team) -> None:
    given = {"capacity": "staff", "occasion": "annual"}
    recorded = start_declaration(values=given, person=team.staff.who, by=cast.contract_manager, now=NOW)
    theirs = Cast("OTH", "Other Ministry").contract_manager
    with pytest.raises(Refused, match="another agency"):
        declare_interest(declaration=recorded, values=INTEREST, by=theirs)
    assert not recorded.declared.exists()


def test_a_declaration_is_about_no_work_of_another_agency(team: Team) -> None:
    theirs = agreement_at(Status.DRAFT, Cast("OTH", "Other Ministry"))
    with pytest.raises(Refused, match="does not belong to Ministry of Community Wellbeing"):
        draft_of(team.staff, agreement=theirs)
    assert not Declaration.objects.exists()


def test_a_plan_names_nobody_of_another_agency(team: Team) -> None:
    declaration = declaration_at(D.MANAGEABLE, team)
    theirs = Cast("OTH", "Other Ministry").integrity_champion.who
    for values, steps in ((PLAN | {"monitored_by": theirs}, []), (PLAN, [{"what": "Leave it", "owner": theirs}])):
        with pytest.raises(Refused, match="does not belong to"):
            draft_plan(declaration=declaration, values=values, steps=steps, by=team.manager, now=NOW)
    assert not ManagementPlan.objects.exists()
