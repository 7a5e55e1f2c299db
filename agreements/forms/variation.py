"""The forms of a variation: what it is for, and what its steps ask."""

from typing import Any

from django import forms

from agreements.choices import VariationKind
from agreements.forms.outside_check import outside_fields
from agreements.sections import IN_VARIATION, SECTIONS
from agreements.variation_lifecycle import VariationStep
from records.forms import NZDateField, ask


class StartVariationForm(forms.Form):
    """Why the terms change; a renewal also says until when it goes on."""

    kind = forms.ChoiceField(
        label="What is it for?",
        choices=VariationKind.choices,
        widget=forms.RadioSelect,
        initial=VariationKind.CHANGE,
    )
    ends_on = NZDateField(
        label="New last day",
        required=False,
        help_text="For example 30 June 2029.",
    )
    why = forms.CharField(
        label="Why do the terms change?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Kept with the variation and shown to whoever approves it.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask(self.fields["ends_on"], shown_by=("kind", VariationKind.RENEWAL))


def section_choices(*, varied: bool) -> list[tuple[str, str]]:
    """The sections that sending back can name."""
    return [(section.name, section.title) for section in (IN_VARIATION if varied else SECTIONS)]


def sections_field(*, varied: bool) -> forms.MultipleChoiceField:
    """Which sections sending back is about."""
    return forms.MultipleChoiceField(
        label="Which sections are concerned?",
        choices=section_choices(varied=varied),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Your reason is shown to the author on each of them until it is submitted again.",
    )


class VariationStepForm(forms.Form):
    """Asks only what the step needs."""

    def __init__(
        self, step: VariationStep, *args: Any, alone: bool = False, weakens: bool = False, **kwargs: Any
    ) -> None:
        """``alone``: nobody else could approve, so it asks who outside checked; ``weakens``: it asks why (F2)."""
        super().__init__(*args, **kwargs)
        if alone:
            self.fields |= outside_fields()
        if step.name == "vary_sign":
            self.fields["on"] = NZDateField(
                label="On which day had every party signed it?", help_text="For example 1 July 2026. Not in the future."
            )
            self.fields["in_force_from"] = NZDateField(
                label="From which day does it apply?",
                required=False,
                help_text="Leave it empty if it applies from the day of signing. A later day is fine.",
            )
        if step.name == "vary_send_back":
            self.fields["sections"] = sections_field(varied=True)
        needed = step.needs_reason or weakens
        reason = forms.CharField(max_length=2000, required=needed, widget=forms.Textarea(attrs={"rows": 3}))
        reason.label, reason.help_text = "Reason", "Kept in the history and shown on the timeline."
        self.fields["reason"] = reason
