"""What the tick finds due about agreements, and whom it tells."""

from datetime import date, timedelta
from typing import Any

import pytest

from agreements.choices import Status
from agreements.due.agreement import ends_near, readable, reviews_due
from agreements.models import Agreement
from people.actions.notice import close_notice
from people.actions.person import mark_left
from people.actions.role import grant_role
from people.models import Closed, Notice
from people.roles import Role
from tests.agreements_at import agreement_at, answer
from tests.cast import TODAY, Cast
from tests.noticed import told

pytestmark = pytest.mark.django_db
REVIEW = date(2026, 8, 13)  # 30 days after TODAY


def signed(cast: Cast, **values: Any) -> Agreement:
    """A signed agreement of the privacy officer's, reviewed on REVIEW and ending in 2029 unless said otherwise."""
    ends = {"ends_on": values.pop("ends_on")} if "ends_on" in values else {}
    agreement = agreement_at(Status.SIGNED, cast, **ends)
    return answer(agreement, "ownership", cast.privacy_officer, **{"review_due_on": REVIEW} | values)


def test_a_review_is_told_thirty_days_before_and_again_once_it_is_late(cast: Cast) -> None:
    owner = cast.business_owner.who
    signed(cast, owner=owner, manager=cast.contract_manager.who)
    assert reviews_due(TODAY - timedelta(days=1)) == 0
    assert reviews_due(TODAY) == 2
    assert [(name, kind) for name, kind, _ in told()] == [
        ("Business owner of MCW", "review_due"), ("Contract manager of MCW", "review_due"),
    ]  # fmt: skip
    assert told()[0][2] == "The review of MCW-2026-0001 is due on 13 August 2026"
    assert reviews_due(REVIEW) == 0
    reviews_due(REVIEW + timedelta(days=1))
    assert [kind for _, kind, _ in told()] == ["review_late", "review_late"]
    assert told()[0][2] == "The review of MCW-2026-0001 was due on 13 August 2026"


def test_a_review_that_moved_is_settled_and_comes_back_when_it_moves_back(cast: Cast) -> None:
    agreement = signed(cast)
    reviews_due(TODAY)
    answer(agreement, "ownership", cast.privacy_officer, review_due_on=date(2027, 8, 13))
    assert reviews_due(TODAY) == 1
    assert told() == []
    assert Notice.objects.get().closed_as == Closed.SETTLED
    answer(agreement, "ownership", cast.privacy_officer, review_due_on=REVIEW)
    assert reviews_due(TODAY) == 1
    assert len(told()) == 1


def test_what_somebody_took_off_their_list_stays_off(cast: Cast) -> None:
    signed(cast)
    reviews_due(TODAY)
    close_notice(notice=Notice.objects.get(), how=Closed.HIDDEN, on=TODAY, by=cast.privacy_officer)
    assert reviews_due(TODAY) == 0
    assert told() == []


def test_a_tick_for_last_month_says_nothing_that_is_over(cast: Cast) -> None:
    signed(cast)
    reviews_due(REVIEW + timedelta(days=5))
    assert reviews_due(REVIEW - timedelta(days=5)) == 0
    assert [kind for _, kind, _ in told()] == ["review_late"]


def test_an_end_is_told_ninety_and_thirty_days_before_and_when_it_passed(cast: Cast) -> None:
    end = date(2026, 10, 31)
    signed(cast, ends_on=end)
    days = {91: [], 90: ["end_90"], 31: ["end_90"], 30: ["end_30"], 0: ["end_30"], -1: ["end_past"]}
    for before, kinds in days.items():
        ends_near(end - timedelta(days=before))
        assert [kind for _, kind, _ in told()] == kinds, f"{before} days before"
    assert "passed its end on 31 October 2026, and nobody has ended" in told()[0][2]


def test_drafts_and_ended_agreements_are_never_due(cast: Cast) -> None:
    for status in (Status.DRAFT, Status.ENDED):
        agreement = agreement_at(status, cast, ends_on=TODAY)
        if status == Status.DRAFT:
            answer(agreement, "ownership", cast.privacy_officer, review_due_on=TODAY)
    assert (reviews_due(TODAY), ends_near(TODAY)) == (0, 0)


def test_where_nobody_who_answers_can_read_it_the_privacy_officers_hear(cast: Cast) -> None:
    """An owner without a role, and one who left."""
    signed(cast, owner=cast.staff_member.who)
    reviews_due(TODAY)
    assert [name for name, _, _ in told()] == ["Privacy officer of MCW"]
    grant_role(person=cast.staff_member.who, role=Role.BUSINESS_OWNER, on=TODAY, by=cast.administrator)
    reviews_due(TODAY)
    assert [name for name, _, _ in told()] == ["Staff member of MCW"]
    mark_left(person=cast.staff_member.who, left_on=TODAY, by=cast.administrator, on=TODAY)
    reviews_due(TODAY)
    assert [name for name, _, _ in told()] == ["Privacy officer of MCW"]


def test_nobody_hears_of_another_agency(cast: Cast) -> None:
    other = Cast("NRA", "National Records Agency")
    mine, theirs = signed(cast), signed(other)
    reviews_due(TODAY)
    assert Notice.objects.visible_to(cast.privacy_officer).get().about == mine.reference
    both = [mine.reference, theirs.reference]
    assert readable(cast.privacy_officer, both) == {mine.reference: mine.title}
    assert readable(cast.administrator, both) == {}


def test_the_tick_asks_no_more_for_many_agreements_than_for_one(cast: Cast, django_assert_max_num_queries: Any) -> None:
    for number in range(12):
        agreement = agreement_at(Status.SIGNED, cast, title=f"Agreement {number}")
        answer(agreement, "ownership", cast.privacy_officer, review_due_on=REVIEW)
    reviews_due(TODAY - timedelta(days=30))  # the first run makes the system user
    with django_assert_max_num_queries(12):
        assert reviews_due(TODAY) == 12
    with django_assert_max_num_queries(12):
        assert reviews_due(REVIEW + timedelta(days=1)) == 24
