"""The part of a form that asks for evidence: a document that is kept here, its page and its date."""

from collections.abc import Sequence
from typing import Any

from django import forms

from agreements.actions.evidence import documents_for
from agreements.models import Agreement, Contract, Document, Evidence
from people.models import User
from records.forms import NZDateField, ask


class DocumentField(forms.TypedChoiceField):
    """One of the documents, by its title; they are read once, for however many fields."""

    def __init__(self, documents: Sequence[Document], **options: Any) -> None:
        found = {str(document.pk): document for document in documents}
        choices = [("", "None yet"), *((key, _called(document)) for key, document in found.items())]
        super().__init__(choices=choices, coerce=found.get, empty_value=None, required=False, **options)
        self.error_messages["invalid_choice"] = "Select a valid choice: one of the documents in the list"


def _called(document: Document) -> str:
    return f"{document} (contract {document.contract.reference})" if document.contract else str(document)


def documents_to_choose(holder: Agreement | Contract, user: User, *rows: Evidence) -> list[Document]:
    """Those that may stand in the list, with those that the rows point to already. One query."""
    return list(documents_for(holder, user, also=[row.evidence_id for row in rows if row.evidence_id]))


def evidence_fields(documents: Sequence[Document], row: Evidence | None = None) -> dict[str, forms.Field]:
    """The three fields; none where ``row`` points to a document that this person may not read: it then stays."""
    if row and row.evidence_id and row.evidence_id not in {document.pk for document in documents}:
        return {}
    page = forms.CharField(label="Page", max_length=40, required=False)
    ask(page, width="short")
    return {
        "evidence": DocumentField(
            documents,
            label="Document that shows it",
            help_text="One of the documents that are kept here. Add it there first if it is missing.",
        ),
        "evidence_page": page,
        "evidence_on": NZDateField(label="Date of the document", required=False),
    }


def evidence_initial(row: Evidence) -> dict[str, Any]:
    """What stands in the three fields."""
    return {"evidence": row.evidence_id, "evidence_page": row.evidence_page, "evidence_on": row.evidence_on}


def evidence_in_words() -> forms.CharField:
    """What somebody writes down where the document is not kept here."""
    return forms.CharField(
        label="Evidence that is not kept here",
        max_length=300,
        required=False,
        help_text="In words: the document, its page and date.",
    )
