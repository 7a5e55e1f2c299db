"""The forms of a sample: draw one, and the working paper of one agreement."""

from typing import Any

from django import forms

from assurance.forms.evidence import ShownForm
from assurance.models import PaperResult, Population, Severity
from records.forms import ask


class DrawForm(forms.Form):
    """What is looked at, from which agreements, and how many."""

    title = forms.CharField(label="What is looked at?", max_length=200)
    population = forms.ChoiceField(label="Population", choices=Population.choices, widget=forms.RadioSelect)
    size = forms.IntegerField(label="How many?", min_value=1, max_value=500)
    seed = forms.CharField(
        label="Seed", required=False, max_length=32,
        help_text="Left empty, one is made. It is recorded, so that anybody can draw the same again.",
    )  # fmt: skip


class PaperForm(ShownForm):
    """What was seen of one agreement."""

    note = forms.CharField(
        label="What was looked at, and what was seen?", max_length=5000, widget=forms.Textarea(attrs={"rows": 5})
    )
    result = forms.ChoiceField(
        label="Is it as it should be?", widget=forms.RadioSelect,
        choices=[one for one in PaperResult.choices if one[0] != PaperResult.OPEN],
    )  # fmt: skip
    severity = forms.ChoiceField(
        label="Severity", required=False, choices=[("", "Choose a severity"), *Severity.choices],
        help_text="A finding is opened with this, so that something is done about it.",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask(self.fields["severity"], shown_by=("result", PaperResult.GAP), owed_once_shown=True)
