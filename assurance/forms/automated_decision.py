"""The forms of an automated decision: what it is, and its review."""

from typing import Any

from django import forms

from assurance.models import AutomatedDecision, AutomatedReview
from records.forms import NZDateField, YesNoUnknownField, ask

CHARTER = "Algorithm Charter for Aotearoa New Zealand"


class DecisionForm(forms.ModelForm):
    """What is decided, how far a person decides, and what people can do about it."""

    uses_ai = YesNoUnknownField(label="Is artificial intelligence used?")
    can_ask = YesNoUnknownField(label="Can people ask that a person looks at it again?")
    charter = YesNoUnknownField(label=f"Was the {CHARTER} considered?")

    class Meta:
        model = AutomatedDecision
        fields: tuple[str, ...] = ("what", "means", "how", "uses_ai", "can_ask", "charter", "charter_note")
        labels = {"what": "What is decided?", "means": "By what means?", "how": "How far is it automated?"}
        help_texts = {
            "what": "For example: whose benefit is looked at again.",
            "means": "The tool, the model or the rule.",
        }
        widgets = {"how": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask(self.fields["charter_note"], shown_by=("charter", "yes no"))


class NewDecisionForm(DecisionForm):
    """With the day of its first review."""

    next_review = NZDateField(label="When is it reviewed first?")

    class Meta(DecisionForm.Meta):
        fields = (*DecisionForm.Meta.fields, "next_review")


class ReviewForm(forms.ModelForm):
    """What a review found, and when the next one is."""

    on = NZDateField(label="On which day was it reviewed?")
    next_review = NZDateField(
        label="When is it reviewed next?", required=False, help_text="Left empty only where it is not used any more."
    )

    class Meta:
        model = AutomatedReview
        fields = ("on", "found", "next_review", "ended")
        labels = {"found": "What was found?", "ended": "It is not used any more"}
        widgets = {"found": forms.Textarea(attrs={"rows": 4})}
