"""Pauses: by a delegate with a reason, in the agency that set it and in no other; lifting lets things go on (F12)."""

from collections.abc import Callable
from datetime import date, timedelta
from threading import Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from agreements.actions.agreement import record_existing
from agreements.actions.organisation_merge import merge_organisations
from agreements.actions.pause import lift_pause, pause_organisation
from agreements.actions.status import perform
from agreements.actions.variation import start_variation, take_variation_step
from agreements.choices import Status, TermsState, VariationKind
from agreements.errors import NotNow, NotReady, NotYours
from agreements.models import Agreement, Organisation, Pause
from assurance.models import ConformanceEntry
from people.models import Power, User
from people.permissions import NotPermitted
from people.roles import Role
from records.acting import acting
from tests.agreements.actions.test_at_once import all_at_once
from tests.agreements_at import agreement_at, answer, make_signable, organisation, variation_at
from tests.cast import NOW, TODAY, Cast
from tests.delegating import delegated

pytestmark = pytest.mark.django_db
PAUSED = "Te Whare Tautoko Trust is paused: nothing new is agreed with them"
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def cast() -> Cast:
    cast = Cast()
    delegated(cast, cast.approver, Power.PAUSE)
    return cast


def other_agency() -> Cast:
    other = Cast(code="THR", name="Community Service Agency")
    delegated(other, other.approver, Power.PAUSE)
    return other


def pause(cast: Cast, body: Organisation | None = None, by: User | None = None) -> Pause:
    return pause_organisation(
        organisation=body or organisation(), reason="An inquiry asks about it", by=by or cast.approver, now=NOW
    )


def lift(found: Pause, by: User) -> Pause:
    return lift_pause(pause=found, reason="The inquiry cleared it", by=by, now=NOW)


def fresh(agreement: Agreement) -> Agreement:
    return Agreement.objects.select_related("current_terms").get(pk=agreement.pk)


def take(agreement: Agreement, step: str, by: User) -> Agreement:
    return perform(agreement=fresh(agreement), step=step, by=by, now=NOW)


def test_it_stops_a_draft_from_being_submitted_and_lifting_lets_it_go_on(cast: Cast) -> None:
    draft = agreement_at(Status.DRAFT, cast)
    set_ = pause(cast)
    with pytest.raises(NotReady, match=PAUSED):
        take(draft, "submit", cast.privacy_officer)
    lift(set_, cast.approver)
    assert take(draft, "submit", cast.privacy_officer).status == Status.IN_REVIEW


def test_it_stops_the_signing_of_what_was_approved_before(cast: Cast) -> None:
    approved = agreement_at(Status.APPROVED, cast)
    set_ = pause(cast)
    with pytest.raises(NotReady, match=PAUSED):
        take(approved, "sign", cast.privacy_officer)
    lift(set_, cast.approver)
    assert take(approved, "sign", cast.privacy_officer).status == Status.SIGNED


@pytest.mark.parametrize(("state", "step"), [(TermsState.DRAFT, "vary_submit"), (TermsState.APPROVED, "vary_sign")])
def test_it_stops_a_variation(cast: Cast, state: TermsState, step: str) -> None:
    varied = variation_at(state, cast, agreement_at(Status.SIGNED, cast))
    set_ = pause(cast)
    with pytest.raises(NotReady, match=PAUSED):
        take_variation_step(agreement=varied, step=step, by=cast.privacy_officer, now=NOW)
    lift(set_, cast.approver)
    take_variation_step(agreement=varied, step=step, by=cast.privacy_officer, now=NOW)


def test_it_stops_a_renewal_at_submitting_and_at_signing(cast: Cast) -> None:
    signed = agreement_at(Status.SIGNED, cast, ends_on=date(2026, 12, 31))
    kind = VariationKind.RENEWAL
    varied = start_variation(
        agreement=signed,
        why="Three more years",
        kind=kind,
        ends_on=date(2029, 12, 31),
        by=cast.privacy_officer,
        now=NOW,
    )
    set_ = pause(cast)
    with pytest.raises(NotReady, match=PAUSED):
        take_variation_step(agreement=varied, step="vary_submit", by=cast.privacy_officer, now=NOW)
    lift(set_, cast.approver)
    take_variation_step(agreement=varied, step="vary_submit", by=cast.privacy_officer, now=NOW)
    take_variation_step(agreement=varied, step="vary_approve", by=cast.approver, now=NOW)
    pause(cast)
    with pytest.raises(NotReady, match=PAUSED):
        take_variation_step(agreement=varied, step="vary_sign", by=cast.privacy_officer, now=NOW)


