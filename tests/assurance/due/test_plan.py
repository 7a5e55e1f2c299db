"""A start that was held, and what is late in the plan: told once to those who answer, and never again each day."""

from datetime import date, timedelta
from typing import Any

import pytest

from agreements.actions.pause import lift_pause, pause_organisation
from agreements.actions.status import perform
from agreements.choices import Status
from agreements.due.agreement import readable
from agreements.models import Agreement, Pause
from agreements.tick import starts_held
from assurance.due.plan import calendar_of, held_starts_told, plan_targets_passed
from assurance.models import PlanItem
from assurance.pages.conformance import conformance_page
from people.actions.person import mark_left
from people.digest import subject, text
from people.models import Closed, Notice, Power
from people.notices import due_for
from tests.agreements_at import agreement_at, answer, organisation
from tests.assurance.actions.test_plan_item import move
from tests.assurance.planned import existing
from tests.cast import NOW, TODAY, Cast
from tests.delegating import delegated
from tests.noticed import said

pytestmark = pytest.mark.django_db
FIRST_DAY = TODAY + timedelta(days=10)
TARGET = date(2026, 9, 30)
LATE = date(2026, 10, 1)


@pytest.fixture
def held(cast: Cast) -> Agreement:
    """Signed for a later day; its party was paused meanwhile, so that the tick held it."""
    agreement = agreement_at(Status.SIGNED, cast, starts_on=FIRST_DAY)
    owned = {"owner": cast.business_owner.who, "manager": cast.contract_manager.who}
    answer(agreement, "ownership", cast.privacy_officer, **owned)
    delegated(cast, cast.approver, Power.PAUSE)
    pause_organisation(organisation=organisation(), reason="Asked to", by=cast.approver, now=NOW)
    assert held_starts_told(FIRST_DAY) == 0, "nothing is told before it is held"
    starts_held(FIRST_DAY)
    return Agreement.objects.get(pk=agreement.pk)


def resumed(cast: Cast, held: Agreement) -> Agreement:
    lift_pause(pause=Pause.objects.get(), reason="Put right", by=cast.approver, now=NOW)
    return perform(agreement=held, step="resume", by=cast.privacy_officer, now=NOW, reason="Go on")


def test_owner_and_manager_hear_once_what_a_held_start_waits_for(cast: Cast, held: Agreement) -> None:
    assert held_starts_told(FIRST_DAY - timedelta(days=1)) == 0
    assert held_starts_told(FIRST_DAY) == 2
    says = f"{held.reference} did not start on 24 July 2026 and is suspended. Still to be met: F12, no party is paused"
    assert said() == [("Business owner of MCW", says), ("Contract manager of MCW", says)]
    for days in (0, 1, 2, 40):
        assert held_starts_told(FIRST_DAY + timedelta(days=days)) == 0, "never again each day"
    assert Notice.objects.count() == 2


def test_the_mail_names_no_organisation_and_leads_to_what_is_left(cast: Cast, held: Agreement) -> None:
    held_starts_told(FIRST_DAY)
    (due,) = due_for(cast.business_owner)
    assert due.title == held.title
    later = FIRST_DAY + timedelta(days=3)
    letter = text(cast.business_owner, [due], later)
    assert f"For 3 days: {held.reference} did not start on 24 July 2026 and is suspended." in letter
    assert f"/agreements/{held.reference}/conformance/#left\n" in letter
    assert "Te Whare" not in letter
    assert held.title not in letter
    assert subject([due], later) == "1 thing is due for you"
    (left,) = conformance_page(held, cast.business_owner, FIRST_DAY).left
    assert (left.title, [one.asked.id for one in left.items]) == ("What is left before sharing can start", ["F12"])


def test_it_settles_once_resumed_and_a_later_suspension_by_a_person_is_none(cast: Cast, held: Agreement) -> None:
    held_starts_told(FIRST_DAY)
    again = resumed(cast, held)
    assert held_starts_told(FIRST_DAY + timedelta(days=1)) == 2
    assert {notice.closed_as for notice in Notice.objects.all()} == {Closed.SETTLED}
    perform(agreement=again, step="suspend", by=cast.privacy_officer, now=NOW, reason="Not now")
    assert held_starts_told(FIRST_DAY + timedelta(days=2)) == 0
    assert said() == []


