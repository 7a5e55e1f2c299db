"""What the register makes of agreements: conformance, attestations, exceptions, the plan, approvals under Part 7."""

from assurance.models.accepted_exception import AcceptedException
from assurance.models.approval import Amendment, AmendmentException, Approval
from assurance.models.attestation import Attestation, Attested
from assurance.models.conformance_run import ConformanceEntry, ConformanceRun, RunCause
from assurance.models.plan_item import PlanItem, PlanMove, PlanState, RiskTier
from assurance.models.plan_standing import PlanStanding

__all__ = [
    "AcceptedException",
    "Amendment",
    "AmendmentException",
    "Approval",
    "Attestation",
    "Attested",
    "ConformanceEntry",
    "ConformanceRun",
    "PlanItem",
    "PlanMove",
    "PlanStanding",
    "PlanState",
    "RiskTier",
    "RunCause",
]
