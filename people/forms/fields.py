"""Fields and small forms that the pages of people share."""

from typing import Any

from django import forms
from django.forms import Textarea

from people.models import Person
from records.forms import PickField, plain


class PersonField(PickField):
    """Somebody of the agency, picked by name; the e-mail address tells two of one name apart."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("queryset", Person.objects.none())
        kwargs.setdefault("help_text", "Type a name and choose from the list.")
        super().__init__(**kwargs)

    def label_from_instance(self, obj: Any) -> str:
        """Name and address."""
        return f"{obj.name} ({obj.email})" if obj.email else str(obj.name)

    def to_python(self, value: Any) -> Any:
        """Somebody by name and address, or by the name alone where nobody else of the list has it."""
        wanted = plain(str(value or ""))
        named = [row for row in self.names().values() if wanted and plain(row.name) == wanted]  # type: ignore[attr-defined]  # people
        return named[0] if len(named) == 1 else super().to_python(value)


class ReasonForm(forms.Form):
    """Asks why, where the reason is kept."""

    reason = forms.CharField(
        label="Why", max_length=300, widget=Textarea(attrs={"rows": 3}), help_text="Kept in the history."
    )
