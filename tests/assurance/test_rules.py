"""The rules of domain.md 8.5 and the failures of its section 6 by name, each with a passing and a failing agreement.

Rule 20 is about what was signed (actions/test_signing.py), F4 and F5 about concerns (actions/test_concern.py); that
each failing agreement fails for its rule's own reason is in test_own_reason.py.
"""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from assurance.assess import assess, is_critical
from assurance.days import STANDARD_FROM, cohort
from assurance.editions import asked_of, requirements
from assurance.facts import ActivityFact, AgreementFacts, AssessmentFact, ChangeFact
from assurance.outcome import Outcome, Result
from conflicts.about import ConflictsFact, PlanFact
from tests.assurance.examples import CHANGED, INTERIM, LONG_AGO, MANY_AGENCIES, OLD, PIA, UNUSED, without
from tests.assurance.facts_of import (
    AISA,
    APPROVAL,
    BELOW,
    COMPLIANT,
    DUE_DILIGENCE,
    ON,
    OURS,
    RISK,
    SAID_BEFORE,
    TRUST,
    but,
    flow,
    provisions,
)

MET, NOT_MET, UNKNOWN, NOT_ASKED = Outcome.MET, Outcome.NOT_MET, Outcome.UNKNOWN, Outcome.NOT_APPLICABLE


def found(facts: AgreementFacts, name: str, on: date = ON) -> Result:
    """The result of one requirement."""
    return assess(facts, [requirements(on)[name]], on)[name]


def outcomes(facts: AgreementFacts, *names: str) -> list[Outcome]:
    """The outcomes of some requirements."""
    return [found(facts, name).outcome for name in names]


def test_rule_1_due_diligence_and_risk_assessment_are_no_later_than_the_start() -> None:
    assert outcomes(COMPLIANT, "ISS-05", "ISS-06") == [MET, MET]
    on_the_day = but(assessments=tuple(replace(one, done_on=COMPLIANT.starts_on) for one in COMPLIANT.assessments))
    assert outcomes(on_the_day, "ISS-05", "ISS-06") == [MET, MET]
    late = but(assessments=tuple(replace(one, done_on=date(2026, 2, 2)) for one in COMPLIANT.assessments))
    assert outcomes(late, "ISS-05", "ISS-06") == [NOT_MET, NOT_MET]
    assert "later than the start of sharing on 1 February 2026" in found(late, "ISS-05").why.replace("\xa0", " ")
    assert outcomes(but(assessments=()), "ISS-05", "ISS-06") == [NOT_MET, NOT_MET]


def test_rule_1_work_done_again_later_does_not_undo_that_it_was_done_in_time() -> None:
    again = (*COMPLIANT.assessments, replace(RISK, done_on=date(2026, 8, 1)))
    assert found(but(assessments=again), "ISS-06").outcome == MET


def test_rule_1_and_2_stop_signing_and_starting() -> None:
    assert {"sign", "start"} <= set(requirements(ON)["ISS-05"].gates)
    assert {"sign", "start"} <= set(requirements(ON)["ISS-06"].gates)
    assert "sign" in requirements(ON)["ISS-08"].gates


def test_rule_2_a_binding_agreement_that_is_required_binds() -> None:
    required = (replace(RISK, lba_required="yes"), DUE_DILIGENCE)
    assert found(but(assessments=required, binding="yes"), "ISS-08").outcome == MET
    assert found(but(assessments=required, binding="no"), "ISS-08").outcome == NOT_MET
    assert found(but(assessments=required, binding="unknown"), "ISS-08").outcome == UNKNOWN
    assert found(but(assessments=(replace(RISK, lba_required="unknown"),)), "ISS-08").outcome == UNKNOWN


def test_rule_3_assurance_and_audit_are_counted_apart() -> None:
    names = ("L1.2-assurance", "L1.2-audit")
    assert outcomes(COMPLIANT, *names) == [MET, MET]
    assert outcomes(but(provisions=provisions(C14="absent")), *names) == [MET, NOT_MET]
    assert outcomes(but(provisions=provisions(C12="absent")), *names) == [NOT_MET, MET]
    assert "C14 Right to audit" in found(but(provisions=provisions(C14="absent")), "ISS-10").why


