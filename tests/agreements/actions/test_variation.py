"""Variations: started, edited, approved, signed, in force; what is hostile is refused with a sentence."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from agreements.actions.agreement import record_existing
from agreements.actions.provision import provision_values, provisions_digest, save_provisions
from agreements.actions.responsibility import responsibilities_digest, save_responsibilities
from agreements.actions.row import add_row, remove_row
from agreements.actions.section import section_values, update_section
from agreements.actions.status import perform
from agreements.actions.variation import bring_into_force, look_again, start_variation, take_variation_step
from agreements.choices import AtEnd, Duty, Status, TermsState, VariationKind
from agreements.difference import difference
from agreements.digest import digest
from agreements.errors import NotNow, NotYours
from agreements.models import Agreement, Author, Party, StatusChange, Terms
from agreements.rows import KINDS
from agreements.sections import BY_NAME, VARIED_BY_NAME
from agreements.tick import variations_into_force
from people.permissions import NotPermitted
from people.roles import Role
from records.acting import acting
from tests.agreements.actions.test_at_once import all_at_once
from tests.agreements_at import VARIATION_PATH, agreement_at, answer, make_signable, organisation, variation_at
from tests.cast import NOW, TODAY, Cast

pytestmark = pytest.mark.django_db
PURPOSE = "To help children come to school."


@pytest.fixture
def signed(cast: Cast) -> Agreement:
    return agreement_at(Status.SIGNED, cast)


def start(agreement: Agreement, cast: Cast, **more: Any) -> Agreement:
    return start_variation(agreement=agreement, why="The service grows", by=cast.privacy_officer, now=NOW, **more)


def fresh(agreement: Agreement) -> Agreement:
    return Agreement.objects.select_related("current_terms").get(pk=agreement.pk)


def write(agreement: Agreement, section: str, cast: Cast, **values: Any) -> None:
    part = VARIED_BY_NAME.get(section, BY_NAME[section])
    now = section_values(agreement, part)
    update_section(agreement=agreement, section=part, values=now | values, seen=digest(now), by=cast.privacy_officer)


def test_the_copy_is_whole_with_its_tree_and_flows(cast: Cast) -> None:
    draft, by = (
        agreement_at(Status.DRAFT, cast, parties=("Te Whare Tautoko Trust", "Tūī Limited")),
        cast.privacy_officer,
    )
    lead, trust, tui = draft.terms_now.parties.order_by("pk")
    sub = {"organisation": organisation("Northpoint"), "role": "subcontractor", "parent": trust}
    add_row(agreement=draft, kind=KINDS["party"], values=sub, by=by)
    flow = add_row(agreement=draft, kind=KINDS["flow"], values={"sender": lead, "receiver": tui}, by=by)
    add_row(agreement=draft, kind=KINDS["information"], values={"flow": flow, "name": "Names"}, by=by)
    wanted = {(Duty.LEAD.value, lead.pk)}
    save_responsibilities(agreement=draft, wanted=wanted, seen=responsibilities_digest(draft), by=by)
    blank = provision_values(draft)
    answers = blank | {"C1": blank["C1"] | {"answer": "present", "clause": "4"}}
    save_provisions(agreement=draft, answers=answers, seen=provisions_digest(draft), by=by)
    with pytest.raises(NotNow, match="not signed yet"):
        start(draft, cast)
    make_signable(draft, by)
    for step, who in (("submit", by), ("approve", cast.approver), ("sign", by)):
        perform(agreement=draft, step=step, by=who, now=NOW)
    varied = start(fresh(draft), cast)
    copied = varied.terms_now.parties.get(organisation__name="Northpoint")
    assert copied.parent == varied.terms_now.parties.get(organisation=trust.organisation)
    assert difference(fresh(draft).terms_now, varied.terms_now) == []
    remove_row(agreement=varied, kind=KINDS["flow"], pk=varied.terms_now.flows.get().pk, by=by)
    save_responsibilities(agreement=varied, wanted=set(), seen=responsibilities_digest(varied), by=by)
    found = {each.section.name: each.rows for each in difference(fresh(draft).terms_now, varied.terms_now)}
    assert [(row.how, row.title) for row in found["information"]] == [
        ("removed", f"From {cast.agency.name} to Tūī Limited"),
        ("removed", "Names"),
    ]
    [duty] = found["responsibilities"]
    assert (duty.how, duty.fields[0].old, duty.fields[0].new) == ("changed", cast.agency.name, "")


def test_the_copy_holds_everything_and_differs_in_nothing(cast: Cast, signed: Agreement) -> None:
    varied = start(signed, cast)
    old, new = fresh(signed).terms_now, varied.terms_now
    assert (new.number, new.state, new.based_on) == (2, TermsState.DRAFT, old)
    assert difference(old, new) == []
    assert {party.organisation for party in new.parties.all()} == {party.organisation for party in old.parties.all()}
    assert not set(new.parties.values_list("pk")) & set(old.parties.values_list("pk"))
    write(varied, "purpose", cast, purpose="To help whānau.")
    assert fresh(signed).terms_now.purpose == PURPOSE
    [section] = difference(old, Terms.objects.get(pk=new.pk))
    assert [(change.old, change.new) for change in section.fields] == [(PURPOSE, "To help whānau.")]


def test_the_whole_way_to_in_force(cast: Cast, signed: Agreement) -> None:
    old = signed.terms_now
    varied = variation_at(TermsState.IN_FORCE, cast, signed)
    now = fresh(signed)
    assert now.terms_now == varied.terms_now
    assert (now.terms_now.state, now.status) == (TermsState.IN_FORCE, Status.SIGNED)
    past = Terms.objects.get(pk=old.pk)
    assert (past.state, past.purpose) == (TermsState.PAST, PURPOSE)
    steps = StatusChange.objects.filter(agreement=signed, variation=2).order_by("pk")
    assert [row.said for row in steps] == [
        "Variation 2 started",
        "Variation 2 submitted for review",
        "Variation 2 approved",
        "Variation 2 signed",
        "Variation 2 in force",
    ]
    assert {row.target for row in steps} == {"signed"}


def test_a_later_start_waits_for_its_day_and_the_tick_does_it_once(cast: Cast, signed: Agreement) -> None:
    variation_at(TermsState.SIGNED, cast, signed)
    day = TODAY + timedelta(days=30)
    assert variations_into_force(day - timedelta(days=1)) == 0
    assert fresh(signed).terms_now.number == 1
    assert variations_into_force(day) == 1
    assert variations_into_force(day) == 0
    assert variations_into_force(day - timedelta(days=60)) == 0
    assert fresh(signed).terms_now.number == 2
    assert StatusChange.objects.get(agreement=signed, step="vary_in_force").on == day


def test_an_agreement_that_ended_meanwhile_keeps_its_terms(cast: Cast, signed: Agreement) -> None:
    varied = variation_at(TermsState.SIGNED, cast, signed)
    perform(
        agreement=signed, step="end", by=cast.privacy_officer, now=NOW, reason="Closed", disposal=AtEnd.NOTHING_HELD
    )
    assert variations_into_force(TODAY + timedelta(days=40)) == 0
    assert bring_into_force(agreement=varied, on=TODAY + timedelta(days=40), by=cast.approver, now=NOW) is False
    take_variation_step(agreement=varied, step="vary_withdraw", by=cast.privacy_officer, now=NOW, reason="It ended")
    assert not Terms.objects.open_variations().exists()


def test_nobody_approves_what_they_wrote_part_of(cast: Cast, signed: Agreement) -> None:
    approver, _other = cast.approver, cast.chief_executive
    varied = start(signed, cast)
    with acting(by=cast.privacy_officer):
        Author(terms=varied.terms_now, user=approver, first_on=TODAY).save()
    write(varied, "purpose", cast, purpose="Another")
    varied = take_variation_step(agreement=varied, step="vary_submit", by=cast.privacy_officer, now=NOW)
    with pytest.raises(NotYours, match="somebody else approves"):
        take_variation_step(agreement=varied, step="vary_approve", by=approver, now=NOW)
    with pytest.raises(NotPermitted):
        take_variation_step(agreement=varied, step="vary_approve", by=cast.privacy_officer, now=NOW)


def test_a_variation_that_changes_nothing_is_not_submitted(cast: Cast, signed: Agreement) -> None:
    with pytest.raises(NotNow, match="changes nothing yet"):
        take_variation_step(agreement=start(signed, cast), step="vary_submit", by=cast.privacy_officer, now=NOW)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_start_at_once_one_does_and_the_other_is_told() -> None:
    cast = Cast()
    signed = agreement_at(Status.SIGNED, cast)
    people = [cast.privacy_officer, cast.user(Role.PRIVACY_OFFICER, "Tama Rewi")]
    [told] = all_at_once(
        [lambda who=who: start_variation(agreement=signed, why="It grows", by=who, now=NOW) for who in people]  # type: ignore[misc]
    )
    assert isinstance(told, NotNow)
    assert "Variation 2 is under way" in str(told)
    assert Terms.objects.filter(agreement=signed, number__gt=1).count() == 1


def test_the_database_itself_takes_one_open_variation(cast: Cast, signed: Agreement) -> None:
    first = start(signed, cast).terms_now
    second = Terms(agreement=signed, number=3, state=TermsState.APPROVED, based_on=signed.terms_now)
    with (
        pytest.raises(IntegrityError, match="one_open_variation"),
        acting(by=cast.privacy_officer),
        transaction.atomic(),
    ):
        second.save()
    assert first.number == 2


def test_approving_is_refused_once_the_base_was_changed(cast: Cast) -> None:
    by = cast.privacy_officer
    values = {"title": "Old deed", "kind": "deed", "purpose": PURPOSE, "signed_on": TODAY - timedelta(days=400)}
    recorded = record_existing(values=values, status=Status.SIGNED, by=by, now=NOW)
    for name in (cast.agency.name, "Te Whare Tautoko Trust"):
        if not recorded.terms_now.parties.filter(organisation__name=name).exists():
            add_row(
                agreement=recorded,
                kind=KINDS["party"],
                values={"organisation": organisation(name), "role": "other"},
                by=by,
            )
    with pytest.raises(NotNow, match="Complete its recording first"):
        start(recorded, cast)
    perform(agreement=recorded, step="complete_recording", by=by, now=NOW)
    varied = variation_at(TermsState.IN_REVIEW, cast, fresh(recorded))
    perform(agreement=recorded, step="reopen_recording", by=by, now=NOW, reason="A clause was misread")
    answer(recorded, "people", by, necessity="The law asks for it")
    with pytest.raises(NotNow, match="were changed after this variation was started"):
        take_variation_step(agreement=varied, step="vary_approve", by=cast.approver, now=NOW)
    varied = take_variation_step(
        agreement=varied, step="vary_send_back", by=cast.approver, now=NOW, reason="Look again"
    )
    look_again(agreement=varied, by=by)
    varied = take_variation_step(agreement=varied, step="vary_submit", by=by, now=NOW)
    approved = take_variation_step(agreement=varied, step="vary_approve", by=cast.approver, now=NOW)
    assert approved.terms_now.state == TermsState.APPROVED


def test_a_party_that_a_flow_names_stays_inside_a_variation_too(cast: Cast, signed: Agreement) -> None:
    varied, by = start(signed, cast), cast.privacy_officer
    sender, receiver = varied.terms_now.parties.order_by("pk")
    add_row(agreement=varied, kind=KINDS["flow"], values={"sender": sender, "receiver": receiver}, by=by)
    with pytest.raises(NotNow, match="A flow names"):
        remove_row(agreement=varied, kind=KINDS["party"], pk=receiver.pk, by=by)
    assert not signed.terms_now.flows.exists()


def test_rows_of_the_terms_in_force_are_not_reached_from_a_variation(cast: Cast, signed: Agreement) -> None:
    varied, by = start(signed, cast), cast.privacy_officer
    theirs = signed.terms_now.parties.order_by("pk").first()
    assert theirs is not None
    with pytest.raises(NotNow, match="Somebody else removed it"):
        remove_row(agreement=varied, kind=KINDS["party"], pk=theirs.pk, by=by)
    with pytest.raises(ValidationError, match="belongs to this agreement"):
        mine = varied.terms_now.parties.order_by("pk").last()
        add_row(agreement=varied, kind=KINDS["flow"], values={"sender": theirs, "receiver": mine}, by=by)
    assert Party.objects.filter(pk=theirs.pk).exists()


def test_terms_of_another_agreement_are_refused(cast: Cast, signed: Agreement) -> None:
    other = start(agreement_at(Status.SIGNED, cast, title="Another"), cast).terms_now
    with pytest.raises(NotYours, match="another agreement"):
        write(signed.with_terms(other), "purpose", cast, purpose="Stolen")
    outsider = Cast("OTH", "Other Ministry")
    with pytest.raises(NotYours):
        start(signed, outsider)


@pytest.mark.parametrize("state", [state for state in VARIATION_PATH if state != TermsState.DRAFT])
def test_only_a_draft_is_edited(cast: Cast, signed: Agreement, state: TermsState) -> None:
    varied = variation_at(state, cast, signed)
    with pytest.raises(NotNow, match="cannot be edited"):
        write(varied, "purpose", cast, purpose="Quietly changed")
    with pytest.raises(NotNow, match="cannot be edited"):
        add_row(
            agreement=varied, kind=KINDS["party"], values={"organisation": organisation("New"), "role": "other"},
            by=cast.privacy_officer,
        )  # fmt: skip
    with pytest.raises(NotNow, match="only by a variation"):
        answer(signed, "people", cast.privacy_officer, necessity="Quietly changed")
    with pytest.raises(NotNow, match="cannot be edited"):
        write(signed.with_terms(signed.terms_now), "purpose", cast, purpose="Quietly changed")


def test_what_belongs_to_the_agreement_is_not_part_of_a_variation(cast: Cast, signed: Agreement) -> None:
    varied = start(signed, cast)
    with pytest.raises(NotNow, match="belongs to the agreement"):
        write(varied, "ownership", cast, procurement_ref="X")
    holder = {"organisation": organisation(), "described_as": "Case workers"}
    with pytest.raises(NotNow, match="belongs to the agreement"):
        add_row(agreement=varied, kind=KINDS["access_holder"], values=holder, by=cast.privacy_officer)
    now = section_values(varied, VARIED_BY_NAME["purpose"])
    update_section(
        agreement=varied, section=BY_NAME["purpose"], values=now | {"title": "Another title"}, seen=digest(now),
        by=cast.privacy_officer,
    )  # fmt: skip
    assert fresh(signed).title == signed.title
    answer(signed, "ownership", cast.privacy_officer, procurement_ref="CW-1")
    assert fresh(signed).procurement_ref == "CW-1"


def test_a_renewal_changes_dates_alone(cast: Cast, signed: Agreement) -> None:
    with pytest.raises(ValidationError, match="ends later"):
        start(signed, cast, kind=VariationKind.RENEWAL, ends_on=TODAY)
    with pytest.raises(ValidationError, match="Enter the new last day"):
        start(signed, cast, kind=VariationKind.RENEWAL)
    end = TODAY.replace(year=2033)
    varied = start(signed, cast, kind=VariationKind.RENEWAL, ends_on=end)
    assert varied.terms_now.ends_on == end
    with pytest.raises(NotNow, match="dates alone"):
        write(varied, "purpose", cast, purpose="More than dates")
    [section] = difference(signed.terms_now, varied.terms_now)
    assert section.section.name == "dates"


def test_a_step_of_the_agreement_leaves_the_variation_alone(cast: Cast, signed: Agreement) -> None:
    varied = start(signed, cast)
    perform(agreement=varied, step="suspend", by=cast.privacy_officer, now=NOW, reason="A complaint is looked into")
    assert Terms.objects.get(pk=varied.terms_now.pk).state == TermsState.DRAFT
    assert fresh(signed).current_terms == signed.terms_now


def test_it_cannot_replace_terms_before_they_began(cast: Cast, signed: Agreement) -> None:
    varied = variation_at(TermsState.APPROVED, cast, signed)
    with pytest.raises(NotNow, match="cannot replace them before"):
        take_variation_step(
            agreement=varied, step="vary_sign", by=cast.privacy_officer, now=NOW, in_force_from=TODAY.replace(year=2020)
        )
