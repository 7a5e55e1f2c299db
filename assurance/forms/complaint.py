"""The forms of a complaint."""

from typing import Any

from django import forms

from agreements.forms.contract import AgreementField
from agreements.models import Agreement
from assurance.forms.breach import words
from assurance.models import ComplaintOutcome, ComplaintSource, ComplaintTheme
from people.models import User
from records.forms import NZDateField, let_choose


class ComplaintForm(forms.Form):
    """From whom, when, about what."""

    received_on = NZDateField(label="When was it received?")
    source = forms.ChoiceField(label="From whom?", choices=ComplaintSource.choices, widget=forms.RadioSelect)
    their_reference = forms.CharField(label="Their reference", max_length=100, required=False)
    theme = forms.ChoiceField(label="What is it about?", choices=ComplaintTheme.choices, widget=forms.RadioSelect)
    text = words("What is the complaint?", 4000, 4, "In short, and without names that nobody needs.")
    agreement = AgreementField(
        queryset=Agreement.objects.none(), label="Which agreement is it about?", required=False,
        help_text="Type its reference or title. More can be linked on its page.",
    )  # fmt: skip
    answer_by = NZDateField(
        label="To be answered by", required=False, help_text="Empty: within the agency’s usual working days."
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        let_choose(self.fields["agreement"], Agreement.objects.visible_to(user))

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "agreement"}


class ComplaintAnswerForm(forms.Form):
    """What came of it."""

    outcome = forms.ChoiceField(label="What came of it?", choices=ComplaintOutcome.choices, widget=forms.RadioSelect)
    answer = words("What was answered?", 4000, 4)


class ComplaintNoteForm(forms.Form):
    """What was done."""

    said = words("What was done?", 4000, 3)
