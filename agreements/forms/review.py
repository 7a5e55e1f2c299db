"""The forms of a review, of the use of a provision, and of a comment."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from agreements.choices import ReviewOutcome
from agreements.forms.evidence import evidence_fields, evidence_in_words
from agreements.models import Document
from agreements.provisions import CODES
from people.forms.fields import PersonField
from people.models import Person, User
from records.choices import YesNoUnknown
from records.forms import NZDateField, YesNoUnknownField, ask, let_choose


class ReviewForm(forms.Form):
    """What a review found, and when the next one is."""

    done_on = NZDateField(label="When was it done?")
    outcome = forms.ChoiceField(label="What did it decide?", choices=ReviewOutcome.choices, widget=forms.RadioSelect)
    findings = forms.CharField(
        label="What did it find?", max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    gmc_considered = YesNoUnknownField(
        label="Were the model contract’s newer conflict-of-interest terms considered?",
        required=False,
        initial=YesNoUnknown.UNKNOWN,
    )
    next_due_on = NZDateField(
        label="When is it looked at next?", required=False, help_text="Leave it empty where it ends or is replaced."
    )

    def __init__(self, documents: Sequence[Document], *args: Any, today: date, **kwargs: Any) -> None:
        kwargs["initial"] = {"done_on": today} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.fields |= evidence_fields(documents)
        ask(
            self.fields["gmc_considered"],
            why="The Public Service Commissioner asked that they be considered whenever an arrangement is reviewed.",
            source="Commissioner’s letter of 18 February 2025, paragraph 2",
        )

    def clean_gmc_considered(self) -> str:
        """No answer is unknown."""
        return self.cleaned_data["gmc_considered"] or YesNoUnknown.UNKNOWN.value


class ExerciseForm(forms.Form):
    """Which provision was used, when, and what was found."""

    code = forms.ChoiceField(
        label="Which provision?", choices=[("", "Choose a provision"), *((c, f"{c} {title}") for c, title in CODES)]
    )
    on = NZDateField(label="When was it used?")
    found = forms.CharField(
        label="What was found?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For example: access rights audited, two leavers still had access, removed the same day.",
    )

    def __init__(self, documents: Sequence[Document], *args: Any, today: date, **kwargs: Any) -> None:
        kwargs["initial"] = {"on": today} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.fields |= evidence_fields(documents) | {"evidence_note": evidence_in_words()}


class CommentForm(forms.Form):
    """A comment, and whom it asks to do something."""

    text = forms.CharField(
        label="Comment",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Name a colleague with @ and the whole name. Only your own agency reads it.",
    )
    assigned_to = PersonField(
        label="Ask somebody to do it",
        required=False,
        help_text="Type a name and choose from the list; or leave it empty.",
    )

    def __init__(self, user: User, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = Person.objects.visible_to(user).here_on(today).order_by("name")
        let_choose(self.fields["assigned_to"], here)
