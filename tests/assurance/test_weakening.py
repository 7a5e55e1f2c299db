"""Variations and the Standard together: weakening, reopened risk, renewals (F2, F13; domain.md 8.5 rule 14)."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from agreements.actions.agreement import record_existing
from agreements.actions.assessment import make_final
from agreements.actions.provision import provision_values, provisions_digest, save_provisions
from agreements.actions.row import add_row
from agreements.actions.section import section_values, update_section
from agreements.actions.status import perform
from agreements.actions.variation import start_variation, take_variation_step
from agreements.choices import Status, TermsState, VariationKind
from agreements.digest import digest
from agreements.errors import NotNow, NotReady, NotYours
from agreements.models import Agreement
from agreements.pages.variation import left_to_begin, left_to_sign
from agreements.policies.variation import ONLY_DATES
from agreements.rows import KINDS
from agreements.sections import BY_NAME, VARIED_BY_NAME
from assurance.extensions.conformance import gates
from assurance.models import ConformanceEntry
from people.models import Power, User
from tests.agreements_at import agreement_at, answer, converse_about, make_signable, organisation, variation_at
from tests.assessed import drafted, final
from tests.cast import NOW, TODAY, Cast
from tests.delegating import delegated

pytestmark = pytest.mark.django_db
RISK_AGAIN = "was not followed by a new risk assessment"


def signed_outside(cast: Cast) -> Agreement:
    """A signed agreement in the Standard's scope."""
    agreement = agreement_at(Status.DRAFT, cast)
    answer(agreement, "scope", cast.privacy_officer, personal_information="yes", outside_state_services="yes")
    make_signable(agreement, cast.privacy_officer, cast.chief_executive)
    for step, who in (("submit", cast.privacy_officer), ("approve", cast.approver), ("sign", cast.privacy_officer)):
        agreement = perform(agreement=Agreement.objects.get(pk=agreement.pk), step=step, by=who, now=NOW)
    return agreement


def without_audit(cast: Cast, agreement: Agreement) -> Agreement:
    """A variation in review that takes out the right to audit."""
    varied = start_variation(agreement=agreement, why="They asked", by=cast.privacy_officer, now=NOW)
    change_provision(varied, cast.privacy_officer, "C14", answer="absent", clause="", why_absent="They asked")
    return take_variation_step(agreement=varied, step="vary_submit", by=cast.privacy_officer, now=NOW)


def approve(varied: Agreement, cast: Cast, reason: str = "") -> Agreement:
    return take_variation_step(agreement=varied, step="vary_approve", by=cast.approver, now=NOW, reason=reason)


def test_f2_the_role_alone_does_not_weaken_nor_does_a_delegate_in_silence(cast: Cast) -> None:
    varied = without_audit(cast, signed_outside(cast))
    assert varied.terms_now.weakened == ["C14"]
    with pytest.raises(NotYours, match="takes out or weakens C14 Right to audit: only somebody with a delegation"):
        approve(varied, cast, "Because")
    delegated(cast, cast.approver, Power.APPROVE, ends_on=date(2026, 7, 13))
    with pytest.raises(NotYours):
        approve(varied, cast, "Because")
    delegated(cast, cast.approver, Power.APPROVE)
    for silence in ("", " \n"):
        with pytest.raises(NotNow, match="Say why"):
            approve(varied, cast, silence)
    assert approve(varied, cast, "An independent audit stands in").terms_now.state == TermsState.APPROVED