def test_rule_4_neither_contract_nor_conflict_provision_is_critical() -> None:
    bare = but(service_contract="no", contracts=(), provisions=provisions(C9="absent"))
    asked = requirements(ON)["L1.3"]
    assert is_critical(asked, found(bare, "L1.3"))
    assert found(but(bare, service_contract="yes"), "L1.3").outcome == MET
    assert found(but(bare, provisions=provisions()), "L1.3").outcome == MET
    assert found(but(bare, service_contract="unknown"), "L1.3").outcome == UNKNOWN
    assert not is_critical(asked, found(but(bare, service_contract="unknown"), "L1.3"))


def test_rule_5_without_an_end_date_there_is_a_cycle() -> None:
    open_ended = but(ends_on=None, open_ended="yes")
    assert found(open_ended, "ISS-12").outcome == NOT_MET
    assert found(but(open_ended, cycle_months=12), "ISS-12").outcome == MET
    assert found(COMPLIANT, "ISS-12").outcome == MET
    assert found(but(ends_on=None), "ISS-12").outcome == UNKNOWN


def test_rule_6_from_1_july_2025_the_whole_standard_and_before_it_a_row_in_the_plan() -> None:
    assert found(COMPLIANT, "ISS-20").outcome == NOT_ASKED
    existing = but(**OLD)
    assert found(existing, "ISS-20").outcome == NOT_MET
    assert found(but(existing, planned=True, plan_owner=True, plan_target=True), "ISS-20").outcome == MET
    for owner, target, lacks in ((True, False, "a target"), (False, True, "an owner"), (False, False, "an owner and")):
        result = found(but(existing, planned=True, plan_owner=owner, plan_target=target), "ISS-20")
        assert result.outcome == NOT_MET
        assert f"without {lacks}" in result.why
    asked = [one for one in asked_of("agreement", ON) if one.id.startswith("ISS-")]
    assert len(asked) == 21
    assert NOT_ASKED not in {
        assess(existing, [one], ON)[one.id].outcome for one in asked if one.check == "provisions_present"
    }


def test_rule_7_an_exclusion_needs_its_reference_and_an_aisa_is_never_counted() -> None:
    claimed = but(exclusion="intelligence")
    assert found(claimed, "ISS-01").outcome == NOT_MET
    assert found(claimed, "ISS-10").outcome == MET  # until the reference is there, the Standard is asked
    excluded = but(claimed, written=frozenset({*COMPLIANT.written, "exclusion_reference"}))
    assert found(excluded, "ISS-01").outcome == MET
    assert set(outcomes(excluded, "ISS-05", "ISS-10", "ISS-13")) == {NOT_ASKED}
    assert set(outcomes(AISA, "ISS-05", "ISS-10", "ISS-13")) == {NOT_ASKED}
    assert found(AISA, "AISA-145").outcome == MET
    assert found(COMPLIANT, "AISA-145").outcome == NOT_ASKED


def test_rule_8_the_matrix_of_many_agencies_has_one_accountable_party_each() -> None:
    many = but(parties=MANY_AGENCIES)
    assert found(many, "L1.4").outcome == MET
    blank = but(many, responsibilities=dict(many.responsibilities) | {"breach_lead": ()})
    double = but(many, responsibilities=dict(many.responsibilities) | {"assurance": (1, 4)})
    assert "nobody has leads on a privacy breach" in found(blank, "L1.4").why.lower()
    assert "more than one party has assurance" in found(double, "L1.4").why.lower()
    assert found(COMPLIANT, "L1.4").outcome == NOT_ASKED


