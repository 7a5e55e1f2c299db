"""The models of conflicts of interest, one file a noun."""

from conflicts.models.clearance import ClearanceEntry
from conflicts.models.conversation import Conversation
from conflicts.models.declaration import Declaration, DeclaredInterest, new_code
from conflicts.models.interest import CONTENT, Interest, InterestContent
from conflicts.models.match import Match
from conflicts.models.opening import Opening
from conflicts.models.plan import ManagementPlan, NonCompliance, PlanReview, PlanStep, ReviewFinding
from conflicts.models.round import Invitation, Round, RoundUnit, Sample, SampledDeclaration, SampleResult
from conflicts.models.step import Decision, DeclarationStep

__all__ = [
    "CONTENT",
    "ClearanceEntry",
    "Conversation",
    "Decision",
    "Declaration",
    "DeclarationStep",
    "DeclaredInterest",
    "Interest",
    "InterestContent",
    "Invitation",
    "ManagementPlan",
    "Match",
    "NonCompliance",
    "Opening",
    "PlanReview",
    "PlanStep",
    "ReviewFinding",
    "Round",
    "RoundUnit",
    "Sample",
    "SampleResult",
    "SampledDeclaration",
    "new_code",
]