def test_f2_what_was_approved_and_sent_back_is_not_weakened_in_silence_either(cast: Cast, client: Client) -> None:
    by, agreement = cast.privacy_officer, agreement_at(Status.DRAFT, cast)
    answer(agreement, "scope", by, personal_information="yes", outside_state_services="yes")
    make_signable(agreement, by, cast.chief_executive)
    steps = (("submit", by), ("approve", cast.approver), ("send_back", cast.approver))
    for step, who in steps:
        agreement = perform(agreement=fresh(agreement), step=step, by=who, now=NOW, reason="Look at C9 again")
    change_provision(agreement, by, "C9", answer="absent", clause="", why_absent="They asked")
    agreement = perform(agreement=fresh(agreement), step="submit", by=by, now=NOW)
    assert found_f2(agreement).startswith("A mandatory provision was taken out")  # by an approval from before
    client.force_login(cast.approver)
    address = reverse("agreements:step", args=[agreement.reference, "approve"])
    said = "Takes out or weakens C9 Conflicts of interest"
    assert said in client.get(address).text
    with pytest.raises(NotYours, match="takes out or weakens C9"):
        perform(agreement=agreement, step="approve", by=cast.approver, now=NOW, reason="Because")
    delegated(cast, cast.approver, Power.APPROVE)
    with pytest.raises(NotNow, match="Say why"):
        perform(agreement=agreement, step="approve", by=cast.approver, now=NOW)
    page = client.post(address, {"reason": ""}).text
    assert "<title>Error: " in page
    assert said in page
    assert client.post(address, {"reason": "Covered by their code of conduct"}).status_code == 302
    assert found_f2(agreement) == "Every weakening was approved by a delegate, with a reason"


def fresh(agreement: Agreement) -> Agreement:
    return Agreement.objects.get(pk=agreement.pk)


def found_f2(agreement: Agreement) -> str:
    """What the newest run says of F2."""
    return str(ConformanceEntry.objects.get(agreement=agreement).run.results["F2"][1])


def change_provision(agreement: Agreement, by: User, code: str, **values: str) -> None:
    """Answer one provision of the terms at hand otherwise."""
    now = provision_values(agreement)
    save_provisions(
        agreement=agreement, answers=now | {code: now[code] | values}, seen=provisions_digest(agreement), by=by
    )


def test_f2_a_delegate_with_a_reason_meets_it(cast: Cast) -> None:
    agreement = signed_outside(cast)
    delegated(cast, cast.approver, Power.APPROVE)
    varied = approve(without_audit(cast, agreement), cast, "An independent audit stands in")
    with pytest.raises(NotReady) as refused:  # the Standard still asks for it
        take_variation_step(agreement=varied, step="vary_sign", by=cast.privacy_officer, now=NOW)
    assert any("C14" in one or "udit" in one for one in refused.value.reasons)
    assert not any(one.startswith("F2") for one in refused.value.reasons)


def test_f2_the_pages_say_it_and_the_form_asks_why(cast: Cast, client: Client) -> None:
    varied = without_audit(cast, signed_outside(cast))
    delegated(cast, cast.approver, Power.APPROVE)
    said = "Takes out or weakens C14 Right to audit: needs a delegate and a reason"
    client.force_login(cast.approver)
    assert said in client.get(varied.get_absolute_url()).text
    place = [varied.reference, varied.terms_now.number]
    address = reverse("agreements:variation_step", args=[*place, "vary_approve"])
    assert said in client.get(address).text
    page = client.post(address, {"reason": ""}).text
    assert "<title>Error: " in page
    assert said in page
    assert said not in client.get(reverse("agreements:variation_step", args=[*place, "vary_send_back"])).text
    assert client.post(address, {"reason": "An independent audit stands in"}).status_code == 302


def test_f2_the_approval_says_what_it_opens_what_it_does_not_and_shows_the_difference(
    cast: Cast, client: Client
) -> None:
    agreement = signed_outside(cast)
    varied = without_audit(cast, agreement)
    delegated(cast, cast.approver, Power.APPROVE)
    client.force_login(cast.approver)
    address = reverse("agreements:variation_step", args=[varied.reference, varied.terms_now.number, "vary_approve"])
    left = gates(varied, "vary_sign", TODAY)
    assert any("Missing: C14 Right to audit" in one for one in left)
    for page in (client.get(address).text, client.get(varied.get_absolute_url()).text):
        assert "Approving it says that a delegate decided this, and why. It does not make the safeguard present" in page
        assert "What is left before this can be signed" in page
        assert all(f"<li>{one}</li>" in page for one in left)
        assert f'href="{reverse("conformance", args=[agreement.reference])}#exceptions"' in page
        assert 'id="change-provisions"' in page
        assert "C14 Right to audit" in page[page.index('id="change-provisions"') :]