def test_a_subcontractor_that_is_paused_stops_it_too(cast: Cast) -> None:
    draft = agreement_at(Status.DRAFT, cast, parties=("Te Whare Tautoko Trust", "Northpoint"))
    pause(cast, organisation("Northpoint"))
    with pytest.raises(NotReady, match="Northpoint is paused"):
        take(draft, "submit", cast.privacy_officer)


def test_it_stops_nothing_in_another_agency(cast: Cast) -> None:
    other = other_agency()
    theirs = agreement_at(Status.DRAFT, other)
    pause(cast)
    assert take(theirs, "submit", other.privacy_officer).status == Status.IN_REVIEW


def test_what_is_in_force_and_what_only_exists_goes_on(cast: Cast) -> None:
    signed = agreement_at(Status.SIGNED, cast)
    values = {"title": "Old list", "kind": "deed", "purpose": "Lists"}
    old = record_existing(values=values, status=Status.SIGNED, by=cast.privacy_officer, now=NOW)
    pause(cast)
    for agreement in (signed, old):
        assert fresh(agreement).status == Status.SIGNED
    assert take(old, "complete_recording", cast.privacy_officer).status == Status.SIGNED


def test_each_agency_pauses_for_itself_and_lifts_its_own(cast: Cast) -> None:
    other = other_agency()
    mine, theirs = pause(cast), pause(other)
    with pytest.raises(NotYours, match="Another agency set this pause"):
        lift(mine, other.approver)
    lift(theirs, other.approver)
    assert list(Pause.objects.open()) == [mine]


def test_the_words_say_who_since_when_and_why(cast: Cast) -> None:
    found = lift(pause(cast), cast.approver)
    assert (found.by, found.on, found.reason) == (cast.approver, TODAY, "An inquiry asks about it")
    assert (found.lifted_by, found.lifted_on, found.lifted_why) == (cast.approver, TODAY, "The inquiry cleared it")
    assert found.history.count() == 2


def test_a_role_without_the_delegation_is_not_enough(cast: Cast) -> None:
    set_ = pause(cast)
    for who in (cast.privacy_officer, cast.chief_executive, cast.administrator):
        with pytest.raises(NotPermitted, match="needs a delegation"):
            pause(cast, organisation("Northpoint"), by=who)
        with pytest.raises(NotPermitted, match="needs a delegation"):
            lift(set_, who)


def test_a_delegation_that_ended_yesterday_or_is_for_something_else_is_none(cast: Cast) -> None:
    late, other = cast.user(Role.APPROVER, "Late Delegate"), cast.user(Role.APPROVER, "Other Delegate")
    delegated(cast, late, Power.PAUSE, ends_on=YESTERDAY)
    delegated(cast, other, Power.APPROVE)
    set_ = pause(cast)
    for who in (late, other):
        with pytest.raises(NotPermitted):
            lift(set_, who)
        with pytest.raises(NotPermitted):
            pause(cast, organisation("Northpoint"), by=who)
    until_today = cast.user(Role.APPROVER, "Last Day")
    delegated(cast, until_today, Power.PAUSE, ends_on=TODAY)
    assert lift(set_, until_today).lifted_by == until_today


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_nothing_happens_without_a_reason(cast: Cast, reason: str) -> None:
    with pytest.raises(ValidationError, match="Say why it is paused"):
        pause_organisation(organisation=organisation(), reason=reason, by=cast.approver, now=NOW)
    set_ = pause(cast)
    with pytest.raises(ValidationError, match="Say why it is lifted"):
        lift_pause(pause=set_, reason=reason, by=cast.approver, now=NOW)
    assert Pause.objects.open().get() == set_


def test_what_cannot_be_paused_says_so(cast: Cast) -> None:
    twin, trust = organisation("Whare Tautoko"), organisation()
    merge_organisations(merged=twin, into=trust, by=cast.privacy_officer, reason="The same")
    with pytest.raises(NotNow, match="merged into Te Whare Tautoko Trust: pause that one"):
        pause(cast, twin)
    own = organisation(cast.agency.name)
    with acting(by=cast.privacy_officer):
        own.agency = cast.agency
        own.save()
    with pytest.raises(NotNow, match="your own agency"):
        pause(cast, own)


def test_twice_is_once(cast: Cast) -> None:
    set_ = pause(cast)
    with pytest.raises(ValidationError, match="paused this organisation already"):
        pause(cast)
    lift(set_, cast.approver)
    with pytest.raises(NotNow, match="lifted already"):
        lift(set_, cast.approver)


