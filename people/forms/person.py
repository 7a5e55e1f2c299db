"""Adding a person, changing what is known about them, moving them, and recording that they leave."""

from datetime import date
from typing import Any

from django import forms

from people.forms.fields import PersonField
from people.labels import head_title
from people.models import Agency, Engagement, Person, Unit, User
from records.forms import NZDateField, let_choose


class PersonForm(forms.ModelForm):
    """What is known about a person."""

    engagement = forms.ChoiceField(
        label="How they are engaged", choices=Engagement.choices, widget=forms.RadioSelect, initial=Engagement.STAFF
    )
    started_on = NZDateField(label="Started on", required=False, help_text="For example 1 July 2025.")

    class Meta:
        model = Person
        fields = ("name", "email", "engagement", "senior", "started_on")

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = "Needed to sign in. Invitations and codes are sent there."
        self.fields["senior"].help_text = f"{head_title(agency)}, or reports to them."


class ChangePersonForm(PersonForm):
    """The same, with the reason that another sign-in address needs."""

    reason = forms.CharField(label="Why the address changes", max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not User.objects.filter(person=self.instance).exists():
            del self.fields["reason"]
            return
        self.fields["email"].required = True
        self.fields["email"].help_text = "They sign in with it. Another one signs them out everywhere."
        self.fields[
            "reason"
        ].help_text = (
            "Needed only with another address. Kept in the history; the old address and the new one get a mail."
        )
        self.order_fields(["name", "email", "reason"])

    def values(self) -> dict[str, Any]:
        """What was said about the person."""
        return {name: value for name, value in self.cleaned_data.items() if name != "reason"}


class PlaceForm(forms.Form):
    """Where somebody works, from when on."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label="Unit", required=False, empty_label="No unit")
    manager = PersonField(label="Manager", required=False)
    position = forms.CharField(label="Position", max_length=200, required=False)
    on = NZDateField(label="From", help_text="The placement before it ends the day before.")

    def __init__(self, *args: Any, user: User, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit, manager = self.fields["unit"], self.fields["manager"]
        let_choose(unit, Unit.objects.visible_to(user).on(day).order_by("name"))
        let_choose(manager, Person.objects.visible_to(user).here_on(day).order_by("name"))


class AddPersonForm(PersonForm):
    """A new person, with a place to work if it is known."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label="Unit", required=False, empty_label="No unit")
    manager = PersonField(label="Manager", required=False)
    position = forms.CharField(label="Position", max_length=200, required=False)

    def __init__(self, *args: Any, user: User, day: date, **kwargs: Any) -> None:
        super().__init__(*args, agency=user.agency, **kwargs)
        unit, manager = self.fields["unit"], self.fields["manager"]
        let_choose(unit, Unit.objects.visible_to(user).on(day).order_by("name"))
        let_choose(manager, Person.objects.visible_to(user).here_on(day).order_by("name"))


class LeaveForm(forms.Form):
    """The day from which somebody is no longer here."""

    left_on = NZDateField(label="First day on which they are no longer here")
    reason = forms.CharField(label="Why", max_length=300, required=False, help_text="Kept in the history.")
