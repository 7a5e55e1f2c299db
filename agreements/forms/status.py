"""The form of one step of the lifecycle: the day, the reason, what became of the information."""

from typing import Any

from django import forms

from agreements.choices import AtEnd
from agreements.forms.outside_check import outside_fields
from agreements.forms.variation import sections_field
from agreements.lifecycle import Step
from records.forms import NZDateField

DAYS = {"sign": "On which day had every party signed?", "end": "Last day of sharing"}
BECAME = {
    "end": "What became of the information they held?",
    "close_out": "What is confirmed about the information they held?",
}


class StepForm(forms.Form):
    """Asks only what the step needs."""

    def __init__(self, step: Step, *args: Any, alone: bool = False, weakens: bool = False, **kwargs: Any) -> None:
        """``alone``: nobody else could approve, so it asks who outside checked; ``weakens``: it asks why (F2)."""
        super().__init__(*args, **kwargs)
        if alone:
            self.fields |= outside_fields()
        if step.name in DAYS:
            self.fields["on"] = NZDateField(
                label=DAYS[step.name], help_text="For example 1 July 2026. Not in the future."
            )
        if step.name in BECAME:
            self.fields["disposal"] = forms.ChoiceField(
                label=BECAME[step.name], choices=_became(step), widget=forms.RadioSelect
            )
            self.fields["disposal_note"] = forms.CharField(
                label="How do you know?",
                required=False,
                help_text="For example a certificate, its date and where it is kept.",
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 3}),
            )
        if step.name == "send_back":
            self.fields["sections"] = sections_field(varied=False)
        reason = forms.CharField(
            max_length=2000, required=step.needs_reason or weakens, widget=forms.Textarea(attrs={"rows": 3})
        )
        reason.label, reason.help_text = "Reason", "Kept in the history and shown on the timeline."
        self.fields["reason"] = reason


def _became(step: Step) -> list[tuple[str, str]]:
    """What ending asks, and closing out: there, unknown is a gap that has to be explained."""
    if step.name == "end":
        return [(value, str(label)) for value, label in AtEnd.choices]
    gap = (AtEnd.UNKNOWN.value, "Nothing can be confirmed: I say why under Reason")
    return [*((value, str(label)) for value, label in AtEnd.choices if value != AtEnd.UNKNOWN), gap]
