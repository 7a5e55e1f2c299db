"""Handing something over."""

from datetime import date
from typing import Any

from django import forms

from people.forms.fields import PersonField
from people.models import Person, User
from records.forms import let_choose


class HandoverForm(forms.Form):
    """Who takes it over."""

    to = PersonField(label="Who takes it over")

    def __init__(self, *args: Any, user: User, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        let_choose(self.fields["to"], Person.objects.visible_to(user).here_on(on).order_by("name"))
