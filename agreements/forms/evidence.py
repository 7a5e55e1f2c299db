"""The part of a form that asks for evidence: a document of the agreement, its page and its date."""

from typing import Any

from django import forms

from agreements.actions.evidence import documents_for
from agreements.models import Agreement, Evidence
from people.models import User
from records.forms import NZDateField, ask


def evidence_fields(agreement: Agreement, user: User, row: Evidence | None = None) -> dict[str, forms.Field]:
    """The three fields; none where ``row`` points to a document that this person may not read: it then stays."""
    documents = documents_for(agreement, user)
    if row and row.evidence_id and not documents.filter(pk=row.evidence_id).exists():
        return {}
    page = forms.CharField(label="Page", max_length=40, required=False)
    ask(page, width="short")
    return {
        "evidence": forms.ModelChoiceField(
            documents,
            label="Document that shows it",
            required=False,
            empty_label="None yet",
            help_text="One of this agreement's documents. Add it there first if it is missing.",
        ),
        "evidence_page": page,
        "evidence_on": NZDateField(label="Date of the document", required=False),
    }


def evidence_initial(row: Evidence) -> dict[str, Any]:
    """What stands in the three fields."""
    return {"evidence": row.evidence_id, "evidence_page": row.evidence_page, "evidence_on": row.evidence_on}
