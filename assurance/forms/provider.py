"""What a provider is asked behind its link, in plain words and with few questions at a time."""

from collections.abc import Sequence
from typing import Any

from django import forms

from agreements.forms.document import FileForm
from assurance.models import NOT_YES, AskedAgreement, Confirmed
from assurance.provider.questions import Question
from records.forms import NZDateField, NZMomentField, YesNoUnknownField, ask


class ProviderAnswersForm(forms.Form):
    """A question for each provision, and words where the answer is not yes. Any may wait."""

    may_be_incomplete = True

    def __init__(self, questions: Sequence[Question], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = [one.code for one in questions]
        for one in questions:
            self.fields[f"answer_{one.code}"] = forms.ChoiceField(
                label=one.question, choices=Confirmed.choices, widget=forms.RadioSelect, required=False
            )
            words = forms.CharField(
                label=f"What is not as agreed? ({one.about})",
                max_length=2000, widget=forms.Textarea(attrs={"rows": 3}), required=False,
            )  # fmt: skip
            ask(words, shown_by=(f"answer_{one.code}", " ".join(NOT_YES)))
            self.fields[f"words_{one.code}"] = words

    def said(self) -> dict[str, tuple[str, str]]:
        """The answers with their words, by provision."""
        found = self.cleaned_data
        return {code: (found[f"answer_{code}"], found[f"words_{code}"].strip()) for code in self.codes}


class OfAgreementForm(forms.Form):
    """Asks which agreement something is about, where the request names several."""

    agreement = forms.ChoiceField(label="Which agreement is it about?", widget=forms.RadioSelect)

    def __init__(self, asked: Sequence[AskedAgreement], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = {one.agreement.reference: one for one in asked}
        field: Any = self.fields["agreement"]
        field.choices = [(reference, one.agreement.title) for reference, one in self.asked.items()]
        if len(asked) == 1:
            field.widget = forms.HiddenInput()
            self.initial.setdefault("agreement", next(iter(self.asked)))

    def chosen(self) -> AskedAgreement:
        """The agreement of the request."""
        return self.asked[self.cleaned_data["agreement"]]


class ProviderFileForm(OfAgreementForm, FileForm):
    """A file that shows what was said."""

    field_order = ("agreement", "file")


class SubcontractorNamedForm(OfAgreementForm):
    """Whom the provider engages."""

    name = forms.CharField(label="Name of the subcontractor", max_length=200, help_text="Its full legal name.")
    does = forms.CharField(
        label="What do they do for you, and do they see the information?",
        max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    starts_on = NZDateField(label="Since when?", required=False, help_text="For example 1 July 2025.")


class ProviderBreachForm(forms.Form):
    """What happened and since when it has been known; the rest is asked by telephone."""

    agreements = forms.MultipleChoiceField(label="Which agreement is it about?", widget=forms.CheckboxSelectMultiple)
    what_happened = forms.CharField(
        label="What happened?", max_length=4000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Without names of the people whose information it is.",
    )  # fmt: skip
    provider_aware_at = NZMomentField(
        label="When did anybody at your organisation first know?",
        help_text="Day and time, for example 1 July 2025, 4.12 pm.",
    )
    happened_on = NZDateField(label="When did it happen?", required=False, help_text="Leave empty if you do not know.")
    people_affected = forms.IntegerField(
        label="How many people are affected?", min_value=0, max_value=2_000_000_000, required=False,
        help_text="Your best guess. Leave empty if you cannot say.",
    )  # fmt: skip
    contained = YesNoUnknownField(label="Has it been stopped from getting worse?")
    containment = forms.CharField(
        label="What have you done about it so far?", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )  # fmt: skip
    told_by = forms.CharField(
        label="Who are you, and how do we reach you?", max_length=200, help_text="Name, position and telephone number."
    )

    def __init__(self, asked: Sequence[AskedAgreement], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = {one.agreement.reference: one for one in asked}
        field: Any = self.fields["agreements"]
        field.choices = [(reference, one.agreement.title) for reference, one in self.asked.items()]
        if len(asked) == 1:
            self.initial.setdefault("agreements", list(self.asked))
        ask(self.fields["people_affected"], width="short")

    def chosen(self) -> list[AskedAgreement]:
        """The agreements of the request."""
        return [self.asked[reference] for reference in self.cleaned_data["agreements"]]

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        return {name: value for name, value in self.cleaned_data.items() if name not in {"agreements", "told_by"}}


class SendInForm(forms.Form):
    """Who answers, and that it is true."""

    answered_by = forms.CharField(label="Your name", max_length=200)
    position = forms.CharField(label="Your position", max_length=200)
    true = forms.BooleanField(label="I may answer for my organisation, and what I said is true as far as I know")
