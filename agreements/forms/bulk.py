"""What to set on many agreements."""

from datetime import date
from typing import Any

from django import forms

from people.labels import role_label
from people.models import Person, User
from people.roles import Role
from records.forms import NZDateField, PickField


class BulkForm(forms.Form):
    """Owner, next review, and why."""

    owner = PickField(queryset=None, required=False, label="Owner", help_text="Leave it empty to keep each owner.")
    review_due_on = NZDateField(required=False, label="Next review", help_text="Leave it empty to keep each date.")
    reason = forms.CharField(
        label="Why?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Kept in the history of each agreement.",
        error_messages={"required": "Say why: the reason is kept with each agreement"},
    )
    references = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, user: User, on: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people: Any = self.fields["owner"]
        people.label = role_label(user.agency, Role.BUSINESS_OWNER, "Owner")
        people.queryset = Person.objects.visible_to(user).here_on(on).order_by("name")

    def clean(self) -> dict[str, Any]:
        """At least one of the two is set."""
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("owner") and not cleaned.get("review_due_on"):
            raise forms.ValidationError("Choose an owner, a date for the next review, or both")
        return cleaned
