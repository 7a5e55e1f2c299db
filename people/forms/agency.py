"""What an agency calls itself and its roles."""

from collections.abc import Mapping
from typing import Any

from django import forms

from people.models import Agency
from people.roles import Role
from records.forms import ask


class AgencyForm(forms.ModelForm):
    """The settings of an agency."""

    class Meta:
        model = Agency
        fields = ("name", "name_mi", "head_title", "marking", "privacy_email", "names_shared")


class RoleLabelsForm(forms.Form):
    """The agency's own word for each role."""

    may_be_incomplete = True

    def __init__(self, *args: Any, labels: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for role in Role:
            self.fields[role.value] = forms.CharField(
                label=role.label, max_length=60, required=False, initial=labels.get(role, ""), empty_value=""
            )
            ask(self.fields[role.value], width="medium")
