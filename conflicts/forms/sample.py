"""Spot checks: how many to draw, and what was found."""

from typing import Any

from django import forms

from conflicts.models import SampleResult
from records.forms import ask


class DrawForm(forms.Form):
    """How many to draw by chance."""

    size = forms.IntegerField(label="How many?", min_value=1, max_value=500)
    seed = forms.CharField(
        label="Seed", required=False, max_length=32,
        help_text="Leave it open, and one is made. Entered again, it draws the same ones.",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask(self.fields["size"], width="short")


class ResultForm(forms.Form):
    """What was found in one declaration."""

    result = forms.ChoiceField(label="What did you find?", choices=SampleResult.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label="In a few words", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
