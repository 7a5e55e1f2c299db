"""The form that asks for a day."""

from datetime import date
from typing import Any

from django import forms

from records.forms import NZDateField


class DayForm(forms.Form):
    """Which day."""

    on = NZDateField(label="As at the end of which day?")

    def __init__(self, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_on(self) -> date:
        """A day that has come."""
        day: date = self.cleaned_data["on"]
        if day > self.today:
            raise forms.ValidationError("This day has not come yet: choose today or a day that is over")
        return day