def test_where_nothing_is_open_any_more_it_says_to_resume(cast: Cast, held: Agreement) -> None:
    lift_pause(pause=Pause.objects.get(), reason="Put right", by=cast.approver, now=NOW)
    held_starts_told(FIRST_DAY)
    assert said()[0][1].endswith("Nothing that is asked before a start is open any more: resume it")


def test_where_nobody_answers_the_privacy_officers_hear_and_no_other_agency(cast: Cast, held: Agreement) -> None:
    for user in (cast.business_owner, cast.contract_manager):
        mark_left(person=user.who, left_on=TODAY, by=cast.administrator, on=TODAY)
    held_starts_told(FIRST_DAY)
    assert [name for name, _ in said()] == ["Privacy officer of MCW"]
    assert readable(Cast("NRA", "National Records Agency").privacy_officer, [held.reference]) == {}


def planned(cast: Cast, **given: Any) -> PlanItem:
    """An item of the plan to be done by TARGET, owned by the business owner unless said otherwise."""
    item = PlanItem.objects.get(agreement=existing(cast))
    wanted: dict[str, Any] = {"owner": cast.business_owner.who, "target": TARGET} | given
    move(item, cast.privacy_officer, **wanted)
    return PlanItem.objects.get(pk=item.pk)


def test_a_quarter_that_passed_is_told_once_to_who_owns_the_item(cast: Cast) -> None:
    reference = planned(cast).agreement.reference
    assert plan_targets_passed(TARGET) == 0, "the last day of the quarter is not over"
    assert plan_targets_passed(LATE) == 1
    says = f"What the plan asks about {reference} was to be done by 30 September 2026, and is not"
    assert said() == [("Business owner of MCW", says)]
    assert [plan_targets_passed(LATE + timedelta(days=days)) for days in (0, 1, 60)] == [0, 0, 0]
    (due,) = due_for(cast.business_owner)
    assert (due.notice.url, due.notice.how_far(LATE)) == (f"/plan/{reference}/", "1 day late")


def test_a_later_quarter_settles_it_and_its_passing_is_told_again(cast: Cast) -> None:
    item = planned(cast)
    plan_targets_passed(LATE)
    move(item, cast.privacy_officer, target=date(2026, 12, 31))
    assert plan_targets_passed(LATE + timedelta(days=1)) == 1
    assert said() == []
    plan_targets_passed(date(2027, 1, 1))
    assert said()[0][1].endswith("by 31 December 2026, and is not")


def test_what_is_done_or_no_longer_asked_is_not_late(cast: Cast) -> None:
    done, gone = planned(cast), planned(cast)
    move(done, cast.privacy_officer, state="done", although_open=True)
    answer(gone.agreement, "scope", cast.privacy_officer, personal_information="no")
    assert plan_targets_passed(LATE) == 0
    assert calendar_of(cast.business_owner) == []


def test_without_an_owner_those_who_answer_for_the_agreement_hear(cast: Cast) -> None:
    item = planned(cast, owner=None)
    plan_targets_passed(LATE)
    assert [name for name, _ in said()] == ["Privacy officer of MCW"]
    answer(item.agreement, "ownership", cast.privacy_officer, manager=cast.contract_manager.who)
    plan_targets_passed(LATE)
    assert [name for name, _ in said()] == ["Contract manager of MCW"]


def test_the_calendar_has_the_quarters_of_ones_own_items_passed_or_not(cast: Cast) -> None:
    item = planned(cast)
    assert [(day.what, day.on, day.url) for day in calendar_of(cast.business_owner)] == [
        (f"Plan for {item.agreement.reference}", TARGET, f"/plan/{item.agreement.reference}/")
    ]
    assert calendar_of(cast.privacy_officer) == []
    assert calendar_of(cast.administrator) == []


def test_the_tick_asks_no_more_for_many_items_than_for_one(cast: Cast, django_assert_max_num_queries: Any) -> None:
    for _ in range(4):
        planned(cast)
    plan_targets_passed(TARGET)  # the first run makes the system user
    with django_assert_max_num_queries(12):
        assert plan_targets_passed(LATE) == 4