def test_rule_9_conflicts_were_discussed_no_later_than_the_signing() -> None:
    assert found(COMPLIANT, "L2.4").outcome == MET
    assert found(but(conversations=(replace(SAID_BEFORE, on=date(2026, 1, 31)),)), "L2.4").outcome == MET
    late = found(but(conversations=(replace(SAID_BEFORE, on=date(2026, 2, 1)),)), "L2.4")
    assert (late.outcome, "after the signing on 31 January 2026" in late.why.replace("\xa0", " ")) == (NOT_MET, True)
    assert outcomes(but(conversations=()), "L2.4") + outcomes(but(conversations=(), existing=True), "L2.4") == [
        NOT_MET,
        UNKNOWN,
    ]
    assert {"sign", "vary_sign"} <= set(requirements(ON)["L2.4"].gates)


def test_rule_9_a_greater_value_or_risk_asks_for_a_conversation_at_more_stages() -> None:
    large = but(contracts=(replace(COMPLIANT.contracts[0], value_band="10m"),))
    assert "evaluation and choice" in found(large, "L2.4").why
    both = (replace(SAID_BEFORE, stage="evaluation", on=date(2025, 11, 3)), SAID_BEFORE)
    assert found(but(large, conversations=both), "L2.4").outcome == MET
    high = but(
        contracts=(replace(COMPLIANT.contracts[0], value_band="1m"),), assessments=(replace(RISK, residual="high"),)
    )
    assert [found(high, "L2.4").outcome, found(but(high, conversations=both), "L2.4").outcome] == [NOT_MET, MET]


def test_rule_9_a_material_variation_is_talked_about_after_the_earlier_signing() -> None:
    varied = but(varies=True, varied_from=date(2026, 1, 31), signed_on=None)
    assert found(varied, "L2.4").outcome == MET
    assert "talk again" in found(but(varied, changes=(CHANGED,)), "L2.4").why
    again = (SAID_BEFORE, replace(SAID_BEFORE, stage="renewal", on=date(2026, 6, 3)))
    assert found(but(varied, changes=(CHANGED,), conversations=again), "L2.4").outcome == MET


def test_rule_10_a_subcontractors_plan_is_approved_no_later_than_it_starts() -> None:
    declared, conflict = but(subcontracts=(BELOW,)), replace(BELOW, conflict=True)
    assert found(declared, "L2.5").outcome == MET
    assert "No declaration of interests" in found(but(subcontracts=(replace(BELOW, declared_on=None),)), "L2.5").why
    on_the_day = replace(conflict, approved_on=BELOW.starts_on)
    assert found(but(subcontracts=(on_the_day,)), "L2.5").outcome == MET
    late = found(but(subcontracts=(replace(conflict, approved_on=date(2026, 2, 2)),)), "L2.5")
    assert (late.outcome, late.why) == (
        NOT_MET,
        "A subcontractor started before the agency approved the plan for its conflict",
    )
    assert "has started" in found(but(subcontracts=(conflict,)), "L2.5").why
    later = replace(conflict, starts_on=date(2026, 12, 1))
    assert found(but(subcontracts=(later,)), "L2.5").outcome == MET
    assert found(but(subcontracts=(replace(conflict, ends_on=date(2026, 3, 1)),)), "L2.5").outcome == NOT_ASKED
    assert {"start", "vary_sign"} <= set(requirements(ON)["L2.5"].gates)


def test_rule_11_every_decision_has_reasons_no_conflict_too() -> None:
    assert found(but(conflicts=ConflictsFact(declared=2)), "F9").outcome == MET
    assert "needs them too" in found(but(conflicts=ConflictsFact(declared=2, unreasoned=1)), "F9").why
    assert found(but(conflicts=ConflictsFact(declared=2, waiting=1)), "F9").outcome == NOT_MET
    assert found(COMPLIANT, "F9").outcome == NOT_ASKED


def test_rule_12_a_conflict_that_cannot_be_managed_stops_what_it_touches() -> None:
    assert found(but(conflicts=ConflictsFact(declared=1, unmanageable=1)), "F9").outcome == NOT_MET
    assert {"sign", "start", "vary_sign"} <= set(requirements(ON)["F9"].gates)