def test_a_merge_takes_the_pause_along(cast: Cast) -> None:
    draft = agreement_at(Status.DRAFT, cast, parties=("Whare Tautoko",))
    twin, trust = organisation("Whare Tautoko"), organisation()
    set_ = pause(cast, twin)
    merge_organisations(merged=twin, into=trust, by=cast.privacy_officer, reason="The same")
    assert Pause.objects.open().get(pk=set_.pk).organisation == trust
    with pytest.raises(NotReady, match=PAUSED):
        take(draft, "submit", cast.privacy_officer)


def test_of_two_pauses_of_one_agency_one_goes_on_and_the_other_says_why_it_ended(cast: Cast) -> None:
    twin, trust = organisation("Whare Tautoko"), organisation()
    moved, stays, theirs = pause(cast, twin), pause(cast, trust), pause(other_agency(), twin)
    merge_organisations(merged=twin, into=trust, by=cast.privacy_officer, reason="The same")
    assert set(Pause.objects.open()) == {stays, theirs}
    moved.refresh_from_db()
    assert (moved.organisation, moved.lifted_on) == (trust, localdate_of(moved))
    assert moved.lifted_why == (
        "Whare Tautoko was merged into Te Whare Tautoko Trust, which is paused as well: that pause goes on"
    )


def localdate_of(moved: Pause) -> date:
    """A merge is dated by the clock, and never before the pause began."""
    assert moved.lifted_on
    assert moved.lifted_on >= moved.on
    return moved.lifted_on


def test_the_database_lets_it_be_lifted_once_and_nothing_else(cast: Cast) -> None:
    one, another = pause(cast), organisation("Northpoint")

    def refused(**values: object) -> None:
        row = Pause.objects.get(pk=one.pk)
        for name, value in values.items():
            setattr(row, name, value)
        with (
            pytest.raises(IntegrityError, match="stands as it was set"),
            acting(by=cast.approver),
            transaction.atomic(),
        ):
            row.save()

    refused(reason="Nothing much")
    refused(on=YESTERDAY)
    refused(organisation=another)
    lift(one, cast.approver)
    refused(lifted_on=None, lifted_by=None, lifted_why="")
    refused(lifted_why="Nobody asked")
    with pytest.raises(IntegrityError), acting(by=cast.approver), transaction.atomic():
        Pause.objects.get(pk=one.pk).delete()


@pytest.mark.django_db(transaction=True)
def test_of_two_delegates_at_once_one_pauses_and_the_other_is_told() -> None:
    cast, body = Cast(), organisation()
    both = [cast.approver, cast.user(Role.APPROVER, "Second Delegate")]
    for who in both:
        delegated(cast, who, Power.PAUSE)

    said = all_at_once([lambda who=who: pause(cast, body, by=who) for who in both])  # type: ignore[misc]
    assert [str(one) for one in said] == [str(said[0])]
    assert "paused this organisation already" in str(said[0])
    set_ = Pause.objects.get()
    said = all_at_once([lambda who=who: lift(set_, who) for who in both])  # type: ignore[misc]
    assert [str(one) for one in said] == ["It was lifted already"]


@pytest.mark.assessed
@pytest.mark.django_db(transaction=True)
def test_a_pause_beside_a_change_that_is_not_saved_yet_leaves_what_is_found_as_both_left_it() -> None:
    cast = Cast()
    delegated(cast, cast.approver, Power.PAUSE)
    draft = agreement_at(Status.DRAFT, cast)
    body = organisation()
    pausing = Thread(target=in_a_thread, args=(lambda: pause(cast, body),), daemon=True)
    with transaction.atomic():
        answer(draft, "safeguards", cast.privacy_officer, breach_hours=48)
        pausing.start()
        pausing.join(1)  # it waits for the change, or found the agreement as it was
    pausing.join(60)
    facts = ConformanceEntry.objects.get(agreement=draft).run.facts
    assert facts["breach_hours"] == 48
    assert [one["paused"] for one in facts["parties"] if one["organisation"] == body.pk] == [True]


def in_a_thread(call: Callable[[], object]) -> None:
    """On a connection of its own, closed then."""
    try:
        call()
    finally:
        connection.close()


def test_an_agreement_ready_but_for_the_pause_has_no_other_reason(cast: Cast) -> None:
    draft = agreement_at(Status.DRAFT, cast)
    make_signable(draft, cast.privacy_officer, cast.chief_executive)
    pause(cast)
    with pytest.raises(NotReady) as refused:
        take(draft, "submit", cast.privacy_officer)
    assert len(refused.value.reasons) == 1
    assert refused.value.reasons[0].startswith("F12, no party is paused: ")
