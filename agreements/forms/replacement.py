"""The form that names the agreement whose place another takes."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from agreements.models import Agreement
from people.models import User


class ReplacementForm(forms.Form):
    """A reference of the user's own agency, in any case."""

    replaced = forms.CharField(
        label="Which agreement does it replace?",
        required=False,
        max_length=20,
        help_text="Its reference, such as MCW-2024-0001. Leave it empty if it replaces none.",
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_replaced(self) -> Agreement | None:
        """The agreement of that reference."""
        reference = str(self.cleaned_data["replaced"]).strip().upper()
        if not reference:
            return None
        found = Agreement.objects.visible_to(self.user).filter(reference=reference).first()
        if found is None:
            raise ValidationError(f"Your agency has no agreement {reference}: look it up in the list")
        return found
