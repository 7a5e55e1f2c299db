"""The form of one step of a contract's stages: the day, and the reason."""

from typing import Any

from django import forms

from agreements.contract_lifecycle import StageStep
from records.forms import NZDateField


class StageStepForm(forms.Form):
    """Asks from which day, and why where the step wants to know."""

    on = NZDateField(
        label="From which day?", required=False, help_text="For example 1 July 2026. Empty means today. Not the future."
    )
    reason = forms.CharField(
        label="Reason",
        help_text="Kept with the stage and shown on the contract’s page.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, step: StageStep, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = step.needs_reason