def test_f9_a_plan_approved_after_the_work_began_stays_a_breach() -> None:
    plan = PlanFact(date(2026, 2, 1), date(2026, 2, 1))
    planned = ConflictsFact(declared=1, plans=(plan,))
    assert found(but(conflicts=planned), "F9").outcome == MET
    for wrong in (PlanFact(plan.begins_on, date(2026, 2, 2)), PlanFact(plan.begins_on), PlanFact()):
        assert found(but(conflicts=replace(planned, plans=(wrong,))), "F9").outcome == NOT_MET
    assert found(but(conflicts=replace(planned, plans=(PlanFact(date(2026, 12, 1)),))), "F9").outcome == MET


def test_f10_a_provision_nobody_used_turns_amber_and_after_two_cycles_red() -> None:
    unused = but(provisions=UNUSED)
    names = ("F10", "F10-twice")
    assert outcomes(unused, *names) == [NOT_ASKED, NOT_ASKED]
    assert [found(unused, name, date(2027, 3, 1)).outcome for name in names] == [NOT_MET, NOT_ASKED]
    assert [found(unused, name, date(2028, 3, 1)).outcome for name in names] == [NOT_MET, NOT_MET]
    assert [is_critical(requirements(ON)[name], Result(NOT_MET, "")) for name in names] == [False, True]
    looked_at = but(unused, conflicts=ConflictsFact(reviewed_on=date(2028, 1, 1)))
    assert [found(looked_at, name, date(2028, 3, 1)).outcome for name in names] == [MET, MET]
    absent = but(unused, provisions=provisions(C9="absent"))
    assert [found(absent, name, date(2028, 3, 1)).outcome for name in names] == [NOT_ASKED, NOT_ASKED]


def test_rule_13_a_privacy_impact_assessment_in_draft_does_not_count() -> None:
    assert found(but(assessments=(*COMPLIANT.assessments, PIA)), "F3").outcome == MET
    assert found(but(assessments=(*COMPLIANT.assessments, replace(PIA, status="draft"))), "F3").outcome == NOT_MET
    assert found(but(assessments=(replace(PIA, done_on=date(2026, 2, 2)),)), "F3").outcome == NOT_MET


def test_rule_14_a_weakened_provision_has_a_delegate_and_a_reason() -> None:
    weakened = ChangeFact("", date(2026, 6, 1), weakened=True)
    assert found(but(changes=(weakened,)), "F2").outcome == NOT_MET
    assert found(but(changes=(replace(weakened, authorised=True),)), "F2").outcome == MET


def test_rule_15_a_pause_blocks_what_is_new() -> None:
    paused = but(parties=(OURS, replace(TRUST, paused=True)))
    assert found(paused, "F12").outcome == NOT_MET
    assert found(COMPLIANT, "F12").outcome == MET
    assert {"submit", "sign", "vary_submit", "vary_sign"} <= set(requirements(ON)["F12"].gates)


def test_rule_16_indirect_collection_after_1_may_2026_is_told_or_excepted() -> None:
    silent = but(indirect_collection="yes", written=without("notice_where"))
    assert found(silent, "IPP-3A", date(2026, 4, 30)).outcome == NOT_ASKED
    assert found(silent, "IPP-3A", date(2026, 5, 1)).outcome == NOT_MET
    assert found(but(indirect_collection="yes"), "IPP-3A").outcome == MET
    assert found(but(silent, notice_exception="already_aware"), "IPP-3A").outcome == MET
    unreasoned = but(silent, notice_exception="already_aware", written=without("notice_where", "notice_exception_why"))
    assert found(unreasoned, "IPP-3A").outcome == NOT_MET


def test_rule_17_the_clock_of_a_breach_starts_when_the_third_party_knows() -> None:
    """Told later than the 72 hours that the Commissioner expects, the agency would be late before it knows."""
    assert found(but(breach_hours=72), "ISS-14").outcome == MET
    assert found(but(breach_hours=73), "ISS-14").outcome == NOT_MET


