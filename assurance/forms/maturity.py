"""The form that rates an element of the self-assessment."""

from typing import Any

from django import forms

from assurance.models import Level
from records.forms import ask

HINTS = {
    Level.INFORMAL: "It depends on who does it; little is written down.",
    Level.FOUNDATIONAL: "It is written down and mostly done.",
    Level.MANAGED: "It is done, measured, and made better.",
}


class MaturityForm(forms.Form):
    """A level and a comment. What each level means is in our own words."""

    level = forms.ChoiceField(
        label="At which level is it?",
        choices=Level.choices,
        widget=forms.RadioSelect,
        help_text="The levels are the framework’s; what each means is in our own words.",
    )
    comment = forms.CharField(
        label="What shows it, and what comes next?",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    seen = forms.IntegerField(min_value=0, max_value=2**62, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask(self.fields["level"], choice_hints=HINTS)
