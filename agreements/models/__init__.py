"""Arrangements, their terms, and everything the terms hold."""

from agreements.models.agreement import Agreement, ReferenceCounter
from agreements.models.author import Author
from agreements.models.authority import LegalBasis
from agreements.models.document import Document, DocumentKind, DocumentVersion, Readers
from agreements.models.flow import Flow, Information
from agreements.models.import_batch import BatchState, ImportBatch, ImportRow
from agreements.models.legal_provision import LegalProvision
from agreements.models.organisation import Organisation, OrganisationLink, OrganisationName
from agreements.models.party import Party
from agreements.models.provision import Provision
from agreements.models.responsibility import AccessHolder, Responsibility
from agreements.models.saved_view import SavedView
from agreements.models.search_entry import SearchEntry
from agreements.models.status_change import StatusChange
from agreements.models.terms import Terms

__all__ = [
    "AccessHolder",
    "Agreement",
    "Author",
    "BatchState",
    "Document",
    "DocumentKind",
    "DocumentVersion",
    "Flow",
    "ImportBatch",
    "ImportRow",
    "Information",
    "LegalBasis",
    "LegalProvision",
    "Organisation",
    "OrganisationLink",
    "OrganisationName",
    "Party",
    "Provision",
    "Readers",
    "ReferenceCounter",
    "Responsibility",
    "SavedView",
    "SearchEntry",
    "StatusChange",
    "Terms",
]
