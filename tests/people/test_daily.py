"""What the tick finds due about people."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from agreements.choices import Status
from people.actions.delegation import add_delegation, end_delegation
from people.actions.handover import hand_over
from people.actions.notice import close_notice
from people.actions.person import mark_left
from people.daily import (
    delegations_ending,
    hand_overs_due,
    leavers_into_hand_over,
    readable_delegations,
    readable_hand_overs,
)
from people.errors import NotNow, NotYours
from people.models import Closed, Delegation, Handover, Notice, Person, Power
from people.notices import shown
from tests.agreements_at import agreement_at, answer
from tests.cast import TODAY, Cast

LAST_DAY = date(2026, 8, 10)


def said() -> dict[str, str]:
    """To whom what, with plain spaces."""
    rows = Notice.objects.values_list("recipient__name", "text")
    return {name: text.replace("\xa0", " ") for name, text in rows}


@pytest.fixture
def delegation(cast: Cast) -> Delegation:
    """From the chief executive to the approver, until LAST_DAY."""
    values = {
        "giver": cast.chief_executive.who, "holder": cast.approver.who, "power": Power.APPROVE,
        "starts_on": TODAY, "ends_on": LAST_DAY, "document": "Instrument 12",
    }  # fmt: skip
    return add_delegation(agency=cast.agency, values=values, by=cast.administrator, on=TODAY)


def test_giver_and_holder_hear_thirty_days_before_a_delegation_ends(cast: Cast, delegation: Delegation) -> None:
    assert delegations_ending(LAST_DAY - timedelta(days=27)) == 2
    assert delegations_ending(LAST_DAY) == 0
    assert said() == {
        "Approver of MCW": "Your delegation to approve agreements ends on 10 August 2026",
        "Chief executive of MCW": "The delegation to approve agreements that you gave to Approver of MCW ends on "
        "10 August 2026",
    }


def test_a_delegation_that_was_ended_is_not_told_of(cast: Cast, delegation: Delegation) -> None:
    delegations_ending(TODAY)
    end_delegation(delegation=delegation, by=cast.administrator, on=TODAY + timedelta(days=1), reason="New instrument")
    delegations_ending(TODAY + timedelta(days=1))
    assert not Notice.objects.open().exists()


def test_what_came_to_a_leaver_after_they_gave_notice_is_listed_on_the_day_they_go(cast: Cast, aroha: Person) -> None:
    left_on = timezone.localdate() + timedelta(days=10)
    mark_left(person=aroha, left_on=left_on, on=left_on - timedelta(days=10), by=cast.administrator)
    answer(agreement_at(Status.DRAFT, cast), "ownership", cast.privacy_officer, owner=Person.objects.get(pk=aroha.pk))
    assert leavers_into_hand_over(left_on - timedelta(days=1)) == 0
    assert leavers_into_hand_over(left_on) == 1
    assert leavers_into_hand_over(left_on) == 0
    assert Handover.objects.get().due_on == left_on


def test_those_who_hand_over_hear_once_a_leaver_until_it_is_done(cast: Cast, aroha: Person) -> None:
    answer(agreement_at(Status.DRAFT, cast), "ownership", cast.privacy_officer, owner=aroha, manager=aroha)
    mark_left(person=aroha, left_on=TODAY, on=TODAY, by=cast.administrator)
    hand_overs_due(TODAY)
    assert set(Notice.objects.values_list("recipient__name", flat=True)) == {
        "Administrator of MCW", "Privacy officer of MCW",
    }  # fmt: skip
    assert set(said().values()) == {"What Aroha Tāwhai answered for has waited to be handed over since 14 July 2026"}
    for row in Handover.objects.all():
        hand_over(handover=row, to=cast.contract_manager.who, by=cast.administrator, on=TODAY)
    hand_overs_due(TODAY)
    assert not Notice.objects.open().exists()


def test_only_what_somebody_may_still_read_is_shown(cast: Cast, delegation: Delegation, aroha: Person) -> None:
    references = [f"Delegation {delegation.pk}", "Delegation 0"]
    assert readable_delegations(cast.approver, references) == {references[0]: ""}
    assert readable_delegations(cast.auditor, references) == {}
    leaver = [f"Person {aroha.pk}"]
    assert readable_hand_overs(cast.administrator, leaver) == {leaver[0]: ""}
    assert readable_hand_overs(cast.auditor, leaver) == {}
    assert readable_hand_overs(Cast("NRA", "National Records Agency").administrator, leaver) == {}
    delegations_ending(TODAY)
    assert [each.notice.recipient_id for each in shown(Notice.objects.all(), cast.approver)] == [
        cast.approver.person_id, cast.chief_executive.person_id,
    ]  # fmt: skip
    assert shown(Notice.objects.all(), cast.auditor) == []


def test_nobody_closes_what_was_said_to_somebody_else(cast: Cast, delegation: Delegation) -> None:
    delegations_ending(TODAY)
    notice = Notice.objects.get(recipient=cast.approver.who)
    with pytest.raises(NotYours, match="said to somebody else"):
        close_notice(notice=notice, how=Closed.DONE, on=TODAY, by=cast.auditor)
    close_notice(notice=notice, how=Closed.DONE, on=TODAY, by=cast.approver)
    with pytest.raises(NotNow, match="off your list already"):
        close_notice(notice=notice, how=Closed.DONE, on=TODAY, by=cast.approver)
