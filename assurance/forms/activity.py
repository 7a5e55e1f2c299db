"""The forms of assurance activities: plan one, move it, say what came of it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from agreements.models import Document
from assurance.editions import asked_of
from assurance.forms.evidence import ShownForm
from assurance.models import ActivityKind, ActivityOutcome, Severity
from people.forms.fields import PersonField
from people.models import Person, User
from records.forms import NZDateField, ask, let_choose


def here(user: User, on: date) -> Any:
    """The people who can be named."""
    return Person.objects.visible_to(user).here_on(on).order_by("name")


def requirement_choices(on: date) -> list[tuple[str, str]]:
    """What a finding may be about."""
    asked = [("", "None in particular")]
    return asked + [(one.id, str(one)) for about in ("agreement", "agency") for one in asked_of(about, on)]


class PlanForm(forms.Form):
    """What is planned, by when, who does it and why."""

    kind = forms.ChoiceField(label="What is to be done?", choices=ActivityKind.choices, widget=forms.RadioSelect)
    due_on = NZDateField(label="By when?")
    responsible = PersonField(
        label="Who does it?", required=False,
        help_text="Type a name and choose from the list. Left empty, it is whoever manages the agreement.",
    )  # fmt: skip
    asked = forms.CharField(
        label="What is to be looked at?", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    why = forms.CharField(label="Why now?", max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, user: User, on: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        let_choose(self.fields["responsible"], here(user, on))

    def values(self) -> dict[str, Any]:
        """What the activity says."""
        return {name: self.cleaned_data[name] for name in ("kind", "due_on", "responsible", "asked")}


class MoveForm(forms.Form):
    """Another day, or somebody else, and why."""

    due_on = NZDateField(label="By when?")
    responsible = PersonField(
        label="Who does it?", required=False,
        help_text="Type a name and choose from the list. Left empty, it is whoever manages the agreement.",
    )  # fmt: skip
    why = forms.CharField(label="Why does it change?", max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, user: User, on: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        let_choose(self.fields["responsible"], here(user, on))


class DoForm(ShownForm):
    """What was looked at, what came of it, what shows it, and the severity where it is not as it should be."""

    done_on = NZDateField(label="When was it done?")
    summary = forms.CharField(
        label="What was looked at, and what was seen?", max_length=5000, widget=forms.Textarea(attrs={"rows": 5})
    )
    outcome = forms.ChoiceField(label="Outcome", choices=ActivityOutcome.choices, widget=forms.RadioSelect)
    severity = forms.ChoiceField(
        label="Severity", required=False, choices=[("", "Choose a severity"), *Severity.choices],
        help_text="A finding is opened with this, so that something is done about it.",
    )  # fmt: skip
    requirement = forms.ChoiceField(label="Which requirement is it about?", required=False)
    title = forms.CharField(
        label="The finding in one line", required=False, max_length=200,
        help_text="Left empty, it says what was done and what came of it.",
    )  # fmt: skip

    def __init__(self, documents: Sequence[Document], on: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(documents, *args, **kwargs)
        let_choose(self.fields["requirement"], requirement_choices(on))
        for name in ("severity", "requirement", "title"):
            ask(self.fields[name], shown_by=("outcome", "partly unsatisfactory"))

    def values(self) -> dict[str, Any]:
        """What was done."""
        return {name: self.cleaned_data[name] for name in ("done_on", "outcome", "summary")}

    def finding(self) -> dict[str, Any]:
        """What the finding says, where one is opened."""
        return {name: self.cleaned_data[name] for name in ("severity", "requirement", "title")}


class WhyForm(forms.Form):
    """Asks why."""

    why = forms.CharField(label="Why?", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class CycleForm(forms.Form):
    """How many months, or none, and why."""

    months = forms.IntegerField(
        label="How many months lie between two?", min_value=0, max_value=120, required=False,
        help_text="0: none is scheduled. Left empty, what counts otherwise counts again.",
    )  # fmt: skip
    why = forms.CharField(label="Why?", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
