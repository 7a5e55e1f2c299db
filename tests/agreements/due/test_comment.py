"""What comments ask of people: told, settled at once, handed over."""

from datetime import timedelta

import pytest

from agreements.actions.comment import add_comment, settle_comment
from agreements.choices import Status
from agreements.due.comment import comments_asked, readable
from agreements.errors import NotNow
from agreements.models import Agreement, Comment
from people.actions.handover import hand_over
from people.actions.person import mark_left
from people.digest import subject, text
from people.models import Closed, Handover, Notice
from people.notices import due_for
from tests.agreements_at import agreement_at, contract_of
from tests.cast import NOW, TODAY, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement(cast: Cast) -> Agreement:
    return agreement_at(Status.SIGNED, cast)


def asked(cast: Cast, agreement: Agreement) -> Comment:
    """The privacy officer asks the business owner something."""
    who = cast.business_owner.who
    return add_comment(about=agreement, text="Which system is it?", assigned_to=who, by=cast.privacy_officer, now=NOW)


def test_who_is_asked_hears_and_is_never_late(cast: Cast, agreement: Agreement) -> None:
    one = asked(cast, agreement)
    assert comments_asked(TODAY - timedelta(days=1)) == 0, "not asked yet on that day"
    assert [comments_asked(TODAY), comments_asked(TODAY)] == [1, 0]
    (due,) = due_for(cast.business_owner)
    assert (due.notice.text, due.title) == (
        "Privacy officer of MCW asks something of you about MCW-2026-0001", agreement.title,
    )  # fmt: skip
    assert due.notice.url.endswith("/agreements/MCW-2026-0001/#panel-comments")
    later = TODAY + timedelta(days=40)
    assert due.notice.how_far(later) == "for 40 days"
    assert not due.notice.is_late(later)
    assert subject([due], later) == "1 thing is due for you"
    assert "For 40 days: Privacy officer" in text(cast.business_owner, [due], later)
    assert one.text not in text(cast.business_owner, [due], later)


def test_it_settles_in_the_moment_it_is_answered(cast: Cast, agreement: Agreement) -> None:
    one = asked(cast, agreement)
    comments_asked(TODAY)
    settle_comment(comment=one, by=cast.business_owner, now=NOW + timedelta(days=1))
    assert Notice.objects.get().closed_as == Closed.SETTLED
    assert comments_asked(TODAY + timedelta(days=1)) == 0
    assert due_for(cast.business_owner) == []


def test_only_ones_own_agency_reads_what_it_is_about(cast: Cast, agreement: Agreement) -> None:
    one = asked(cast, agreement)
    other = add_comment(about=contract_of(cast), text="Look", by=cast.privacy_officer, now=NOW)
    about = [f"Comment {one.pk}", f"Comment {other.pk}"]
    assert readable(cast.auditor, about) == {about[0]: agreement.title, about[1]: "Navigation services"}
    assert readable(cast.administrator, about) == {}
    assert readable(Cast("NRA", "National Records Agency").privacy_officer, about) == {}


def test_what_was_asked_of_a_leaver_is_handed_over(cast: Cast, agreement: Agreement) -> None:
    one = asked(cast, agreement)
    comments_asked(TODAY)
    mark_left(person=cast.business_owner.who, left_on=TODAY, by=cast.administrator, on=TODAY)
    row = Handover.objects.get(kind__startswith="comment")
    assert (row.subject, row.title) == (f"Comment {one.pk}", f"{agreement.reference}: Which system is it?")
    comments_asked(TODAY)
    assert not Notice.objects.open().exists(), "whoever left is told nothing"
    hand_over(handover=row, to=cast.contract_manager.who, by=cast.administrator, on=TODAY)
    one.refresh_from_db()
    assert one.assigned_to == cast.contract_manager.who
    assert one.text == "Which system is it?"
    comments_asked(TODAY)
    assert [each.notice.text for each in due_for(cast.contract_manager)] == [
        "Privacy officer of MCW asks something of you about MCW-2026-0001"
    ]


def test_nobody_takes_over_a_question_that_they_could_never_read(cast: Cast, agreement: Agreement) -> None:
    asked(cast, agreement)
    mark_left(person=cast.business_owner.who, left_on=TODAY, by=cast.administrator, on=TODAY)
    row = Handover.objects.get(kind__startswith="comment")
    with pytest.raises(NotNow, match="has no role that reads agreements"):
        hand_over(handover=row, to=cast.staff_member.who, by=cast.administrator, on=TODAY)
    assert Handover.objects.open().filter(pk=row.pk).exists()


def test_an_answer_given_meanwhile_takes_it_off_the_hand_over_list(cast: Cast, agreement: Agreement) -> None:
    one = asked(cast, agreement)
    mark_left(person=cast.business_owner.who, left_on=TODAY, by=cast.administrator, on=TODAY)
    settle_comment(comment=one, by=cast.privacy_officer, now=NOW)
    assert not Handover.objects.filter(kind__startswith="comment").exists()
