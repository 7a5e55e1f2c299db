"""The form of all 25 provisions: one small form each, under one another."""

from collections.abc import Mapping
from typing import Any

from django import forms

from agreements.actions.provision import FIELDS
from agreements.choices import Answer
from agreements.provisions import PROVISIONS, ProvisionKind
from records.forms import ask


class ProvisionForm(forms.Form):
    """One provision: whether it stands in the document, where, and why not."""

    may_be_incomplete = True

    answer = forms.ChoiceField(label="Does it stand in the document?", choices=Answer.choices, widget=forms.RadioSelect)
    clause = forms.CharField(label="Clause", max_length=60, required=False)
    document = forms.CharField(label="Document", max_length=200, required=False)
    page = forms.CharField(label="Page", max_length=20, required=False)
    why_absent = forms.CharField(
        label="Why not?", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, kind: ProvisionKind, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.prefix = kind, kind.code
        for name in ("clause", "document", "page"):
            ask(self.fields[name], shown_by=("answer", Answer.PRESENT))
        ask(self.fields["why_absent"], shown_by=("answer", f"{Answer.ABSENT} {Answer.NOT_APPLICABLE}"))


def provision_forms(data: Any, values: Mapping[str, Mapping[str, str]]) -> list[ProvisionForm]:
    """One form a code, filled from what was posted or from what stands."""
    return [ProvisionForm(kind, data, initial=values[kind.code]) for kind in PROVISIONS]


def answers(provision_forms: list[ProvisionForm]) -> dict[str, dict[str, str]]:
    """What valid forms say, by code."""
    return {form.kind.code: {name: form.cleaned_data[name] for name in FIELDS} for form in provision_forms}
