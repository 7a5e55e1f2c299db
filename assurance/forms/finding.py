"""The forms of findings and of the actions about them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from agreements.models import Document, Organisation
from assurance.forms.activity import here, requirement_choices
from assurance.forms.evidence import ShownForm
from assurance.models import Severity
from people.forms.fields import PersonField
from people.models import User
from records.forms import NZDateField, PickField, let_choose


class FindingForm(forms.Form):
    """What is not as it should be."""

    title = forms.CharField(label="What is it, in one line?", max_length=200)
    detail = forms.CharField(
        label="What was found, and how?", max_length=5000, widget=forms.Textarea(attrs={"rows": 5})
    )
    severity = forms.ChoiceField(label="Severity", choices=Severity.choices, widget=forms.RadioSelect)
    requirement = forms.ChoiceField(label="Which requirement is it about?", required=False)
    opened_on = NZDateField(label="When was it found?")
    organisation = PickField(
        queryset=Organisation.objects.none(), label="Which organisation is it about?", required=False,
        help_text="Type a name and choose from the list, or leave it empty.",
    )  # fmt: skip

    def __init__(self, user: User, on: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        let_choose(self.fields["requirement"], requirement_choices(on))
        organisations = Organisation.objects.visible_to(user).current().order_by("name")
        let_choose(self.fields["organisation"], organisations)

    def values(self) -> dict[str, Any]:
        """What the finding says."""
        names = ("title", "detail", "severity", "requirement", "opened_on")
        return {name: self.cleaned_data[name] for name in names}


class ActionForm(forms.Form):
    """What has to be done, by whom and by when."""

    what = forms.CharField(label="What has to be done?", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    owner = PersonField(label="Who does it?")
    due_on = NZDateField(label="By when?")

    def __init__(self, user: User, on: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        let_choose(self.fields["owner"], here(user, on))


class MoveActionForm(forms.Form):
    """Another owner or day, and why."""

    owner = PersonField(label="Who does it?")
    due_on = NZDateField(label="By when?")
    why = forms.CharField(label="Why does it change?", max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, user: User, on: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        let_choose(self.fields["owner"], here(user, on))


class DoneForm(ShownForm):
    """What was done, and what shows it."""

    note = forms.CharField(label="What was done?", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, documents: Sequence[Document] | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(documents, *args, **kwargs)


class VerifyForm(forms.Form):
    """Whether it is done, as somebody else sees it."""

    verdict = forms.ChoiceField(
        label="Is it done?", widget=forms.RadioSelect,
        choices=[("yes", "Yes: I have seen that it is done"), ("no", "No: it goes back to its owner")],
    )  # fmt: skip
    note = forms.CharField(
        label="How you saw it, or what is missing", max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class AcceptForm(forms.Form):
    """Why, and until when."""

    why = forms.CharField(
        label="Why can the agency live with this risk?", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="It is shown wherever the finding is. The finding stays open and counts as open.",
    )  # fmt: skip
    until_on = NZDateField(label="Until when?", help_text="A year at most. It ends by itself.")