def test_rule_19_an_amendment_waits_for_its_order_unless_it_is_a_listed_exception() -> None:
    for amendment, outcome in {"none": NOT_MET, "order": MET, "exception": MET, "": NOT_ASKED}.items():
        assert found(but(AISA, approval=replace(APPROVAL, amendment=amendment)), "AISA-157").outcome == outcome
    assert "vary_sign" in requirements(ON)["AISA-157"].gates


@pytest.mark.parametrize(
    ("signed", "named"),
    [
        (STANDARD_FROM, "new"),
        (STANDARD_FROM - timedelta(days=1), "interim"),
        (date(2025, 2, 18), "interim"),
        (date(2025, 2, 17), "existing"),
    ],
)
def test_rule_21_signed_on_1_july_2025_is_in_and_30_june_2025_is_not(signed: date, named: str) -> None:
    assert cohort(signed) == named
    assert found(but(signed_on=signed), "ISS-20").outcome == (NOT_ASKED if named == "new" else NOT_MET)


def test_rule_22_unknown_is_never_compliant() -> None:
    nobody_knows = AgreementFacts(1, 1, "MCW-2026-0001", "sharing_agreement", "signed", "approved", existing=False)
    found_all = assess(nobody_knows, asked_of("agreement", ON), ON)
    assert {name for name, one in found_all.items() if one.outcome == MET} == set()
    assert found_all["ISS-01"].outcome == UNKNOWN
    assert found(but(provisions=provisions(C14="unknown")), "L1.2-audit").outcome == UNKNOWN


def test_f1_undertakings_are_asked_for_and_who_has_access_is_recorded() -> None:
    assert found(COMPLIANT, "F1").outcome == MET
    assert found(but(access_holders=0), "F1").outcome == NOT_MET
    assert found(but(provisions=provisions(C25="absent")), "F1").outcome == NOT_MET


def test_f2_a_safeguard_taken_out_without_authority_shows() -> None:
    assert found(COMPLIANT, "F2").outcome == NOT_ASKED
    assert found(but(changes=(ChangeFact("", None, weakened=True),)), "F2").outcome == NOT_MET


def test_f3_a_privacy_assessment_that_was_never_finished_shows() -> None:
    assert found(but(assessments=(replace(PIA, status="draft"),)), "F3").why == (
        "The privacy impact assessment is only a draft"
    )


def test_f6_a_copy_that_leaves_needs_more_than_a_view() -> None:
    bare = provisions(C8="absent", C14="absent", C19="absent")
    assert found(but(flows=(flow("view"),), provisions=bare), "F6").outcome == NOT_ASKED
    assert found(but(flows=(flow("download"),), provisions=bare), "F6").outcome == NOT_MET
    assert found(but(flows=(flow("download"),), at_end="unknown"), "F6").outcome == NOT_MET
    assert found(but(flows=(flow("unknown"),)), "F6").outcome == UNKNOWN
    assert found(but(flows=(flow("download"),)), "F6").outcome == MET


def test_f7_assurance_is_scheduled_and_not_overdue() -> None:
    assert found(COMPLIANT, "F7").outcome == MET
    assert found(but(review_due_on=None), "F7").outcome == NOT_MET
    assert "overdue" in found(but(review_due_on=ON - timedelta(days=1)), "F7").why
    assert found(but(activities=()), "F7").outcome == NOT_MET


def test_what_is_late_is_not_met_wherever_assurance_is_asked_for_and_holds_no_variation_up() -> None:
    late = ActivityFact("confirmation", ON - timedelta(days=1), scheduled=True, months=12)
    behind = but(activities=(late,))
    assert outcomes(behind, "ISS-10", "ISS-11", "F7") == [NOT_MET] * 3
    assert "Late: Confirmation of compliance" in found(behind, "ISS-11").why
    assert found(but(behind, varies=True, varied_from=ON), "ISS-10").outcome == MET
    other = replace(late, kind="audit")
    assert outcomes(but(activities=(other,)), "ISS-10", "ISS-11") == [NOT_MET, MET]
    poor = ActivityFact("confirmation", done_on=ON - timedelta(days=40), outcome="unsatisfactory")
    assert "was not satisfactory" in found(but(activities=(*COMPLIANT.activities, poor)), "ISS-11").why


