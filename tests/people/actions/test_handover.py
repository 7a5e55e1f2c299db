"""What a leaver answered for is listed, and re-assigned where it stands."""

import pytest

from agreements.choices import Status
from agreements.errors import NotNow as GoneNow
from people.actions.handover import hand_over
from people.actions.person import mark_left
from people.actions.user import deactivate, reactivate
from people.errors import NotNow, NotYours
from people.models import Handover, Person
from people.permissions import NotPermitted
from tests.agreements_at import agreement_at, answer
from tests.cast import TODAY, Cast


@pytest.fixture
def leaver(cast: Cast, aroha: Person) -> Person:
    """Someone who owns one agreement, manages the same, and owned another that was withdrawn."""
    by = cast.privacy_officer
    answer(agreement_at(Status.DRAFT, cast), "ownership", by, owner=aroha, manager=aroha)
    return aroha


def test_leaving_lists_each_part_once(cast: Cast, leaver: Person) -> None:
    mark_left(person=leaver, left_on=TODAY, on=TODAY, by=cast.administrator)
    rows = Handover.objects.order_by("kind").values_list("kind", "subject", "title", "due_on")
    assert [row[0] for row in rows] == ["agreement contract manager", "agreement owner"]
    assert rows[0][1:] == ("MCW-2026-0001", "School attendance liaison", TODAY)


def test_handing_over_really_re_assigns(cast: Cast, leaver: Person) -> None:
    mark_left(person=leaver, left_on=TODAY, on=TODAY, by=cast.administrator)
    row = Handover.objects.get(kind="agreement owner")
    to = cast.contract_manager.who
    done = hand_over(handover=row, to=to, on=TODAY, by=cast.administrator)
    agreement = to.agreements_owned.get()
    assert (done.taken_by, done.done_on, agreement.manager) == (to, TODAY, leaver)
    with pytest.raises(NotNow, match="has taken this over already"):
        hand_over(handover=row, to=to, on=TODAY, by=cast.administrator)


def test_who_cannot_take_or_give(cast: Cast, leaver: Person) -> None:
    mark_left(person=leaver, left_on=TODAY, on=TODAY, by=cast.administrator)
    row = Handover.objects.get(kind="agreement owner")
    other = Cast("OTH", "Other Ministry")
    with pytest.raises(NotYours):
        hand_over(handover=row, to=other.auditor.who, on=TODAY, by=cast.administrator)
    with pytest.raises(NotYours):
        hand_over(handover=row, to=other.auditor.who, on=TODAY, by=other.administrator)
    with pytest.raises(NotNow, match="has left"):
        hand_over(handover=row, to=leaver, on=TODAY, by=cast.administrator)
    with pytest.raises(NotPermitted):
        hand_over(handover=row, to=cast.auditor.who, on=TODAY, by=cast.auditor)


def test_what_somebody_else_has_by_now_stays_theirs(cast: Cast, leaver: Person) -> None:
    mark_left(person=leaver, left_on=TODAY, on=TODAY, by=cast.administrator)
    agreement = leaver.agreements_owned.get()
    answer(agreement, "ownership", cast.privacy_officer, owner=cast.adviser.who)
    with pytest.raises(GoneNow, match="has this part of MCW-2026-0001 by now"):
        hand_over(
            handover=Handover.objects.get(kind="agreement owner"), to=cast.auditor.who, on=TODAY,
            by=cast.administrator,
        )  # fmt: skip


def test_someone_deactivated_gets_theirs_back(cast: Cast) -> None:
    user = cast.contract_manager
    answer(agreement_at(Status.DRAFT, cast), "ownership", cast.privacy_officer, owner=user.who)
    deactivate(user=user, on=TODAY, by=cast.administrator, reason="Long leave")
    row = Handover.objects.get()
    with pytest.raises(NotNow, match="choose somebody else"):
        hand_over(handover=row, to=user.who, on=TODAY, by=cast.administrator)
    reactivate(user=user, on=TODAY, by=cast.administrator)
    assert hand_over(handover=row, to=user.who, on=TODAY, by=cast.privacy_officer).taken_by == user.who
