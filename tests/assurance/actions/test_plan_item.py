"""Moving items of the plan: with a reason, by those who may, told when two do it at once."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from agreements.digest import digest
from agreements.errors import NotNow, NotYours, Stale
from assurance.actions.plan_item import check_may_move, item_values, mandatory_open, move_item
from assurance.models import PlanItem, PlanMove
from people.models import User
from people.permissions import NotPermitted
from people.roles import Role
from tests.agreements_at import answer
from tests.assurance.planned import existing
from tests.cast import NOW, TODAY, Cast

pytestmark = pytest.mark.django_db
MARCH = date(2027, 3, 31)


@pytest.fixture
def item(cast: Cast) -> PlanItem:
    return PlanItem.objects.get(agreement=existing(cast))


def move(item: PlanItem, by: User, why: str = "It is next", **given: Any) -> PlanMove:
    """Move it as somebody who sees it as it stands."""
    now = PlanItem.objects.get(pk=item.pk)
    seen = given.pop("seen", digest(item_values(now)))
    open_ok = given.pop("although_open", False)
    values = item_values(now) | given
    return move_item(item=item, values=values, why=why, seen=seen, by=by, now=NOW, although_open=open_ok)


def test_a_move_keeps_what_changed_and_why(item: PlanItem, cast: Cast) -> None:
    owner = cast.business_owner.person
    made = move(item, cast.privacy_officer, state="in_progress", owner=owner, target=MARCH, action="Vary it")
    assert made.said == (
        f"State: not started → in progress; Owner: nobody → {owner}; "
        "To be done by: no quarter → 31\N{NO-BREAK SPACE}March 2027; "
        "What has to be done is said anew"
    )
    assert (made.why, made.by) == ("It is next", cast.privacy_officer)
    now = PlanItem.objects.get(pk=item.pk)
    assert (now.state, now.owner, now.target, now.action) == ("in_progress", owner, MARCH, "Vary it")


@pytest.mark.parametrize("why", ["", "   "])
def test_without_a_reason_nothing_moves(item: PlanItem, cast: Cast, why: str) -> None:
    with pytest.raises(ValidationError, match="Say why"):
        move(item, cast.privacy_officer, why, state="in_progress")
    assert not PlanMove.objects.exists()


def test_nothing_changed_is_no_move(item: PlanItem, cast: Cast) -> None:
    with pytest.raises(ValidationError, match="Nothing differs"):
        move(item, cast.privacy_officer)


@pytest.mark.parametrize(
    ("target", "says"),
    [(date(2027, 3, 30), "end of a quarter"), (date(2026, 3, 31), "March 2026 has passed")],
)
def test_a_target_is_the_end_of_a_quarter_that_can_be_met(item: PlanItem, cast: Cast, target: date, says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        move(item, cast.privacy_officer, target=target)


def test_it_is_overdue_the_day_after_its_quarter(item: PlanItem, cast: Cast) -> None:
    move(item, cast.privacy_officer, target=date(2026, 9, 30))
    assert PlanItem.objects.get(pk=item.pk).is_overdue(date(2026, 10, 1))
    assert not PlanItem.objects.get(pk=item.pk).is_overdue(date(2026, 9, 30))


def test_done_with_something_open_is_refused_and_names_it(item: PlanItem, cast: Cast) -> None:
    named = [one.id for one in mandatory_open(item.agreement_id, TODAY)]
    assert "ISS-05" in named
    with pytest.raises(ValidationError, match=r"Still open: .*ISS-05.*Meet them first"):
        move(item, cast.privacy_officer, state="done")
    made = move(item, cast.privacy_officer, "It ends in a month", state="done", although_open=True)
    assert "Still open: " in made.said
    assert "ISS-05" in made.said
    now = PlanItem.objects.get(pk=item.pk)
    assert (now.done_on, now.done_by) == (TODAY, cast.privacy_officer)


def test_done_is_taken_back_with_a_reason(item: PlanItem, cast: Cast) -> None:
    move(item, cast.privacy_officer, state="done", although_open=True)
    move(item, cast.privacy_officer, "It was another one", state="in_progress")
    now = PlanItem.objects.get(pk=item.pk)
    assert (now.done_on, now.done_by) == (None, None)


def test_two_at_once_the_second_is_told_what_the_first_did(item: PlanItem, cast: Cast) -> None:
    seen = digest(item_values(item))
    move(item, cast.privacy_officer, target=MARCH)
    with pytest.raises(Stale) as stale:
        move(item, cast.privacy_officer, state="in_progress", target=None, seen=seen)
    assert stale.value.who == str(cast.privacy_officer)
    assert [(one.field, one.theirs, one.yours) for one in stale.value.differences] == [
        ("state", "not_started", "in_progress"),
        ("target", MARCH, None),
    ]
    assert PlanMove.objects.count() == 1


def test_a_new_score_is_no_reason_to_refuse_a_move(item: PlanItem, cast: Cast) -> None:
    seen = digest(item_values(item))
    answer(item.agreement, "safeguards", cast.privacy_officer, overseas="no")
    move(item, cast.privacy_officer, state="in_progress", seen=seen)
    assert PlanItem.objects.get(pk=item.pk).score < item.score


@pytest.mark.parametrize("role", [Role.APPROVER, Role.AUDITOR, Role.ADVISER, Role.STAFF_MEMBER, Role.ADMINISTRATOR])
def test_who_only_reads_moves_nothing(item: PlanItem, cast: Cast, role: Role) -> None:
    with pytest.raises(NotPermitted):
        move(item, cast.user(role, "somebody"), state="in_progress")


def test_the_owner_of_the_item_moves_it_and_nobody_elses(item: PlanItem, cast: Cast) -> None:
    owner = cast.business_owner
    with pytest.raises(NotYours):
        check_may_move(item, owner)
    move(item, cast.privacy_officer, owner=owner.person)
    move(item, owner, "We began", state="in_progress")
    other = PlanItem.objects.get(agreement=existing(cast, "Another"))
    with pytest.raises(NotYours):
        move(other, owner, state="in_progress")


def test_an_owner_works_here(item: PlanItem, cast: Cast) -> None:
    stranger = Cast("OTH", "Other Ministry").privacy_officer.person
    with pytest.raises(ValidationError, match="Choose somebody who works here"):
        move(item, cast.privacy_officer, owner=stranger)


def test_another_agency_moves_nothing(item: PlanItem, cast: Cast) -> None:
    with pytest.raises(NotYours, match="another agency"):
        move(item, Cast("OTH", "Other Ministry").privacy_officer, state="in_progress")


def test_what_left_the_plan_is_not_moved(item: PlanItem, cast: Cast) -> None:
    answer(item.agreement, "scope", cast.privacy_officer, outside_state_services="no")
    with pytest.raises(NotNow, match="no longer asked since"):
        move(item, cast.privacy_officer, state="in_progress")


def test_a_move_is_never_rewritten_by_what_the_register_does(item: PlanItem, cast: Cast) -> None:
    move(item, cast.privacy_officer, state="in_progress", target=MARCH)
    answer(item.agreement, "safeguards", cast.privacy_officer, overseas="yes")
    now = PlanItem.objects.get(pk=item.pk)
    assert (now.state, now.target) == ("in_progress", MARCH)
    assert PlanMove.objects.count() == 1
