"""Concerns: acknowledged within a clock, escalated when late, never closed silently nor handled by who raised them."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from agreements.errors import NotNow, NotYours
from assurance.actions.concern import answer_question, set_concern_clock
from assurance.actions.concern_handling import (
    acknowledge_concern,
    ask_raiser,
    close_concern,
    give_concern,
    note_step,
    reopen_concern,
)
from assurance.due.concern import calendar_of, concerns_due, readable
from assurance.due.concern_tick import concerns_kept
from assurance.models import Concern
from assurance.pages.concern import raised_page
from assurance.provider.receipts import hash_of, new_receipt
from people.models import Notice
from people.notices import due_for
from people.permissions import NotPermitted
from people.roles import Role
from records.acting import acting
from tests.assurance.concerned import RECEIPT, anonymous_at, own_at
from tests.cast import NOW, TODAY, Cast

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
BY_THEN, ANSWERED_BY = date(2026, 7, 21), date(2026, 8, 11)  # 5 and 20 working days on


def again(concern: Concern) -> Concern:
    return Concern.objects.get(pk=concern.pk)


def told() -> set[tuple[str, str]]:
    rows = Notice.objects.open().select_related("recipient")
    return {(one.recipient.name, one.text.replace("\xa0", " ")) for one in rows}


def test_a_receipt_is_long_the_same_for_one_form_and_kept_as_a_hash(cast: Cast) -> None:
    number = "6f1c7f0e-5a5e-4bb5-8c7a-3f3f0c8f0a11"
    assert new_receipt(number) == new_receipt(number)
    assert len({new_receipt("") for _ in range(50)}) == 50
    assert len(new_receipt("x").replace("-", "")) == 20
    assert hash_of(" ABCDE fghjk-mnpqr STUVW") == hash_of(RECEIPT)
    concern = anonymous_at(cast)
    assert RECEIPT not in str({field.name: getattr(concern, field.name) for field in Concern._meta.concrete_fields})
    assert anonymous_at(cast).pk == concern.pk, "sent twice, it is one"


def test_the_clock_is_the_agencys_and_counts_working_days(cast: Cast) -> None:
    concern = anonymous_at(cast)
    assert (concern.acknowledge_by, concern.answer_by) == (BY_THEN, ANSWERED_BY)
    set_concern_clock(acknowledge_days=2, answer_days=10, by=cast.privacy_officer)
    assert anonymous_at(cast, "another").acknowledge_by == date(2026, 7, 16)
    assert again(concern).acknowledge_by == BY_THEN
    with pytest.raises(ValidationError, match="no answer before it is acknowledged"):
        set_concern_clock(acknowledge_days=9, answer_days=3, by=cast.privacy_officer)
    with pytest.raises(NotPermitted):
        set_concern_clock(acknowledge_days=2, answer_days=10, by=cast.contract_manager)


def test_unanswered_it_goes_to_the_head_of_the_agency(cast: Cast) -> None:
    officer, champion, head = str(cast.privacy_officer), str(cast.integrity_champion), str(cast.chief_executive)
    concern = anonymous_at(cast)
    says = "MCW-CONCERN-1 is to be acknowledged by 21 July 2026"
    assert told() == {(officer, says), (champion, says)}
    assert concerns_kept(BY_THEN) == 0
    assert concerns_kept(BY_THEN + DAY) > 0
    late = "MCW-CONCERN-1 was to be acknowledged by 21 July 2026, and is not"
    assert told() == {(officer, late), (champion, late), (head, late)}
    assert again(concern).escalated_on == BY_THEN + DAY
    assert concerns_kept(BY_THEN + DAY) == 0, "once"
    (due,) = due_for(cast.chief_executive)
    assert (due.notice.url, due.title) == ("/assurance/concerns/counts/", "")
    shown = [(step.kind, step.said) for step in raised_page(concern).steps]
    assert shown[-1] == ("escalated", "It was not acknowledged by its day. The head of the agency was told")
    acknowledge_concern(concern=concern, said="We look into it", by=cast.privacy_officer, now=NOW + 8 * DAY)
    assert not {name for name, _ in told()}, "nothing is due for a while"
    concerns_kept(ANSWERED_BY + DAY)
    assert (head, "MCW-CONCERN-1 was to be answered by 11 August 2026, and is not") in told()


def test_it_is_never_closed_silently(cast: Cast) -> None:
    concern, by = anonymous_at(cast), cast.integrity_champion
    with pytest.raises(ValidationError, match="nothing is closed without telling"):
        close_concern(concern=concern, outcome="not_so", answer="  ", by=by, now=NOW)
    with pytest.raises(ValidationError):
        close_concern(concern=concern, outcome="whatever", answer="x", by=by, now=NOW)
    wrong = again(concern)
    wrong.closed_on, wrong.closed_by, wrong.acknowledged_on = TODAY, by, TODAY
    with pytest.raises(IntegrityError, match="never_closed_silently"), acting(by=by), transaction.atomic():
        wrong.save()
    close_concern(concern=concern, outcome="put_right", answer="It is looked at first now", by=by, now=NOW)
    assert raised_page(concern).steps[-1].said.endswith("It is looked at first now")
    with pytest.raises(NotNow, match="open it again first"):
        note_step(concern=concern, said="x", shown=True, by=by, now=NOW)
    with pytest.raises(NotNow, match="raise a new concern"):
        answer_question(concern=concern, text="And yet", by=by, on=TODAY)
    reopen_concern(concern=concern, why="More came up", by=by, now=NOW)
    assert again(concern).closed_on is None
    step = concern.steps.earliest("pk")
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE assurance_concernstep SET said = 'x' WHERE id = %s", [step.pk])


def test_steps_are_shown_to_who_raised_it_or_kept_among_handlers(cast: Cast) -> None:
    concern, by = own_at(cast.business_owner), cast.privacy_officer
    give_concern(concern=concern, owner=cast.integrity_champion.who, answer_by=TODAY + 3 * DAY, by=by, now=NOW)
    assert [day.what for day in calendar_of(cast.integrity_champion)] == ["MCW-CONCERN-1"]
    ask_raiser(concern=concern, said="On which day?", by=by, now=NOW)
    note_step(concern=concern, said="Rang the provider", shown=False, by=by, now=NOW)
    answer_question(concern=concern, text="On Monday", by=cast.business_owner, on=TODAY)
    assert [step.kind for step in raised_page(concern).steps] == ["raised", "asked", "answered"]
    assert concern.steps.count() == 5
    concerns_due(TODAY)
    assert (str(cast.business_owner), "There is something new about MCW-CONCERN-1, which you raised") in told()
    assert readable(cast.business_owner, ["MCW-CONCERN-1"]) == {"Own MCW-CONCERN-1": ""}
    assert readable(cast.contract_manager, ["MCW-CONCERN-1"]) == {}
    with pytest.raises(ValidationError, match="nobody else reads it"):
        give_concern(concern=concern, owner=cast.contract_manager.who, answer_by=TODAY, by=by, now=NOW)


def test_who_raised_it_never_handles_it_nor_does_anybody_else(cast: Cast) -> None:
    champion = cast.integrity_champion
    concern = own_at(champion)
    assert not Concern.objects.visible_to(champion).exists()
    for who, refusal in (
        (champion, NotYours),
        (cast.contract_manager, NotPermitted),
        (cast.chief_executive, NotPermitted),
        (Cast("OTH", "Other Ministry").user(Role.PRIVACY_OFFICER), NotYours),
    ):
        with pytest.raises(refusal):
            acknowledge_concern(concern=concern, said="x", by=who, now=NOW)
    with pytest.raises(ValidationError, match="They raised it"):
        give_concern(concern=concern, owner=champion.who, answer_by=TODAY, by=cast.privacy_officer, now=NOW)
    assert (str(champion), "MCW-CONCERN-1 is to be acknowledged by 21 July 2026") not in told()
    wrong = again(concern)
    wrong.owner = champion.who
    with pytest.raises(IntegrityError, match="owner_is_another"), acting(by=champion), transaction.atomic():
        wrong.save()
    wrong = again(anonymous_at(cast, "another"))
    wrong.name = "Ana"
    with pytest.raises(IntegrityError, match="anonymous_is_nobody"), acting(by=champion), transaction.atomic():
        wrong.save()
