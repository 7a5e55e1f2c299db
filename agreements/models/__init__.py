"""Arrangements, their terms, and everything the terms hold."""

from agreements.models.advice import Advice, AdviceKind
from agreements.models.agreement import Agreement, ReferenceCounter
from agreements.models.assessment import Assessment, AssessmentStatus, Rating, Trigger
from agreements.models.author import Author
from agreements.models.authority import LegalBasis
from agreements.models.comment import Comment, Mention
from agreements.models.contract import AgreementContract, Contract, Subcontractor
from agreements.models.contract_stage import ContractStageChange
from agreements.models.document import Document, DocumentKind, DocumentVersion, Readers
from agreements.models.evidence import EVIDENCE_FIELDS, Evidence
from agreements.models.flow import Flow, Information
from agreements.models.import_batch import BatchState, ImportBatch, ImportRow
from agreements.models.legal_provision import LegalProvision
from agreements.models.organisation import Organisation, OrganisationLink, OrganisationName
from agreements.models.oversight import Oversight
from agreements.models.party import Party
from agreements.models.pause import Pause
from agreements.models.provision import Provision
from agreements.models.responsibility import AccessHolder, Responsibility
from agreements.models.review import Exercise, Review
from agreements.models.saved_view import SavedView
from agreements.models.search_entry import SearchEntry
from agreements.models.status_change import StatusChange
from agreements.models.terms import Terms

__all__ = [
    "EVIDENCE_FIELDS",
    "AccessHolder",
    "Advice",
    "AdviceKind",
    "Agreement",
    "AgreementContract",
    "Assessment",
    "AssessmentStatus",
    "Author",
    "BatchState",
    "Comment",
    "Contract",
    "ContractStageChange",
    "Document",
    "DocumentKind",
    "DocumentVersion",
    "Evidence",
    "Exercise",
    "Flow",
    "ImportBatch",
    "ImportRow",
    "Information",
    "LegalBasis",
    "LegalProvision",
    "Mention",
    "Organisation",
    "OrganisationLink",
    "OrganisationName",
    "Oversight",
    "Party",
    "Pause",
    "Provision",
    "Rating",
    "Readers",
    "ReferenceCounter",
    "Responsibility",
    "Review",
    "SavedView",
    "SearchEntry",
    "StatusChange",
    "Subcontractor",
    "Terms",
    "Trigger",
]
