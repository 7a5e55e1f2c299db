"""Forms that bring an agreement into the register."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from agreements.choices import Kind, Status
from agreements.forms.refusal import show_refusal
from agreements.recording import check_days
from records.forms import NZDateField


class NewAgreementForm(forms.Form):
    """The three answers that make a draft."""

    title = forms.CharField(
        label="Title", max_length=200, help_text="What people call it, for example School attendance liaison."
    )
    kind = forms.ChoiceField(
        label="What kind of arrangement is it?",
        choices=[("", "Choose a kind"), *Kind.choices],
        help_text="A memorandum of understanding about information is an information sharing agreement.",
    )
    purpose = forms.CharField(
        label="What is it for?",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="In plain words: who does what with the information, to what end.",
    )


class ExistingArrangementForm(forms.Form):
    """An arrangement as it stands. Only what it is called, its kind and whether it goes on have to be known."""

    title = forms.CharField(label="Title", max_length=200, help_text="What people call it.")
    kind = forms.ChoiceField(label="What kind of arrangement is it?", choices=[("", "Choose a kind"), *Kind.choices])
    status = forms.ChoiceField(
        label="Does it still go on?",
        choices=[
            (Status.SIGNED, "Yes, or it is past its end and nobody has ended it"),
            (Status.ENDED, "No, it has ended"),
        ],
        widget=forms.RadioSelect,
    )
    ended_on = NZDateField(label="When did it end?", required=False, help_text="For example 30 June 2024.")
    purpose = forms.CharField(
        label="What is it for?", max_length=20_000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    signed_on = NZDateField(label="When was it signed?", required=False, help_text="For example 1 July 2014.")
    starts_on = NZDateField(label="Since when is it in force?", required=False)
    ends_on = NZDateField(label="When does it end by its own words?", required=False)
    recorded_from = forms.CharField(
        label="From which document do you record it?",
        max_length=300,
        required=False,
        help_text="The document and where it is kept.",
    )

    def clean(self) -> dict[str, Any]:
        """The days are in the past and in order."""
        answers = super().clean() or {}
        try:
            check_days(answers, answers.get("status", ""), localdate())
        except ValidationError as problem:
            show_refusal(self, problem)
        return answers


class DuplicateForm(forms.Form):
    """What the copy is called."""

    title = forms.CharField(label="Title of the new draft", max_length=200)
