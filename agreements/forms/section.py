"""The form of one section, made from the models' fields and the words in questions.toml."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db import models

from agreements.models import Agreement, Terms
from agreements.questions import QUESTIONS
from agreements.sections import Section
from people.models import Person, User
from records.choices import YesNoUnknown
from records.forms import NZDateField, PickField, YesNoUnknownField, ask

MOST_RADIOS = 7
SUFFIXES = {"breach_hours": "hours", "people_affected": "people a year", "cycle_months": "months"}
SHORT = {"breach_hours": "short", "people_affected": "date", "cycle_months": "short"}


class SectionForm(forms.Form):
    """Every question of a section. Nothing has to be answered to save: what is missing is shown, not refused."""

    may_be_incomplete = True

    def __init__(self, section: Section, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in section.fields:
            self.fields[name] = _field(name, user)
            if name in section.follow_ups:
                ask(self.fields[name], shown_by=section.follow_ups[name])

    def values(self) -> dict[str, Any]:
        """What was answered, as the models keep it: nothing is an empty text or None."""
        return {name: kept(model_field(name), value) for name, value in self.cleaned_data.items()}


def model_field(name: str) -> "models.Field[Any, Any]":
    """The field of Agreement or Terms that holds the answer."""
    own = {field.name for field in Agreement._meta.concrete_fields}
    return (Agreement if name in own else Terms)._meta.get_field(name)  # type: ignore[return-value]


def kept(column: "models.Field[Any, Any]", value: Any) -> Any:
    """An answer as its column keeps it: an empty choice falls back to the column's default."""
    if value is not None and value != "":
        return value
    if isinstance(column, models.CharField | models.TextField):
        return column.get_default() or ""
    return None


def _field(name: str, user: User) -> forms.Field:
    question = QUESTIONS[name]
    field = form_field(model_field(name), user, required=name in {"title", "kind"})
    field.label, field.help_text = question.asked_by(user.agency), question.hint
    unsure = "" if question.confirmed else " (to be confirmed)"
    ask(field, why=question.why, source=question.source + unsure if question.source else "")
    if name in SUFFIXES:
        ask(field, suffix=SUFFIXES[name], width=SHORT[name])
    return field


def form_field(column: "models.Field[Any, Any]", user: User, *, required: bool) -> forms.Field:
    """The form field for a column, in the register's own kinds: dates as people write them, people by name."""
    if isinstance(column, models.DateField):
        return NZDateField(required=required)
    if isinstance(column, models.ForeignKey) and column.related_model is Person:
        return PickField(queryset=Person.objects.visible_to(user).order_by("name"), required=required)
    if list(column.choices or ()) == YesNoUnknown.choices:
        return YesNoUnknownField(required=False, initial=YesNoUnknown.UNKNOWN)
    if column.choices:
        return _choice(column, required)
    field: forms.Field = column.formfield(required=required)  # type: ignore[assignment]  # only editable columns are asked
    if isinstance(column, models.TextField):
        field.widget.attrs["rows"] = 4
    if isinstance(column, models.IntegerField):
        field.widget = forms.TextInput(attrs={"inputmode": "numeric"})
    return field


def _choice(column: "models.Field[Any, Any]", required: bool) -> forms.Field:
    choices = list(column.choices or ())
    widget = forms.RadioSelect if len(choices) <= MOST_RADIOS else forms.Select
    start = column.get_default() or ""
    return forms.ChoiceField(choices=choices, widget=widget, required=required, initial=start)


def shown(name: str, value: Any) -> str:
    """An answer as a person reads it, for the table of answers that differ."""
    column = model_field(name)
    if column.choices:
        return str(dict(column.choices).get(value, value))
    return "Nothing" if value in (None, "") else str(value)


def initial(values: Mapping[str, Any]) -> dict[str, Any]:
    """What a form shows at first: people by their number."""
    return {name: getattr(value, "pk", value) for name, value in values.items()}
