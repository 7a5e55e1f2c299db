"""Facts of invented agreements: one that meets everything, and what makes it fail."""

from dataclasses import replace
from datetime import date
from typing import Any

from agreements.choices import Duty
from agreements.provisions import PROVISIONS
from assurance.facts import (
    ActivityFact,
    AdviceFact,
    AgreementFacts,
    ApprovalFact,
    AssessmentFact,
    AttestedFact,
    ContractFact,
    FlowFact,
    InformationFact,
    PartyFact,
    ProvisionFact,
)
from conflicts.about import ConversationFact, SubcontractorFact

ON = date(2026, 11, 1)
OURS = PartyFact(1, 11, "DEMO Ministry", "lead", "no", "public_service_department", breach_contact=True)
OTHER_AGENCY = replace(OURS, id=4, organisation=14, name="DEMO Department", role="provides")
TRUST = PartyFact(2, 12, "DEMO Trust", "receives", "yes", "ngo", breach_contact=True, acknowledged_on=date(2026, 1, 20))
SUBCONTRACTOR = replace(TRUST, id=3, organisation=13, name="DEMO Cloud", parent=2, starts_on=date(2026, 2, 1))
RISK = AssessmentFact("risk", "final", date(2026, 1, 10), residual="medium", lba_required="no", accepted=True)
DUE_DILIGENCE = AssessmentFact("due_diligence", "final", date(2026, 1, 5), accepted=True)
SAID_BEFORE = ConversationFact("before_signing", date(2026, 1, 20))
BELOW = SubcontractorFact(13, "DEMO Cloud", date(2026, 2, 1), declared_on=date(2026, 1, 15))
WRITTEN = {
    "purpose", "permitted_uses", "safeguards", "notice_where", "notice_exception_why", "overseas_countries",
    "maori_engaged", "maori_outcome", "maori_governance", "procurement_ref",
}  # fmt: skip


def provisions(**answers: str) -> dict[str, ProvisionFact]:
    """All present and used in October 2026; others as said: ``provisions(C14="absent")``."""
    used = date(2026, 10, 1)
    return {one.code: ProvisionFact(answers.get(one.code, "present"), used) for one in PROVISIONS}


def flow(control: str = "view", **said: Any) -> FlowFact:
    """One flow with one kind of information."""
    told = {"sensitivity": "medium", "identifiability": "identified", "children": "no", "health": "no", "maori": "no"}
    return FlowFact(control, 1200, (InformationFact(**(told | said)),))


COMPLIANT = AgreementFacts(
    agreement=1,
    terms=1,
    reference="MCW-2026-0001",
    kind="sharing_agreement",
    status="signed",
    terms_state="approved",
    existing=False,
    personal_information="yes",
    outside_state_services="yes",
    public_service="yes",
    service_contract="yes",
    binding="yes",
    overseas="no",
    maori_data="no",
    indirect_collection="no",
    at_end="destroy",
    signed_on=date(2026, 1, 31),
    starts_on=date(2026, 2, 1),
    ends_on=date(2029, 1, 31),
    review_due_on=date(2027, 2, 1),
    overseen_on=date(2026, 9, 1),
    breach_hours=24,
    access_holders=2,
    written=frozenset(WRITTEN),
    people=dict.fromkeys(("owner", "manager", "senior_owner", "technical_adviser"), True),
    parties=(OURS, TRUST),
    flows=(flow(),),
    legal_bases=("ipp_exception",),
    provisions=provisions(),
    responsibilities={duty.value: (1,) for duty in Duty},
    assessments=(RISK, DUE_DILIGENCE),
    advice=(AdviceFact("legal", date(2026, 1, 3)), AdviceFact("procurement", date(2026, 1, 3))),
    contracts=(ContractFact("in_service", "own", "yes", date(2026, 9, 1)),),
    activities=(ActivityFact("confirmation", date(2027, 2, 1), scheduled=True, months=12),),
    conversations=(SAID_BEFORE,),
)
APPROVAL = ApprovalFact("DEMO Ministry", "LI 2026/1 (DEMO)", "https://demo.example.nz/aisa", 10)
AISA = replace(COMPLIANT, kind="aisa", approval=APPROVAL)
MATCHING = replace(
    COMPLIANT, kind="matching", legal_bases=("information_matching",), approval=replace(APPROVAL, notice_days=5)
)


def but(facts: AgreementFacts = COMPLIANT, **changes: Any) -> AgreementFacts:
    """The same with other facts."""
    return replace(facts, **changes)


def attested(**said: str) -> dict[str, AttestedFact]:
    """Answers of a person by requirement."""
    return {name: AttestedFact(value, date(2026, 6, 1), "As the note says") for name, value in said.items()}
