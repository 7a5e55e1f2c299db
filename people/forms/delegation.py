"""Recording a delegation."""

from datetime import date
from typing import Any

from django import forms

from people.forms.fields import PersonField
from people.models import Person, Power, User
from records.forms import NZDateField, let_choose


class DelegationForm(forms.Form):
    """Who gives which power to whom, from when until when, by which document."""

    giver = PersonField(label="Given by")
    holder = PersonField(label="Given to")
    power = forms.ChoiceField(label="What they may do", choices=Power.choices, widget=forms.RadioSelect)
    starts_on = NZDateField(label="From")
    ends_on = NZDateField(label="Last day", required=False, help_text="Leave empty if it holds until somebody ends it.")
    document = forms.CharField(
        label="Document", max_length=300, help_text="The instrument of delegation and where it is kept."
    )

    def __init__(self, *args: Any, user: User, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = Person.objects.visible_to(user).here_on(on).order_by("name")
        for name in ("giver", "holder"):
            let_choose(self.fields[name], here)
