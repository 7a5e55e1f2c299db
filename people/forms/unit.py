"""Adding and changing a unit."""

from typing import Any

from django import forms

from people.models import Unit, User
from records.forms import NZDateField, let_choose


class UnitForm(forms.Form):
    """A unit, where it stands, and from when until when it exists."""

    name = forms.CharField(label="Name", max_length=200)
    parent = forms.ModelChoiceField(
        Unit.objects.none(), label="Part of", required=False, empty_label="Nothing: it stands at the top"
    )
    starts_on = NZDateField(label="From", required=False)
    ends_on = NZDateField(label="Last day", required=False, help_text="Leave empty while it exists.")

    def __init__(self, *args: Any, user: User, unit: Unit | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Unit.objects.visible_to(user).order_by("name")
        let_choose(self.fields["parent"], others.exclude(pk=unit.pk) if unit else others)
