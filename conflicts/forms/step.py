"""The form of one step of a declaration: the reason, and to whom it goes where it is passed on."""

from datetime import date
from typing import Any

from django import forms

from conflicts.lifecycle import Step
from conflicts.models import Declaration
from people.forms.fields import PersonField
from people.models import Person
from records.forms import let_choose

WITHOUT_REASON = ("take_up", "acknowledge")
REASONS = {
    "send_back": ("What is missing?", "The declarant reads this."),
    "escalate": ("Why do you pass it on?", "Kept with the step. The declarant reads it too."),
    "close": ("Why is it closed?", "For example: the contract has ended, or the interest was given up."),
    "put_right": ("How was it put right?", "What was done, and how you know."),
}


class StepForm(forms.Form):
    """Asks only what the step needs."""

    def __init__(self, step: Step, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if step.name in WITHOUT_REASON:
            return
        label, hint = REASONS.get(step.name, ("Why?", "Kept with the step."))
        area = forms.Textarea(attrs={"rows": 3})
        self.fields["reason"] = forms.CharField(
            label=label, help_text=hint, max_length=2000, required=step.needs_reason, widget=area
        )


class PassOnForm(forms.Form):
    """To whom, and why."""

    to = PersonField(label="Who decides instead?")
    reason = forms.CharField(
        label="Why do you pass it on?",
        help_text="Kept with the step. The declarant reads it too.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, declaration: Declaration, on: date, *args: Any, label: str = "", **kwargs: Any) -> None:
        """Offered are the people who work here, without the declarant."""
        super().__init__(*args, **kwargs)
        people = Person.objects.filter(agency=declaration.agency_id).here_on(on).exclude(declarations=declaration)
        let_choose(self.fields["to"], people.order_by("name"))
        self.fields["to"].label = label or self.fields["to"].label
