"""The small form of the oversight log: what, when, one line."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from agreements.choices import OversightKind
from agreements.forms.evidence import evidence_fields, evidence_in_words
from agreements.models import Document
from records.forms import NZDateField


class OversightForm(forms.Form):
    """Half a minute: what was done, on which day, in one line; evidence where there is some."""

    kind = forms.ChoiceField(label="What did you do?", choices=OversightKind.choices, widget=forms.RadioSelect)
    note = forms.CharField(label="In one line", max_length=300, help_text="For example monthly meeting: all on time.")
    on = NZDateField(label="When?")

    def __init__(self, documents: Sequence[Document], *args: Any, today: date, **kwargs: Any) -> None:
        kwargs["initial"] = {"on": today, "kind": OversightKind.MEETING} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.fields |= (evidence_fields(documents) if documents else {}) | {"evidence_note": evidence_in_words()}
