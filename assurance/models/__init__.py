"""What the register makes of agreements: conformance, the plan, and the assurance that people gain of them."""

from assurance.models.accepted_exception import AcceptedException
from assurance.models.action import Action, ActionState
from assurance.models.activity import (
    EXERCISES,
    Activity,
    ActivityEvidence,
    ActivityKind,
    ActivityOutcome,
    ActivityStep,
)
from assurance.models.adverse_notice import AdverseNotice, AdverseOutcome, Became
from assurance.models.aisa_report import AisaEntry, AisaStep, AisaStepKind
from assurance.models.approval import Amendment, AmendmentException, Approval
from assurance.models.attestation import Attestation, Attested
from assurance.models.audit_sample import AuditSample, PaperResult, Population, SampledAgreement
from assurance.models.automated_decision import AutomatedDecision, AutomatedReview, HowAutomated
from assurance.models.breach import (
    BreachAgreement,
    BreachDecision,
    BreachFile,
    BreachKind,
    BreachOrganisation,
    BreachSeverity,
    BreachStep,
    BreachStepKind,
    PrivacyBreach,
)
from assurance.models.briefing import Briefing, StatementFigure, StatementGroup, StatementRow
from assurance.models.complaint import (
    Complaint,
    ComplaintAgreement,
    ComplaintOutcome,
    ComplaintSource,
    ComplaintStep,
    ComplaintStepKind,
    ComplaintTheme,
)
from assurance.models.concern import (
    Concern,
    ConcernAbout,
    ConcernClock,
    ConcernOutcome,
    ConcernStep,
    ConcernStepKind,
)
from assurance.models.conformance_run import ConformanceEntry, ConformanceRun, RunCause, RunOutcome
from assurance.models.cycle import Cycle
from assurance.models.finding import Finding, FindingStep, Origin, Severity, StepKind
from assurance.models.maturity_answer import Level, MaturityAnswer
from assurance.models.plan_item import PlanItem, PlanMove, PlanState, RiskTier
from assurance.models.plan_standing import PlanStanding
from assurance.models.policy import Policy, PolicyArea, PolicyFile, PolicyStep, PolicyStepKind
from assurance.models.provider_answer import (
    NOT_YES,
    Confirmed,
    NamedSubcontractor,
    ProviderAnswer,
    ProviderBreach,
    ProviderFile,
)
from assurance.models.provider_request import (
    OPENS_FOR,
    WAITING,
    WITH_A_GAP,
    AskedAgreement,
    ProviderRequest,
    ProviderStep,
    ProviderStepKind,
    followed_by,
)
from assurance.models.risk_acceptance import RiskAcceptance
from assurance.models.signing import GroupAnswer, GroupDecision, RowAnswer, Signing
from assurance.models.statement import Implemented, Statement, StatementComment, StatementSent, StatementState

__all__ = [
    "EXERCISES",
    "NOT_YES",
    "OPENS_FOR",
    "WAITING",
    "WITH_A_GAP",
    "AcceptedException",
    "Action",
    "ActionState",
    "Activity",
    "ActivityEvidence",
    "ActivityKind",
    "ActivityOutcome",
    "ActivityStep",
    "AdverseNotice",
    "AdverseOutcome",
    "AisaEntry",
    "AisaStep",
    "AisaStepKind",
    "Amendment",
    "AmendmentException",
    "Approval",
    "AskedAgreement",
    "Attestation",
    "Attested",
    "AuditSample",
    "AutomatedDecision",
    "AutomatedReview",
    "Became",
    "BreachAgreement",
    "BreachDecision",
    "BreachFile",
    "BreachKind",
    "BreachOrganisation",
    "BreachSeverity",
    "BreachStep",
    "BreachStepKind",
    "Briefing",
    "Complaint",
    "ComplaintAgreement",
    "ComplaintOutcome",
    "ComplaintSource",
    "ComplaintStep",
    "ComplaintStepKind",
    "ComplaintTheme",
    "Concern",
    "ConcernAbout",
    "ConcernClock",
    "ConcernOutcome",
    "ConcernStep",
    "ConcernStepKind",
    "Confirmed",
    "ConformanceEntry",
    "ConformanceRun",
    "Cycle",
    "Finding",
    "FindingStep",
    "GroupAnswer",
    "GroupDecision",
    "HowAutomated",
    "Implemented",
    "Level",
    "MaturityAnswer",
    "NamedSubcontractor",
    "Origin",
    "PaperResult",
    "PlanItem",
    "PlanMove",
    "PlanStanding",
    "PlanState",
    "Policy",
    "PolicyArea",
    "PolicyFile",
    "PolicyStep",
    "PolicyStepKind",
    "Population",
    "PrivacyBreach",
    "ProviderAnswer",
    "ProviderBreach",
    "ProviderFile",
    "ProviderRequest",
    "ProviderStep",
    "ProviderStepKind",
    "RiskAcceptance",
    "RiskTier",
    "RowAnswer",
    "RunCause",
    "RunOutcome",
    "SampledAgreement",
    "Severity",
    "Signing",
    "Statement",
    "StatementComment",
    "StatementFigure",
    "StatementGroup",
    "StatementRow",
    "StatementSent",
    "StatementState",
    "StepKind",
    "followed_by",
]
