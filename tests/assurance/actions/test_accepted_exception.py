"""Exceptions by the actions themselves: who may, until when, why; one opens its own gate and ends by itself."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from agreements.actions.variation import take_variation_step
from agreements.choices import Status, TermsState
from agreements.errors import NotNow, NotReady, NotYours
from agreements.models import Agreement
from assurance.actions.accepted_exception import accept_exception, withdraw_exception
from assurance.extensions.conformance import gates
from assurance.models import AcceptedException, ConformanceEntry
from people.models import Power, User
from people.permissions import NotPermitted
from people.roles import Role
from records.acting import acting
from tests.agreements_at import agreement_at, answer, converse_about
from tests.assurance.test_weakening import signed_outside, without_audit
from tests.cast import NOW, TODAY, Cast
from tests.delegating import delegated

pytestmark = pytest.mark.django_db
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def draft(cast: Cast) -> Agreement:
    """One that nobody assessed, so that ISS-05 is not met."""
    made = agreement_at(Status.DRAFT, cast)
    return answer(made, "scope", cast.privacy_officer, personal_information="yes", outside_state_services="yes")


def acceptor(cast: Cast, user: User | None = None) -> User:
    """Somebody with the delegation; the approver unless said."""
    found = user or cast.approver
    delegated(cast, found, Power.ACCEPT_EXCEPTION)
    return found


def accepted(agreement: Agreement, by: User, **said: Any) -> AcceptedException:
    """An exception to due diligence before signing, until tomorrow."""
    given: dict[str, Any] = {
        "requirement": "ISS-05",
        "gate": "sign",
        "why": "It is under way",
        "ends_on": TOMORROW,
        "now": NOW,
    }
    return accept_exception(agreement=agreement, by=by, **given | said)


def open_before(agreement: Agreement, step: str, on: date = TODAY) -> list[str]:
    """The requirements that stop a step on a day."""
    return [sentence.split(",")[0] for sentence in gates(agreement, step, on)]


def test_the_author_is_refused(draft: Agreement, cast: Cast) -> None:
    with pytest.raises(NotYours, match="You wrote part of these terms: somebody else accepts"):
        accepted(draft, acceptor(cast, cast.privacy_officer))
    assert not AcceptedException.objects.exists()


def test_without_the_delegation_and_after_it_is_over_it_is_refused(draft: Agreement, cast: Cast) -> None:
    with pytest.raises(NotPermitted, match="needs a delegation to do so"):
        accepted(draft, cast.approver)
    delegated(cast, cast.approver, Power.ACCEPT_EXCEPTION, ends_on=TODAY - timedelta(days=1))
    with pytest.raises(NotPermitted):
        accepted(draft, cast.approver)
    delegated(cast, cast.approver, Power.APPROVE)  # to approve is another power
    with pytest.raises(NotPermitted):
        accepted(draft, cast.approver)


def test_a_delegate_of_another_agency_is_refused_both_ways(draft: Agreement, cast: Cast) -> None:
    other = Cast("OTH", "Other Ministry")
    outsider = acceptor(other)
    with pytest.raises(NotYours, match="belongs to another agency"):
        accepted(draft, outsider)
    one = accepted(draft, acceptor(cast))
    with pytest.raises(NotYours, match="belongs to another agency"):
        withdraw_exception(exception=one, why="We say so", by=outsider, now=NOW)
    assert AcceptedException.objects.get().withdrawn_on is None


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"ends_on": TODAY - timedelta(days=1)}, "This day has passed"),
        ({"ends_on": date.min}, "This day has passed"),
        ({"ends_on": date.max}, "for a year at most"),
        ({"why": ""}, "Say why this is acceptable"),
        ({"why": " \n\t"}, "Say why this is acceptable"),
        ({"gate": "vary_submit"}, "does not stop that step"),
        ({"gate": ""}, "does not stop that step"),
    ],
)
def test_what_makes_no_sense_is_refused(draft: Agreement, cast: Cast, said: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        accepted(draft, acceptor(cast), **said)
    assert not AcceptedException.objects.exists()


def test_a_second_for_the_same_step_and_a_requirement_that_is_none_are_refused(draft: Agreement, cast: Cast) -> None:
    by = acceptor(cast)
    accepted(draft, by)
    with pytest.raises(NotNow, match="holds already: withdraw that one first"):
        accepted(draft, by)
    accepted(draft, by, gate="start")  # another step is another exception
    with pytest.raises(NotNow, match="No standard asks for NONE"):
        accepted(draft, by, requirement="NONE")


def test_withdrawing_asks_for_a_delegate_a_reason_and_one_that_holds(draft: Agreement, cast: Cast) -> None:
    by = acceptor(cast)
    one = accepted(draft, by)
    with pytest.raises(NotPermitted, match="needs a delegation to accept exceptions"):
        withdraw_exception(exception=one, why="No", by=cast.privacy_officer, now=NOW)
    with pytest.raises(ValidationError, match="Say why it is withdrawn"):
        withdraw_exception(exception=one, why="  ", by=by, now=NOW)
    with pytest.raises(NotNow, match=r"It ended on 15.July 2026 already"):
        withdraw_exception(exception=one, why="Late", by=by, now=NOW + timedelta(days=2))
    withdraw_exception(exception=one, why="Gaps were found", by=by, now=NOW)
    assert "ISS-05" in open_before(draft, "sign")
    with pytest.raises(NotNow, match=r"ended on 14.July 2026 already"):
        withdraw_exception(exception=one, why="Again", by=by, now=NOW)


def test_the_database_lets_it_be_withdrawn_once_and_nothing_else(draft: Agreement, cast: Cast) -> None:
    one = accepted(draft, acceptor(cast))
    for changed in ({"ends_on": date(2027, 7, 1)}, {"gate": "start"}, {"by": cast.privacy_officer}):
        longer = AcceptedException.objects.get(pk=one.pk)
        for name, value in changed.items():
            setattr(longer, name, value)
        with pytest.raises(IntegrityError, match="never changed"), acting(by=cast.approver), transaction.atomic():
            longer.save()
    withdraw_exception(exception=one, why="Gaps were found", by=cast.approver, now=NOW)
    again = AcceptedException.objects.get(pk=one.pk)
    again.withdrawn_on = again.withdrawn_by = None
    with pytest.raises(IntegrityError, match="never changed"), acting(by=cast.approver), transaction.atomic():
        again.save()


def test_for_a_variation_it_opens_only_its_own_gate_and_ends_by_itself(cast: Cast, client: Client) -> None:
    agreement = signed_outside(cast)
    converse_about(agreement, cast.privacy_officer)
    delegated(cast, cast.approver, Power.APPROVE)
    varied, by = without_audit(cast, agreement), acceptor(cast, cast.user(Role.APPROVER, "Hana Reti"))
    varied = take_variation_step(
        agreement=varied, step="vary_approve", by=cast.approver, now=NOW, reason="An independent audit stands in"
    )
    shut = open_before(varied, "vary_sign")
    assert len(shut) == 1
    [audit] = shut  # said once, though the letter and the Standard ask for it
    client.force_login(by)
    offered = reverse("exception_accept", args=[agreement.reference, audit])
    assert f"{offered}?gate=vary_sign" in client.get(reverse("conformance", args=[agreement.reference])).text
    while open_before(varied, "vary_sign"):
        [audit] = open_before(varied, "vary_sign")
        accepted(varied, by, requirement=audit, gate="vary_sign")
    held = AcceptedException.objects.filter(agreement=agreement)
    assert set(held.values_list("gate", flat=True)) == {"vary_sign"}
    assert open_before(varied, "vary_sign", TOMORROW) == []
    assert open_before(varied, "vary_sign", TOMORROW + timedelta(days=1)) == shut  # nobody had to end it
    assert set(open_before(varied, "sign")) & set(held.values_list("requirement", flat=True))
    with pytest.raises(NotReady):
        late = NOW + timedelta(days=2)
        take_variation_step(agreement=varied, step="vary_sign", by=cast.privacy_officer, now=late)
    signed = take_variation_step(agreement=varied, step="vary_sign", by=cast.privacy_officer, now=NOW)
    assert signed.terms_now.state == TermsState.IN_FORCE
    assert set(held.values_list("requirement", flat=True)) <= set(
        ConformanceEntry.objects.get(agreement=agreement).not_met
    )
