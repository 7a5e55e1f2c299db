"""The forms of a policy: what it is, and what happened to it."""

from datetime import date
from typing import Any

from django import forms

from assurance.models import Policy, PolicyArea, PolicyStep, PolicyStepKind
from people.forms.fields import PersonField
from people.models import Person, User
from records.forms import NZDateField, ask, let_choose


class PolicyForm(forms.ModelForm):
    """What a policy is, who owns it and where it is read."""

    owner = PersonField(label="Who owns it?")
    address = forms.URLField(
        label="Its address",
        required=False,
        assume_scheme="https",
        max_length=500,
        help_text="On the intranet or online.",
    )

    class Meta:
        model = Policy
        fields: tuple[str, ...] = ("title", "owner", "address", "document")
        labels = {"document": "Or the document"}
        help_texts = {"document": "Its name, and where it is kept."}

    def __init__(self, user: User, on: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Person.objects.visible_to(user)
        held = people.filter(pk=self.instance.owner_id or 0)
        let_choose(self.fields["owner"], (people.here_on(on) | held).order_by("name"))


class NewPolicyForm(PolicyForm):
    """With its area, the day of its approval and of its next review."""

    area = forms.ChoiceField(label="Which area is it about?", choices=PolicyArea.choices, widget=forms.RadioSelect)

    approved_on = NZDateField(label="When was it approved?")
    next_review = NZDateField(label="When is it reviewed next?")

    class Meta(PolicyForm.Meta):
        fields = ("title", "area", *PolicyForm.Meta.fields[1:], "approved_on", "next_review")


class PolicyStepForm(forms.ModelForm):
    """Approved anew, reviewed, or withdrawn."""

    kind = forms.ChoiceField(label="What happened?", choices=PolicyStepKind.choices, widget=forms.RadioSelect)
    on = NZDateField(label="On which day?")
    next_review = NZDateField(label="When is it reviewed next?", required=False)

    class Meta:
        model = PolicyStep
        fields = ("kind", "next_review", "on", "note")
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask(self.fields["next_review"], shown_by=("kind", "approved reviewed"))
