"""For each check an agreement that passes and one that fails; the completeness test reads this."""

from dataclasses import replace
from datetime import date
from typing import Any

from agreements.choices import Duty
from assurance.facts import AgreementFacts, ChangeFact, ContractFact
from conflicts.about import ConflictsFact
from tests.assurance.facts_of import (
    AISA,
    APPROVAL,
    BELOW,
    COMPLIANT,
    DUE_DILIGENCE,
    MATCHING,
    OTHER_AGENCY,
    OURS,
    RISK,
    SUBCONTRACTOR,
    TRUST,
    WRITTEN,
    but,
    flow,
    provisions,
)

DUTIES = {duty.value: (1,) for duty in Duty}
OLD: dict[str, Any] = {
    "signed_on": date(2020, 5, 1),
    "starts_on": date(2020, 6, 1),
    "existing": True,
    "terms_state": "recorded",
}
INTERIM: dict[str, Any] = {"signed_on": date(2025, 4, 1), "starts_on": date(2025, 4, 1)}
MANY_AGENCIES = (OURS, OTHER_AGENCY, TRUST)
UNUSED = {code: replace(fact, used_on=None) for code, fact in provisions().items()}
LONG_AGO: dict[str, Any] = {"signed_on": date(2023, 1, 1), "starts_on": date(2023, 1, 1)}
ABROAD: dict[str, Any] = {"overseas": "yes", "overseas_ground": "contract"}
CHANGED = ChangeFact("volume", date(2026, 6, 1))
WEAKENED = ChangeFact("", date(2026, 6, 1), weakened=True, authorised=True)
PIA = replace(DUE_DILIGENCE, kind="pia")


def without(*names: str) -> frozenset[str]:
    """The answers in sentences that are there, without these."""
    return frozenset(WRITTEN - set(names))


