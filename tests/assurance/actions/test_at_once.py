"""People at the same moment, on real connections: of two exceptions or answers one stands, and the other is told."""

from collections.abc import Callable
from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
from django.db import transaction

from agreements.actions.pause import pause_organisation
from agreements.actions.status import perform
from agreements.choices import Status
from agreements.errors import NotNow, NotReady
from agreements.models import Agreement
from assurance.actions.accepted_exception import accept_exception
from assurance.actions.attestation import AnsweredMeanwhile, attest, attest_for_agency
from assurance.actions.concern import raise_concern
from assurance.models import AcceptedException, Attestation, Concern, ConformanceEntry
from people.actions.system import system_user
from people.models import Power, User
from people.roles import Role
from tests.agreements.actions.test_at_once import all_at_once
from tests.agreements_at import agreement_at, answer, organisation
from tests.assurance.concerned import RECEIPT, WORDS
from tests.cast import NOW, TODAY, Cast
from tests.delegating import delegated

pytestmark = pytest.mark.django_db(transaction=True)


def outside(cast: Cast) -> Agreement:
    """A draft in the Standard's scope that nobody assessed."""
    made = agreement_at(Status.DRAFT, cast)
    return answer(made, "scope", cast.privacy_officer, personal_information="yes", outside_state_services="yes")


def test_of_two_delegates_who_accept_one_does_and_the_other_is_told() -> None:
    cast = Cast()
    draft, people = outside(cast), [cast.approver, cast.user(Role.APPROVER, "Hana Reti")]
    for one in people:
        delegated(cast, one, Power.ACCEPT_EXCEPTION)
    asked: dict[str, Any] = {"requirement": "ISS-05", "gate": "sign", "ends_on": TODAY + timedelta(days=9), "now": NOW}

    def accepting(who: User) -> Callable[[], object]:
        found = Agreement.objects.get(pk=draft.pk)
        return lambda: accept_exception(agreement=found, why=f"{who} says so", by=who, **asked)

    [told] = all_at_once([accepting(who) for who in people])
    assert isinstance(told, NotNow)
    assert "An exception to ISS-05 for this step holds already" in str(told)
    stands = AcceptedException.objects.get()
    assert stands.why == f"{stands.by} says so"


def test_of_two_who_answer_one_requirement_one_does_and_the_other_is_told_what_was_said() -> None:
    cast = Cast()
    draft = outside(cast)
    people = [cast.privacy_officer, cast.user(Role.PRIVACY_OFFICER, "Tama Rewi")]

    def answering(who: User) -> Callable[[], object]:
        found, values = Agreement.objects.get(pk=draft.pk), {"value": "not_met", "why": f"{who} looked"}
        return lambda: attest(agreement=found, requirement="DPUP-purpose", values=values, seen=0, by=who, now=NOW)

    [told] = all_at_once([answering(who) for who in people])
    stands = Attestation.objects.get()
    assert isinstance(told, AnsweredMeanwhile)
    assert told.answer == stands
    assert str(told) == f"{stands.by} answered this after you opened it: not met"
    assert stands.why == f"{stands.by} looked"
    assert "DPUP-purpose" in ConformanceEntry.objects.get(agreement=draft).not_met


@pytest.mark.parametrize("what", ["the pause of a party", "the owner"])
def test_who_signs_while_somebody_takes_away_what_it_needs_waits_and_is_refused(what: str) -> None:
    cast, raised = Cast(), list[Exception]()
    approved = agreement_at(Status.APPROVED, cast)
    delegated(cast, cast.approver, Power.PAUSE)

    def signing() -> None:
        raised.extend(all_at_once([lambda: perform(agreement=approved, step="sign", by=cast.privacy_officer, now=NOW)]))

    late = Thread(target=signing, daemon=True)
    with transaction.atomic():
        if what == "the owner":
            answer(approved, "ownership", cast.privacy_officer, owner=None)
        else:
            pause_organisation(organisation=organisation(), reason="An inquiry", by=cast.approver, now=NOW)
        late.start()
        late.join(1)
        assert late.is_alive(), "it does not wait for what is not saved yet"
    late.join(60)
    assert [type(one) for one in raised] == [NotReady]
    assert Agreement.objects.get(pk=approved.pk).status == Status.APPROVED


def test_of_two_who_answer_for_the_agency_one_does_and_the_other_is_told() -> None:
    cast = Cast()
    people = [cast.chief_executive, cast.privacy_officer]

    def answering(who: User) -> Callable[[], object]:
        values = {"value": "met", "why": f"{who} read it"}
        return lambda: attest_for_agency(requirement="M9", values=values, seen=0, by=who, now=NOW)

    [told] = all_at_once([answering(who) for who in people])
    assert isinstance(told, AnsweredMeanwhile)
    assert told.answer == Attestation.objects.get()


def test_a_concern_sent_by_a_double_press_is_one_and_both_answers_carry_its_code() -> None:
    agency, by = Cast().agency, system_user("concern")
    given: dict[str, Any] = {"agency": agency, "values": WORDS, "anonymous": True, "receipt": RECEIPT, "on": TODAY}
    refused = all_at_once([lambda: raise_concern(by=by, **given)] * 2)
    assert refused == [], "the browser shows the answer to the second press: without a code nobody could follow it"
    assert Concern.objects.count() == 1
