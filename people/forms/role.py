"""Giving a role."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from people.roles import ROLE_PERMISSIONS, Permission, Role
from records.forms import NZDateField, ask, let_choose


def allows(role: Role) -> str:
    """What a role allows, as one sentence."""
    found = [permission.value for permission in Permission if permission in ROLE_PERMISSIONS[role]]
    return "; ".join(found) if found else "Signs in and sees what is theirs"


class GrantForm(forms.Form):
    """A role, with what it allows under each, and a last day if it is for a while."""

    role = forms.ChoiceField(label="Role", widget=forms.RadioSelect)
    until = NZDateField(label="Last day", required=False, help_text="Leave empty if it holds until somebody ends it.")

    def __init__(self, *args: Any, labels: Mapping[Role, str], held: set[str], on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        role = self.fields["role"]
        let_choose(role, [(one.value, label) for one, label in labels.items() if one.value not in held])
        ask(role, choice_hints={one.value: allows(one) for one in labels})

    def clean_until(self) -> date | None:
        """Not a day that has passed."""
        until: date | None = self.cleaned_data["until"]
        if until and until < self.on:
            raise forms.ValidationError("This day has passed: enter today or a later one")
        return until