# check -> (passes, fails)
EXAMPLES: dict[str, tuple[AgreementFacts, AgreementFacts]] = {
    "scope_settled": (COMPLIANT, but(exclusion="intelligence")),
    "purpose_stated": (COMPLIANT, but(written=without("permitted_uses"))),
    "answers_written": (AISA, but(AISA, written=without("safeguards"))),
    "authority_recorded": (COMPLIANT, but(legal_bases=())),
    "people_named": (COMPLIANT, but(people={"owner": True, "manager": False})),
    "senior_oversight": (but(flows=(flow(sensitivity="high"),)), but(flows=(flow(sensitivity="high"),), people={})),
    "cycle_where_open_ended": (
        but(ends_on=None, open_ended="yes", cycle_months=12),
        but(ends_on=None, open_ended="yes"),
    ),
    "entry_complete": (COMPLIANT, but(missing=("people",))),
    "provisions_present": (
        COMPLIANT,
        but(provisions=provisions(C6="absent", C12="absent", C14="absent", C15="absent")),
    ),
    "assurance_provided": (COMPLIANT, but(activities=())),
    "interim_heeds_inquiry": (but(**INTERIM), but(**INTERIM, provisions=provisions(C14="absent"))),
    "exercised_in_cycle": (but(**LONG_AGO), but(**LONG_AGO, provisions=UNUSED)),
    "provisions_exercised": (but(**LONG_AGO), but(**LONG_AGO, provisions=UNUSED)),
    "assessed_before_start": (
        COMPLIANT,
        but(assessments=(replace(RISK, done_on=date(2026, 3, 1)), replace(DUE_DILIGENCE, done_on=date(2026, 3, 1)))),
    ),
    "pia_final": (but(assessments=(PIA,)), but(assessments=(replace(PIA, status="draft"),))),
    "residual_accepted": (COMPLIANT, but(assessments=(replace(RISK, accepted=False),))),
    "binding_where_needed": (
        but(assessments=(replace(RISK, lba_required="yes"),)),
        but(assessments=(replace(RISK, lba_required="yes"),), binding="no"),
    ),
    "advice_taken": (COMPLIANT, but(advice=COMPLIANT.advice[:1])),
    "change_assessed": (
        but(changes=(CHANGED,), assessments=(replace(RISK, done_on=date(2026, 6, 2)),)),
        but(changes=(CHANGED,)),
    ),
    "responsibilities_settled": (
        but(parties=MANY_AGENCIES),
        but(parties=MANY_AGENCIES, responsibilities=DUTIES | {"assurance": (), "disposal": (1, 4)}),
    ),
    "shared_party_settled": (
        but(parties=(OURS, replace(TRUST, elsewhere=True))),
        but(parties=(OURS, replace(TRUST, elsewhere=True)), responsibilities={}),
    ),
    "duty_settled": (AISA, but(AISA, responsibilities={"complaints": (2,)})),
    "breach_ready": (COMPLIANT, but(parties=(OURS, replace(TRUST, breach_contact=False)))),
    "parties_aware": (COMPLIANT, but(parties=(OURS, replace(TRUST, acknowledged_on=None)))),
    "maori_data_protected": (
        but(maori_data="yes"),
        but(maori_data="yes", written=without("maori_governance")),
    ),
    "no_party_paused": (COMPLIANT, but(parties=(OURS, replace(TRUST, paused=True)))),
    "undertakings_in_place": (COMPLIANT, but(access_holders=0)),
    "copies_controlled": (
        but(flows=(flow("download"),)),
        but(flows=(flow("download"),), provisions=provisions(C19="absent")),
    ),
    "conflicts_provided": (
        but(parties=(OURS, TRUST, SUBCONTRACTOR)),
        but(parties=(OURS, TRUST, SUBCONTRACTOR), provisions=provisions(C10="absent")),
    ),
    "integrity_without_contract": (
        but(service_contract="no", contracts=()),
        but(service_contract="no", contracts=(), provisions=provisions(C9="absent")),
    ),
    "subcontractors_provided": (but(subcontracts=(BELOW,)), but(subcontracts=(replace(BELOW, starts_on=None),))),
    "conversation_before_signing": (COMPLIANT, but(conversations=())),
    "conflicts_settled": (but(conflicts=ConflictsFact(declared=1)), but(conflicts=ConflictsFact(1, unmanageable=1))),
    "conflicts_reviewed": (COMPLIANT, but(**LONG_AGO, provisions=UNUSED)),
    "oversight_current": (
        COMPLIANT,
        but(**LONG_AGO, overseen_on=date(2024, 1, 1), contracts=()),
    ),
    "assurance_scheduled": (COMPLIANT, but(review_due_on=date(2026, 10, 1))),
    "due_diligence_and_procurement": (COMPLIANT, but(written=without("procurement_ref"))),
    "template_suits": (COMPLIANT, but(contracts=(ContractFact("in_service", "gmc"),))),
    "model_terms_considered": (COMPLIANT, but(contracts=(ContractFact("in_service", "own", "no"),))),
    "planned_where_existing": (
        but(**OLD, planned=True, plan_owner=True, plan_target=True),
        but(**OLD, planned=True, plan_owner=True),
    ),
    "notice_of_indirect_collection": (
        but(indirect_collection="yes"),
        but(indirect_collection="yes", written=without("notice_where")),
    ),
    "overseas_ground": (but(**ABROAD), but(**ABROAD, written=without("overseas_countries"))),
    "aisa_parties": (AISA, but(AISA, parties=(OURS, replace(TRUST, kind="overseas")))),
    "aisa_lead": (AISA, but(AISA, approval=replace(APPROVAL, lead=""))),
    "aisa_order": (AISA, but(AISA, approval=None)),
    "aisa_online": (AISA, but(AISA, approval=replace(APPROVAL, address=""))),
    "aisa_amendment_effective": (
        but(AISA, approval=replace(APPROVAL, amendment="exception")),
        but(AISA, approval=replace(APPROVAL, amendment="none")),
    ),
    "adverse_action_period": (
        but(MATCHING, approval=APPROVAL),
        but(MATCHING, approval=replace(APPROVAL, notice_days=4)),
    ),
    "matching_authority": (MATCHING, but(MATCHING, legal_bases=("enactment",))),
    "weakened_with_authority": (but(changes=(WEAKENED,)), but(changes=(replace(WEAKENED, authorised=False),))),
}