def test_the_cycle_of_a_confirmation_follows_the_risk_that_remains() -> None:
    used = {code: replace(one, used_on=ON - timedelta(days=200)) for code, one in provisions().items()}
    assert found(but(provisions=used), "ISS-11").outcome == MET
    high = but(provisions=used, assessments=(replace(RISK, residual="high"), DUE_DILIGENCE))
    assert found(high, "ISS-11").outcome == NOT_MET


def test_f8_present_and_exercised_are_separate_facts() -> None:
    unused = but(**LONG_AGO, provisions=UNUSED)
    assert outcomes(unused, "L1.2-audit", "F8") == [MET, NOT_MET]
    assert outcomes(but(**LONG_AGO), "L1.2-audit", "F8") == [MET, MET]
    assert found(but(provisions=UNUSED), "F8").outcome == NOT_ASKED  # sharing has not gone on for two years


def test_f11_a_third_party_in_another_arrangement_needs_a_settled_matrix() -> None:
    shared = but(parties=(OURS, replace(TRUST, elsewhere=True)))
    assert found(shared, "F11").outcome == MET
    assert found(but(shared, responsibilities={}), "F11").outcome == NOT_MET
    assert found(COMPLIANT, "F11").outcome == NOT_ASKED


def test_f12_a_paused_party_shows_by_name() -> None:
    assert "DEMO Trust is paused" in found(but(parties=(OURS, replace(TRUST, paused=True))), "F12").why


def test_f13_a_change_of_scale_reopens_the_risk_assessment() -> None:
    changed = but(changes=(CHANGED,))
    assert found(changed, "F13").outcome == NOT_MET
    assert "change of volume" in found(changed, "F13").why
    assert found(but(changed, assessments=(replace(RISK, done_on=CHANGED.on),)), "F13").outcome == MET


def test_f13_tenfold_what_the_risk_assessment_looked_at_reopens_it_in_a_draft_and_in_small_steps() -> None:
    looked = replace(RISK, records_seen=100, people_seen=50)
    anew = replace(looked, records_seen=1000)

    def of(records: int, *risks: AssessmentFact, people: int = 50) -> Outcome:
        return outcomes(
            but(flows=(replace(flow(), volume=records),), people_affected=people, assessments=risks), "F13"
        )[0]

    assert [of(999, looked), of(1000, looked)] == [NOT_ASKED, NOT_MET]
    assert [of(100, looked, people=499), of(100, looked, people=500)] == [NOT_ASKED, NOT_MET]
    assert of(1000, looked, replace(anew, done_on=date(2026, 1, 20))) == NOT_ASKED
    assert [of(1000, looked, anew), of(1000, anew, looked)] == [NOT_ASKED] * 2  # both of one day
    assert of(9_999_999, RISK) == NOT_ASKED  # nobody recorded what it looked at
    assert (
        "about 1,000 records a year now, and the risk was assessed for 100"
        in found(but(flows=(replace(flow(), volume=500),) * 2, assessments=(looked,)), "F13").why
    )


def test_rule_7_an_answer_that_a_party_contradicts_settles_no_scope() -> None:
    said = but(outside_state_services="no")
    assert outcomes(said, "ISS-01", "ISS-05") == [UNKNOWN, UNKNOWN]
    assert "DEMO Trust is recorded as outside them" in found(said, "ISS-01").why
    assert outcomes(but(said, parties=(OURS, replace(TRUST, outside="unknown"))), "ISS-01", "ISS-05") == [
        MET,
        NOT_ASKED,
    ]


def test_the_interim_cohort_heeds_the_inquiry_before_the_standard() -> None:
    assert found(but(**INTERIM), "L1.5").outcome == MET
    assert found(but(**INTERIM, provisions=provisions(C9="absent")), "L1.5").outcome == NOT_MET
    assert found(COMPLIANT, "L1.5").outcome == NOT_ASKED
