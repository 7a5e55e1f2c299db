"""Who is told of what, when it is late, and that neither notice nor mail says who declared, or what."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from conflicts.actions.decision import decide
from conflicts.actions.declaration import let_fill_in, submit_declaration
from conflicts.actions.plan import approve_plan, draft_plan
from conflicts.actions.routing import pass_approval
from conflicts.actions.step import perform
from conflicts.choices import DeclarationStatus, Outcome
from conflicts.due import calendar_of, declarants_told, declarations_waiting, plans_due
from conflicts.lifecycle import BY_NAME
from conflicts.models import Declaration
from conflicts.policies import check_may_step
from people.digest import text as letter
from people.models import Notice, NoticeKind, User
from people.notices import due_for
from people.roles import Role
from records.errors import Refused
from tests.cast import NOW, TODAY
from tests.declaring import PLAN, Team, declaration_at, draft_of, read, take, verdicts_on, with_interest

pytestmark = [pytest.mark.django_db, pytest.mark.get_may_write("who opened a declaration is noted")]
D, K = DeclarationStatus, NoticeKind
LATER = TODAY + timedelta(days=30)


def tick(on: date) -> None:
    for step in (declarations_waiting, declarants_told, plans_due):
        step(on)


def told(user: User) -> list[str]:
    """The kinds of what is open for somebody, and may still be read about."""
    return [each.notice.kind for each in due_for(user)]


@pytest.mark.parametrize(
    ("status", "who", "kind"),
    [
        (D.SUBMITTED, "manager", K.DECIDE_NEW), (D.ASSESSING, "manager", K.DECIDE_NEW),
        (D.ESCALATED, "second", K.DECIDE_NEW), (D.RETURNED, "staff", K.RETURNED_ASKED),
        (D.NO_CONFLICT, "staff", K.DECIDED_TOLD), (D.MANAGEABLE, "manager", K.WRITING_ASKED),
        (D.PLAN_DRAFTED, "second", K.APPROVING_ASKED), (D.PLAN_APPROVED, "staff", K.ACKNOWLEDGE_ASKED),
        (D.NON_COMPLIANT, "manager", K.MENDING_ASKED),
    ],
)  # fmt: skip
def test_whoever_is_to_act_is_told_and_nobody_is_named(
    team: Team, status: DeclarationStatus, who: str, kind: NoticeKind
) -> None:
    declaration_at(status, team)
    tick(TODAY)
    user = getattr(team, who)
    assert kind in told(user)
    said = letter(user, due_for(user), TODAY) + " ".join(Notice.objects.values_list("text", flat=True))
    for word in ("Ana Staff", "Whare", "sister", "Family"):
        assert word not in said
    before = Notice.objects.count()
    tick(TODAY)
    assert Notice.objects.count() == before


def test_ten_working_days_later_it_is_late_and_once_decided_it_is_settled(team: Team) -> None:
    declaration = declaration_at(D.SUBMITTED, team)
    tick(TODAY)
    assert told(team.manager) == [K.DECIDE_NEW]
    tick(date(2026, 7, 28))  # the tenth working day itself
    assert told(team.manager) == [K.DECIDE_NEW]
    tick(date(2026, 7, 29))
    assert told(team.manager) == [K.DECIDE_LATE]
    take(declaration, Outcome.NONE.value, team)
    tick(date(2026, 7, 30))
    assert told(team.manager) == []


def test_whoever_is_let_fill_it_in_is_told_until_it_is_submitted(team: Team) -> None:
    helper, draft = team.member("Helpful Person"), draft_of(team.staff)
    with_interest(draft, team.staff)
    let_fill_in(declaration=draft, helper=helper.who, by=team.staff, on=TODAY)
    tick(TODAY)
    assert told(helper) == [K.FILLING_ASKED]
    said = letter(helper, due_for(helper), TODAY)
    assert "asks you to fill in" in said
    assert "Ana Staff" not in said
    submit_declaration(declaration=draft, by=team.staff, now=NOW)
    tick(TODAY)
    assert told(helper) == []


def test_one_champion_for_both_names_somebody_else_who_approves(team: Team, client: Client) -> None:
    lonely, champion = team.cast.user(Role.STAFF_MEMBER, "Without Manager"), team.cast.integrity_champion
    draft = draft_of(lonely)
    with_interest(draft, lonely)
    declaration = submit_declaration(declaration=draft, by=lonely, now=NOW)
    assert declaration.decider == declaration.approver == champion.who
    page = read(client, champion, declaration).get(declaration.get_absolute_url()).text
    assert "One person is named for both" in page
    verdicts = verdicts_on(declaration, Outcome.MANAGEABLE)
    decide(declaration=declaration, verdicts=verdicts, by=champion, now=NOW)
    draft_plan(declaration=declaration, values=PLAN, steps=[], by=champion, now=NOW)
    tick(TODAY)
    [notice] = [each.notice for each in due_for(champion) if each.notice.kind == K.APPROVING_ASKED]
    assert notice.url == reverse("conflicts:pass_approval", args=[declaration.code])
    assert "somebody else has to approve" in client.get(reverse("conflicts:to_decide")).text
    with pytest.raises(Refused, match="You decided on it, so somebody else approves the plan"):
        check_may_step(Declaration.objects.get(), BY_NAME["approve_plan"], champion)
    given: dict[str, Any] = {"declaration": declaration, "by": champion, "now": NOW, "reason": "I decided"}
    pass_approval(to=team.second.who, **given)
    with pytest.raises(Refused, match="decides on it"):
        pass_approval(to=champion.who, **given)
    approve_plan(declaration=declaration, by=team.second, now=NOW)
    assert Declaration.objects.get().status == D.PLAN_APPROVED


def test_where_nobody_is_named_the_integrity_team_hears(team: Team) -> None:
    lonely = team.cast.user(Role.STAFF_MEMBER, "Without Manager")
    draft = draft_of(lonely)
    with_interest(draft, lonely)
    submit_declaration(declaration=draft, by=lonely, now=NOW)
    champion = team.cast.integrity_champion
    tick(TODAY)
    assert told(champion) == [K.DECIDE_NEW]


def test_steps_and_reviews_are_told_before_their_day_and_then_late(team: Team) -> None:
    declaration = declaration_at(D.MONITORING, team)
    tick(date(2026, 7, 20))
    assert told(team.staff) == [K.STEP_DUE]
    tick(date(2026, 12, 2))
    assert told(team.staff) == [K.STEP_LATE]
    assert told(team.manager) == [K.KEEPING_LATE]
    days = {day.what.rstrip("0123456789 "): day.on for day in [*calendar_of(team.manager), *calendar_of(team.staff)]}
    assert days == {"Review of management plan": PLAN["review_on"], "Step of a management plan": date(2026, 8, 1)}
    perform(declaration=declaration, step="close", by=team.manager, now=NOW, reason="The evaluation is over")
    tick(date(2026, 12, 3))
    assert told(team.staff) == []
    assert Declaration.objects.get().status == D.CLOSED


def test_whoever_may_read_it_no_longer_is_not_reminded(team: Team) -> None:
    declaration = declaration_at(D.ASSESSING, team)
    tick(TODAY)
    take(declaration, "escalate", team)
    assert told(team.manager) == []
