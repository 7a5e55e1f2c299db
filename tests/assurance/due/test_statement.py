"""Whoever has something to do with a written assurance is told so, once: on the list, by mail, in the calendar."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.timezone import localdate

from agreements.digest import digest
from agreements.errors import NotNow
from assurance.actions.answering import answer_group, answer_rows
from assurance.actions.signing import sign_statement
from assurance.actions.statement import change_words, words_of
from assurance.due.statement import calendar_of, figures_moved, statements_due
from assurance.models import Statement, StatementGroup
from people.actions.handover import hand_over
from people.actions.person import mark_left
from people.models import Handover, Notice, User
from people.notices import due_for
from people.roles import Role
from records.models import Mail
from tests.assurance.planned import existing
from tests.assurance.stating import WHOLE, drafted, taken
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    made = Cast()
    existing(made, "Old", now=timezone.now())
    return made


def on_list(user: User) -> list[str]:
    rows = Notice.objects.visible_to(user).open().order_by("kind")
    return [one.kind for one in rows if one.matter != "plan"]


def mails() -> list[tuple[str, str]]:
    """To whom, and the subject after the code, in order."""
    rows = Mail.objects.filter(key__startswith="statement ").order_by("pk")
    return [(one.to.split("@")[0], one.subject.partition(" ")[2]) for one in rows]


def says(cast: Cast, group: StatementGroup) -> None:
    rows, by_when = [row.pk for row in group.rows.all()], localdate() + timedelta(days=60)
    answer_rows(group=group, rows=rows, what="Varied", by_when=by_when, by=cast.approver, now=timezone.now())


def answers(cast: Cast, group: StatementGroup, decision: str = "accepted") -> None:
    answer_group(group=group, decision=decision, why="So be it", by=cast.chief_executive, now=timezone.now())


def test_the_deputy_is_told_once_the_figures_are_taken_with_one_link_and_until_when(cast: Cast) -> None:
    officer, deputy, head = cast.privacy_officer, cast.approver, cast.chief_executive
    statement = drafted(cast, sign_by=localdate() + timedelta(days=14))
    assert (on_list(deputy), mails()) == ([], [])
    taken(cast, statement)
    assert [on_list(one) for one in (officer, deputy, head)] == [[], ["statement_answer"], []]
    letter = Mail.objects.get(key__startswith="statement ")
    words = " ".join(letter.text.split())
    assert letter.to == deputy.email
    assert "In all 5 wait for you: say of each what is done, and by when." in words
    assert f"It is to be signed by {statement.sign_by:%-d %B %Y}." in words
    assert words.count("http") == 1
    assert statement.get_absolute_url() in words
    assert "Old" not in words, "mail travels further than the register"
    assert [shown.title for shown in due_for(deputy)][-1].startswith("Written assurance as at")
    for user in (officer, deputy, head):
        assert [(one.what, one.on) for one in calendar_of(user)] == [(f"{statement} to be signed", statement.sign_by)]
    assert calendar_of(cast.auditor) == []


def test_each_turn_is_told_to_whose_it_is_and_to_nobody_twice(cast: Cast) -> None:
    officer, deputy, head = cast.privacy_officer, cast.approver, cast.chief_executive
    statement = drafted(cast, covering="")
    groups = list(taken(cast, statement).groups.order_by("place"))
    says(cast, groups[0])
    assert on_list(head) == ["statement_accept"]
    assert len(mails()) == 1, "the head hears once everything is answered"
    for group in groups[1:]:
        says(cast, group)
    assert (on_list(deputy), mails()[1:]) == ([], [(name(head), "exceptions are answered and wait for you")])
    for group in groups[:2]:
        answers(cast, group, "returned")
    assert [on_list(one) for one in (officer, deputy)] == [["statement_returned"], ["statement_answer"]]
    assert (len(mails()), {*dict(mails()[2:])}) == (4, {name(officer), name(deputy)}), "one a day of what was returned"
    for group in groups[:2]:
        says(cast, group)
    for group in groups:
        answers(cast, group)
    assert [on_list(one) for one in (officer, deputy, head)] == [["statement_words"], [], []]
    before = len(mails())
    for days in (0, 0, 1, 1):
        statements_due(localdate() + timedelta(days=days))
    assert len(mails()) == before

    now = Statement.objects.get(pk=statement.pk)
    values = words_of(now) | {"covering": "We look after it."}
    change_words(statement=now, values=values, seen=digest(words_of(now)), by=officer, now=timezone.now())
    assert [on_list(one) for one in (officer, deputy, head)] == [[], [], ["statement_sign"]]
    assert mails()[-1] == (name(head), "waits for your signature")
    sign_statement(statement=now, ledger=WHOLE, by=head, now=timezone.now())
    assert [on_list(one) for one in (officer, deputy, head)] == [[], [], []]
    assert calendar_of(head) == []


def name(user: User) -> str:
    return user.email.split("@")[0]


def test_who_drafted_hears_once_that_figures_moved(cast: Cast) -> None:
    statement = drafted(cast)
    taken(cast, statement)
    tomorrow = localdate() + timedelta(days=1)
    existing(cast, "Recorded since", now=timezone.now())
    assert figures_moved(localdate()) == 0, "not on the day on which they were taken"
    assert (figures_moved(tomorrow), figures_moved(tomorrow + timedelta(days=1))) == (1, 0)
    [notice] = Notice.objects.open().filter(kind="statement_moved")
    assert (notice.recipient, notice.about) == (cast.privacy_officer.who, statement.code)
    taken(cast, statement)
    figures_moved(tomorrow + timedelta(days=1))
    assert not Notice.objects.open().filter(kind="statement_moved").exists()


def test_what_a_leaver_was_to_answer_is_handed_over_and_told_to_who_takes_it(cast: Cast) -> None:
    statement, today = drafted(cast), localdate()
    taken(cast, statement)
    other, staff = cast.user(Role.APPROVER, "Other Deputy"), cast.staff_member
    mark_left(person=cast.approver.who, left_on=today, by=cast.administrator, on=today)
    row = Handover.objects.get(kind="statement deputy")
    assert (row.subject, row.done_on) == (statement.code, None)
    statements_due(today)
    assert on_list(cast.approver) == []
    [notice] = Notice.objects.visible_to(cast.privacy_officer).open().filter(kind="statement_answer")
    assert f"wait for {cast.approver.who}, who cannot sign in, to say" in notice.text
    for person, why in ((staff.who, "holds no role"), (cast.chief_executive.who, "does not answer for")):
        with pytest.raises(NotNow, match=why):
            hand_over(handover=row, to=person, by=cast.administrator, on=today)
    hand_over(handover=row, to=other.who, by=cast.administrator, on=today)
    assert Statement.objects.get().deputy == other.who
    assert (on_list(other), on_list(cast.privacy_officer)) == (["statement_answer"], [])
    assert mails()[-1] == ("other.deputy", "exceptions wait for your answers")


def test_a_day_by_which_it_is_signed_lies_not_before_its_figures(cast: Cast) -> None:
    with pytest.raises(ValidationError, match="on its day or later"):
        drafted(cast, sign_by=date(2020, 1, 1))