def test_what_is_left_before_signing_is_said_from_the_draft_on_by_the_gate_itself(cast: Cast, client: Client) -> None:
    agreement = signed_outside(cast)
    converse_about(agreement, cast.privacy_officer)
    client.force_login(cast.privacy_officer)
    for state in (TermsState.DRAFT, TermsState.IN_REVIEW, TermsState.APPROVED):
        varied = variation_at(state, cast, agreement)
        left = gates(varied, "vary_sign", TODAY)
        if state == TermsState.DRAFT:  # the gate learns what changes as it is submitted
            left = ["This changes the purpose: assess the risk again, where a party stands outside the State services"]
        page = client.get(varied.get_absolute_url()).text
        assert len(left) == 1
        assert f"<li>{left[0]}</li>" in page, state
        assert "Nothing stands in the way" not in page
        gone = take_variation_step(
            agreement=varied, step="vary_withdraw", by=cast.privacy_officer, now=NOW, reason="Not now"
        )
        assert "What is left before this can be signed" not in client.get(gone.get_absolute_url()).text


def test_where_nothing_is_left_the_draft_of_a_renewal_says_so(cast: Cast, client: Client) -> None:
    agreement = signed_outside(cast)
    client.force_login(cast.privacy_officer)
    start = reverse("agreements:start_variation", args=[agreement.reference])
    assert "Nothing stands in the way of its signing, as long as only dates change" in client.get(start).text
    varied = renewal(cast, agreement)
    assert "What its signing will ask" not in client.get(start).text  # one is under way: there is nothing to begin
    assert "Nothing stands in the way of its signing" in client.get(varied.get_absolute_url()).text


def test_f13_a_material_change_waits_for_a_new_risk_assessment(cast: Cast, client: Client) -> None:
    agreement = signed_outside(cast)
    converse_about(agreement, cast.privacy_officer)
    varied = variation_at(TermsState.APPROVED, cast, agreement)
    assert varied.terms_now.material_changes == ["purpose"]
    client.force_login(cast.privacy_officer)
    assert "This changes the purpose: assess the risk again" in client.get(varied.get_absolute_url()).text
    with pytest.raises(NotReady, match=RISK_AGAIN):
        take_variation_step(agreement=varied, step="vary_sign", by=cast.privacy_officer, now=NOW)
    final(agreement, "risk", cast.privacy_officer, cast.chief_executive, done_on=date(2026, 7, 13))
    assert "assess the risk again" in client.get(varied.get_absolute_url()).text  # older than the change
    with pytest.raises(NotReady, match=RISK_AGAIN):
        take_variation_step(agreement=varied, step="vary_sign", by=cast.privacy_officer, now=NOW)
    drafted(agreement, "risk", cast.privacy_officer, done_on=TODAY)
    assert "assess the risk again" in client.get(varied.get_absolute_url()).text  # a draft counts for nothing
    make_final(assessment=agreement.assessments.get(status="draft"), by=cast.chief_executive, now=NOW, on=TODAY)
    page = client.get(varied.get_absolute_url()).text
    assert "assess the risk again" not in page
    assert "Nothing stands in the way of its signing" in page
    signed = take_variation_step(agreement=varied, step="vary_sign", by=cast.privacy_officer, now=NOW)
    assert signed.terms_now.state == TermsState.IN_FORCE


def test_f13_small_steps_and_a_last_minute_are_measured_by_what_the_risk_assessment_looked_at(cast: Cast) -> None:
    by, draft = cast.privacy_officer, agreement_at(Status.DRAFT, cast)
    answer(draft, "scope", by, personal_information="yes", outside_state_services="yes")
    answer(draft, "people", by, people_affected=1_000)
    make_signable(draft, by, cast.chief_executive)
    answer(draft, "people", by, people_affected=10_000)  # after the risk was accepted
    grown = "It is about 10,000 people a year now, and the risk was assessed for 1,000"
    agreement = Agreement.objects.get(pk=draft.pk)
    assert [one for one in gates(agreement, "sign", TODAY) if grown in one]
    answer(draft, "people", by, people_affected=9_000)
    for step, who in (("submit", by), ("approve", cast.approver), ("sign", by)):
        agreement = perform(agreement=Agreement.objects.get(pk=draft.pk), step=step, by=who, now=NOW)
    varied = with_people(cast, agreement, 10_000)  # not even a tenth more than what stands
    varied = led_to_approval(cast, varied)
    assert varied.terms_now.material_changes == []
    with pytest.raises(NotReady, match=grown):
        take_variation_step(agreement=varied, step="vary_sign", by=by, now=NOW)
    final(agreement, "risk", by, cast.chief_executive, done_on=TODAY)
    take_variation_step(agreement=varied, step="vary_sign", by=by, now=NOW)


