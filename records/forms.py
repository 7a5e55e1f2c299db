"""Form fields for every app: dates as people write them, facts that may be unknown, names out of long lists."""

import re
import unicodedata
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils import timezone

from records.choices import YesNoUnknown

DATE_ERROR = "Enter the date as day, month and year, such as 1 July 2025"
MOMENT_ERROR = "Enter day and time, such as 1 July 2025, 4.12 pm"
CLOCK = re.compile(r"[ ,]\s*(\d{1,2})(?:[.:](\d{2}))?\s*([ap]\.?m\.?)?$", re.IGNORECASE)
DATE_FORMATS = ("%d %B %Y", "%d %b %Y", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y-%m-%d")
FIRST_YEAR = 1000
UNKNOWN_HINT = {YesNoUnknown.UNKNOWN: "Counted as unknown, never as no"}


class NZDateField(forms.DateField):
    """A date in one text field that reads `1 July 2025`, `1/7/2025` and `2025-07-01`, the day always first.

    A year below 1000 is a slip of a key: no page writes it so that it can be read back, and as a moment the database
    would hand back a year before Christ, which Python does not know.
    """

    width = "date"
    default_error_messages = {"invalid": DATE_ERROR}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off"}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:
        """The date; raises ValidationError with an example."""
        if value in self.empty_values or isinstance(value, date):
            return value.date() if isinstance(value, datetime) else value or None
        text = re.sub(r"\s+", " ", str(value)).strip()
        for pattern in DATE_FORMATS:
            try:
                day = datetime.strptime(text, pattern).date()
            except ValueError:
                continue
            if day.year >= FIRST_YEAR:
                return day
        raise ValidationError(DATE_ERROR, code="invalid")

    def prepare_value(self, value: Any) -> Any:
        """A stored date as people write it; what was typed stays as it was typed."""
        return f"{value.day} {value:%B} {value.year}" if isinstance(value, date) else value


class NZMomentField(NZDateField):
    """A day and a time of New Zealand in one text field: `1 July 2025, 4.12 pm`, `1/7/2025 16:12`."""

    width = "medium"

    def to_python(self, value: Any) -> Any:
        """The moment; raises ValidationError with an example."""
        if value in self.empty_values or isinstance(value, datetime):
            return value or None
        text = " ".join(str(value).split())
        found = CLOCK.search(text)
        if found is None or (found[2] is None and found[3] is None):
            raise ValidationError(MOMENT_ERROR, code="invalid")
        day = super().to_python(text[: found.start()].rstrip(" ,"))
        hour, minute = int(found[1]), int(found[2] or 0)
        half = (found[3] or "").lower()[:1]
        if day is None or minute > 59 or hour > (12 if half else 23) or (half and hour == 0):
            raise ValidationError(MOMENT_ERROR, code="invalid")
        hour = hour % 12 + (12 if half == "p" else 0) if half else hour
        return datetime.combine(day, time(hour, minute), timezone.get_current_timezone())

    def prepare_value(self, value: Any) -> Any:
        """A stored moment as people write it; what was typed stays as it was typed."""
        if not isinstance(value, datetime):
            return value
        local = timezone.localtime(value)
        half = "am" if local.hour < 12 else "pm"
        return f"{local.day} {local:%B} {local.year}, {local.hour % 12 or 12}.{local:%M} {half}"


class YesNoUnknownField(forms.ChoiceField):
    """Yes, no, or we do not know yet, as radios; unknown is stored as unknown."""

    choice_hints = UNKNOWN_HINT

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("choices", YesNoUnknown.choices)
        kwargs.setdefault("widget", forms.RadioSelect)
        super().__init__(**kwargs)


class PickInput(forms.TextInput):
    """A text field with suggestions (`<datalist>`): a select with search that needs no script."""

    template_name = "django/forms/pick.html"
    suggestions: Any = ()

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Django's context, with the suggestions and the id of their list."""
        context = super().get_context(name, value, attrs)
        list_id = f"{context['widget']['attrs'].get('id', name)}_list"
        context["widget"]["attrs"] |= {"list": list_id, "autocomplete": "off"}
        return context | {"suggestions": self.suggestions, "list_id": list_id}


class PickField(forms.ModelChoiceField):
    """One row of a long list, picked by typing its name; capitals and macrons do not matter."""

    widget = PickInput
    default_error_messages = {"invalid_choice": "Nothing is called “%(value)s”. Choose one from the list"}

    def names(self) -> dict[str, Model]:
        """Each row of the list by the name that it is offered under."""
        return {self.label_from_instance(row): row for row in self.queryset.all()}  # type: ignore[union-attr]  # asked for only with one

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> forms.BoundField:
        """Django's, once the suggestions are handed to the widget (a form copies its fields)."""
        self.widget.suggestions = list(self.names()) if self.queryset is not None else []
        return super().get_bound_field(form, field_name)

    def to_python(self, value: Any) -> Model | None:
        """The row with that name; raises ValidationError when there is none."""
        if value in self.empty_values:
            return None
        wanted = plain(str(value))
        for name, row in self.names().items():
            if plain(name) == wanted:
                return row
        raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice", params={"value": value})

    def prepare_value(self, value: Any) -> Any:
        """A stored row by its name; what was typed stays as it was typed."""
        if isinstance(value, Model):
            return self.label_from_instance(value)
        if isinstance(value, int):
            row = self.queryset.filter(pk=value).first() if self.queryset is not None else None
            return self.label_from_instance(row) if row else ""
        return value


def say_instead(form: forms.BaseForm, **values: Any) -> None:
    """Let a form that was posted say these when it is shown again, in the place of what was sent."""
    posted: Any = form.data
    anew = posted.copy()
    for name, value in values.items():
        anew[name] = value
    form.data = anew


def let_choose(field: forms.Field, among: Any) -> None:
    """Let a field choose among these: rows as a queryset, or values with their words."""
    setattr(field, "queryset" if isinstance(among, QuerySet) else "choices", among)


def ask(field: forms.Field, **notes: Any) -> None:
    """Hangs on a field what config/renderer.py reads: why, source, shown_by, owed_once_shown, width and so on."""
    for name, value in notes.items():
        setattr(field, name, value)


def plain(text: str) -> str:
    """Lower case without macrons or other marks, single spaces: for comparing names."""
    marks_apart = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(letter for letter in marks_apart if not unicodedata.combining(letter)).split())
