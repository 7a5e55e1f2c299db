"""The form of a piece of advice."""

from typing import Any

from django import forms

from agreements.actions.advice import FIELDS
from agreements.forms.evidence import documents_to_choose, evidence_fields, evidence_initial
from agreements.forms.readers import privileged_readers
from agreements.models import Advice, AdviceKind, Agreement
from people.models import User
from records.forms import NZDateField


class AdviceForm(forms.Form):
    """Who advised, when, what in short, and whether it is privileged."""

    kind = forms.ChoiceField(label="What kind of advice?", choices=AdviceKind.choices, widget=forms.RadioSelect)
    given_by = forms.CharField(
        label="Who gave it?", max_length=200, help_text="A name, and the office or firm if it is not ours."
    )
    given_on = NZDateField(label="Given on")
    summary = forms.CharField(
        label="What does it say, in short?", max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    privileged = forms.BooleanField(label="It is privileged", required=False)

    def __init__(self, agreement: Agreement, user: User, row: Advice | None, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", _initial(row) if row else {})
        super().__init__(*args, **kwargs)
        self.fields["privileged"].help_text = f"Then only {privileged_readers(user.agency)}, and you can read it."
        self.fields |= evidence_fields(documents_to_choose(agreement, user, *([row] if row else [])), row)

    def values(self) -> dict[str, Any]:
        """What was answered, as the model keeps it."""
        return {name: self.cleaned_data[name] for name in FIELDS if name in self.cleaned_data}


def _initial(row: Advice) -> dict[str, Any]:
    names = ("kind", "given_by", "given_on", "summary", "privileged")
    return {name: getattr(row, name) for name in names} | evidence_initial(row)