def with_people(cast: Cast, agreement: Agreement, affected: int) -> Agreement:
    """A variation of how many people it affects."""
    varied = start_variation(agreement=agreement, why="It grows", by=cast.privacy_officer, now=NOW)
    seen = section_values(varied, VARIED_BY_NAME["people"])
    values = seen | {"people_affected": affected}
    section, by = BY_NAME["people"], cast.privacy_officer
    return update_section(agreement=varied, section=section, values=values, seen=digest(seen), by=by)


def test_f13_does_not_hold_up_what_stays_within_the_state_services(cast: Cast) -> None:
    varied = variation_at(TermsState.APPROVED, cast, agreement_at(Status.SIGNED, cast))
    assert varied.terms_now.material_changes == ["purpose"]
    take_variation_step(agreement=varied, step="vary_sign", by=cast.privacy_officer, now=NOW)


def renewal(cast: Cast, agreement: Agreement) -> Agreement:
    """A renewal that is begun."""
    longer: dict[str, Any] = {"kind": VariationKind.RENEWAL, "ends_on": date(2032, 6, 30)}
    return start_variation(agreement=agreement, why="It goes on", by=cast.privacy_officer, now=NOW, **longer)


def renewed(cast: Cast, agreement: Agreement) -> Agreement:
    """A renewal that is approved."""
    return led_to_approval(cast, renewal(cast, agreement))


def led_to_approval(cast: Cast, varied: Agreement) -> Agreement:
    """A variation that was a draft."""
    for step, who in (("vary_submit", cast.privacy_officer), ("vary_approve", cast.approver)):
        varied = take_variation_step(agreement=varied, step=step, by=who, now=NOW)
    return varied


def test_a_renewal_of_complete_terms_is_signed(cast: Cast) -> None:
    varied = renewed(cast, signed_outside(cast))
    varied = take_variation_step(agreement=varied, step="vary_sign", by=cast.privacy_officer, now=NOW)
    assert varied.terms_now.state == TermsState.IN_FORCE


def test_a_renewal_of_bare_terms_is_stopped_by_the_standard_alone_and_told_what_to_do(
    cast: Cast, client: Client
) -> None:
    values = {"title": "Old list", "kind": "deed", "purpose": ""}
    old = record_existing(values=values, status="signed", by=cast.privacy_officer, now=NOW)
    row = {"organisation": organisation(), "role": "receives"}
    add_row(agreement=old, kind=KINDS["party"], values=row, by=cast.privacy_officer)
    answer(
        old, "scope", cast.privacy_officer,
        personal_information="yes", outside_state_services="yes", public_service="yes",
    )  # fmt: skip
    perform(agreement=old, step="complete_recording", by=cast.privacy_officer, now=NOW)
    client.force_login(cast.privacy_officer)
    told = left_to_begin(Agreement.objects.get(pk=old.pk), TODAY)  # before it is begun
    page = client.get(reverse("agreements:start_variation", args=[old.reference]), {"kind": "renewal"}).text
    assert "What its signing will ask, as the terms stand" in page
    assert all(f"<li>{escape(one)}</li>" in page for one in told)
    begun = renewal(cast, Agreement.objects.get(pk=old.pk))
    assert set(told) > set(left_to_sign(begun, TODAY))  # its new last day answers the rest
    assert "A renewal changes only dates" in client.get(begun.get_absolute_url()).text  # long before the signing
    varied = led_to_approval(cast, begun)
    with pytest.raises(NotReady) as refused:
        take_variation_step(agreement=varied, step="vary_sign", by=cast.privacy_officer, now=NOW)
    *asked, hint = refused.value.reasons
    assert set(asked) < set(told)
    assert hint == ONLY_DATES
    assert asked
    assert all(
        one.startswith(("ISS-", "L1", "L2", "F")) for one in asked
    )  # none of the register's own, which it cannot mend
    assert ConformanceEntry.objects.get(agreement=old).not_met  # and it is reported all the same
