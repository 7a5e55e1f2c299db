"""The questions of the look-ups; the address is the state."""

from typing import Any

from django import forms
from django.http import QueryDict

from agreements.choices import Category
from agreements.forms.organisation import OrganisationChoiceField
from agreements.models import Organisation

LONGEST_KEY = 12  # digits; an NZBN has 13


class BetweenForm(forms.Form):
    """Two organisations, each by its key in the address or by any of its names."""

    a = OrganisationChoiceField(label="One organisation")
    b = OrganisationChoiceField(label="The other")

    def __init__(self, asked: QueryDict, own: Organisation | None = None) -> None:
        """``own`` stands in the first field until somebody says otherwise."""
        begun = any(asked.get(name) for name in ("a", "b"))
        super().__init__(_with_names(asked) if begun else None, initial={"a": own})
        for field in self.fields.values():
            field.widget.add_url = ""  # what nobody has entered yet has no flows

    def clean(self) -> dict[str, Any]:
        """Two different ones."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("a") and cleaned.get("a") == cleaned.get("b"):
            self.add_error("b", "Choose two different organisations")
        return cleaned

    @property
    def pair(self) -> tuple[Organisation, Organisation] | None:
        """Both, once they are known."""
        if not self.is_bound or not self.is_valid():
            return None
        return self.cleaned_data["a"], self.cleaned_data["b"]


def _with_names(asked: QueryDict) -> QueryDict:
    """Keys in the address as the names that stand for them; one that was merged as the one it went into."""
    data = asked.copy()
    for name in ("a", "b"):
        key = asked.get(name, "")
        if not key.isdecimal() or len(key) > LONGEST_KEY:
            continue
        body = Organisation.objects.select_related("merged_into").filter(pk=int(key)).first()
        body = body.merged_into or body if body else None
        if body:
            data[name] = data[f"{name}-for"] = body.name
            data[f"{name}-pick"] = str(body.pk)
    return data


class InformationForm(forms.Form):
    """Which kind of information."""

    may_be_incomplete = True

    q = forms.CharField(label="Which information?", required=False, max_length=200)
    category = forms.ChoiceField(label="Where it comes from", required=False, choices=[("", "Any"), *Category.choices])
    flags = forms.MultipleChoiceField(
        label="What kind",
        required=False,
        choices=[
            ("children", "About children or young people"),
            ("health", "About health"),
            ("maori", "Māori data"),
            ("overseas", "Stored, seen or received overseas"),
        ],
        widget=forms.CheckboxSelectMultiple,
    )

    def wanted(self) -> dict[str, Any]:
        """The answers that make sense."""
        self.is_valid()
        empty: dict[str, Any] = {"q": "", "category": "", "flags": []}
        return {name: self.cleaned_data.get(name) or default for name, default in empty.items()}
