"""The form of all 25 provisions: one small form each, under one another."""

from collections.abc import Sequence
from typing import Any

from django import forms

from agreements.actions.provision import BLANK, FIELDS, IN_WORDS
from agreements.choices import Answer
from agreements.forms.evidence import documents_to_choose, evidence_fields, evidence_initial
from agreements.models import Agreement, Document, Provision
from agreements.provisions import PROVISIONS, ProvisionKind
from people.models import User
from records.forms import ask


class ProvisionForm(forms.Form):
    """One provision: whether it stands in the document, where, and why not."""

    may_be_incomplete = True

    answer = forms.ChoiceField(label="Does it stand in the document?", choices=Answer.choices, widget=forms.RadioSelect)
    clause = forms.CharField(label="Clause", max_length=60, required=False)
    document = forms.CharField(label="Document that is not kept here", max_length=200, required=False)
    page = forms.CharField(label="Its page", max_length=20, required=False)
    why_absent = forms.CharField(
        label="Why not?", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(
        self, kind: ProvisionKind, documents: Sequence[Document], row: Provision | None, *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.prefix = kind, kind.code
        evidence = evidence_fields(documents, row) if documents else {}
        for name, field in evidence.items():
            self.fields[name] = field
            field.help_text = ""  # asked 25 times on one page
        self.order_fields(["answer", "clause", *evidence, "document", "page"])
        for name in ("clause", *evidence, "document", "page"):
            ask(self.fields[name], shown_by=("answer", Answer.PRESENT))
        ask(self.fields["why_absent"], shown_by=("answer", f"{Answer.ABSENT} {Answer.NOT_APPLICABLE}"))


def provision_forms(data: Any, agreement: Agreement, user: User) -> list[ProvisionForm]:
    """One form a code, filled from what was posted or from what stands."""
    rows = {row.code: row for row in agreement.terms_now.provisions.all()}
    documents = documents_to_choose(agreement, user, *rows.values())
    return [_form(kind, documents, rows.get(kind.code), data) for kind in PROVISIONS]


def _form(kind: ProvisionKind, documents: Sequence[Document], row: Provision | None, data: Any) -> ProvisionForm:
    initial = {name: getattr(row, name) for name in IN_WORDS} | evidence_initial(row) if row else BLANK
    return ProvisionForm(kind, documents, row, data, initial=initial)


def answers(provision_forms: list[ProvisionForm]) -> dict[str, dict[str, Any]]:
    """What valid forms say, by code."""
    return {
        form.kind.code: {name: form.cleaned_data[name] for name in FIELDS if name in form.cleaned_data}
        for form in provision_forms
    }
