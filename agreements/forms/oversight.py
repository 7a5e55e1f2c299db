"""The small form of the oversight log: what, when, one line."""

from datetime import date
from typing import Any

from django import forms

from agreements.choices import OversightKind
from records.forms import NZDateField


class OversightForm(forms.Form):
    """Half a minute: what was done, on which day, in one line; evidence where there is some."""

    kind = forms.ChoiceField(label="What did you do?", choices=OversightKind.choices, widget=forms.RadioSelect)
    note = forms.CharField(label="In one line", max_length=300, help_text="For example monthly meeting: all on time.")
    on = NZDateField(label="When?")
    evidence = forms.CharField(
        label="Evidence",
        max_length=300,
        required=False,
        help_text="The document, its page and date; or leave it empty.",
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        kwargs["initial"] = {"on": today, "kind": OversightKind.MEETING} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
