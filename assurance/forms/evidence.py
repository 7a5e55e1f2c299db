"""Evidence of assurance work: a document that is kept here, or in words where it is kept."""

from collections.abc import Sequence
from typing import Any

from django import forms

from agreements.forms.document import file_field
from agreements.forms.evidence import evidence_fields, evidence_in_words
from agreements.models import EVIDENCE_FIELDS, Document

SHOWN = (*EVIDENCE_FIELDS, "evidence_note")
FILE = "evidence_file"


class ShownForm(forms.Form):
    """The fields of evidence at the end of a form; without documents, in words alone.

    The file itself is taken in by views.attaching, before the form is read.
    """

    def __init__(self, documents: Sequence[Document] | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if documents is not None:
            fields = evidence_fields(documents)
            fields["evidence"].help_text = "One of the documents that are kept here, or attach it below."
            self.fields |= {"evidence": fields.pop("evidence"), FILE: _file()} | fields
        self.fields["evidence_note"] = evidence_in_words()

    def shown(self) -> dict[str, Any]:
        """What was given as evidence."""
        return {name: self.cleaned_data.get(name) for name in SHOWN if self.cleaned_data.get(name)}


def _file() -> forms.FileField:
    field = file_field("Or attach it here")
    field.required = False
    return field
