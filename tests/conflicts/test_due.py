"""Who is told of what, when it is late, and that neither notice nor mail says who declared, or what."""

from datetime import date, timedelta

import pytest

from conflicts.actions.declaration import submit_declaration
from conflicts.actions.step import perform
from conflicts.choices import DeclarationStatus, Outcome
from conflicts.due import calendar_of, declarants_told, declarations_waiting, plans_due
from conflicts.models import Declaration
from people.digest import text as letter
from people.models import Notice, NoticeKind, User
from people.notices import due_for
from people.roles import Role
from tests.cast import NOW, TODAY
from tests.declaring import PLAN, Team, declaration_at, draft_of, take, with_interest

pytestmark = pytest.mark.django_db
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
