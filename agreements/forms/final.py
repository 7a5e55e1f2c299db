"""Making an assessment final."""

from typing import Any

from django import forms

from agreements.assessment_kinds import AssessmentKind


class FinalForm(forms.Form):
    """Asks on what conditions a risk is accepted."""

    reason = forms.CharField(max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, kind: AssessmentKind, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = "On what conditions do you accept it?" if kind.accepted else "Anything to note?"
