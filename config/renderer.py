"""Forms render through templates/django/forms/, so that no page repeats the markup of a field.

A form field may carry, as plain attributes:
`why` and `source` (stand under "Why we ask"), `choice_hints` ({value: sentence under that answer}),
`shown_by` ((field name, answer): asked inside that answer only), `width` ("short", "date", "medium"),
`suffix` ("hours").
A form whose answers may stay open sets `may_be_incomplete = True`, and its questions are then not marked (optional).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.forms import (
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    ClearableFileInput,
    Field,
    RadioSelect,
    Widget,
)
from django.forms.boundfield import BoundWidget
from django.forms.renderers import TemplatesSetting

CHOICE_WIDGETS = (RadioSelect, CheckboxSelectMultiple)


def opener(form_field: Field) -> tuple[str, str]:
    """The name of the question and the answer that open this one; two empty strings when it is always asked."""
    return getattr(form_field, "shown_by", ("", ""))


@dataclass(frozen=True)
class Choice:
    """One answer of a question with radios or checkboxes, and the questions which that answer opens."""

    widget: BoundWidget
    hint: str
    opens: list[BoundField]


class Question(BoundField):
    """A form field as the register shows it: label, hint, error, answer, in this order."""

    @property
    def why(self) -> str:
        """Why the question is asked; empty when nobody said."""
        return getattr(self.field, "why", "")

    @property
    def source(self) -> str:
        """The rule or document that asks for it."""
        return getattr(self.field, "source", "")

    @property
    def suffix(self) -> str:
        """The unit written behind the answer."""
        return getattr(self.field, "suffix", "")

    @property
    def is_optional(self) -> bool:
        """Marked in the label: only where the rest of the form must be answered."""
        return not self.field.required and not getattr(self.form, "may_be_incomplete", False)

    @property
    def is_single_checkbox(self) -> bool:
        """A yes that is ticked: the label stands behind the box."""
        return isinstance(self.field.widget, CheckboxInput)

    @property
    def is_nested(self) -> bool:
        """Whether another answer of the same form opens this question, and so shows it."""
        parent = self.form.fields.get(opener(self.field)[0])
        return parent is not None and isinstance(parent.widget, CHOICE_WIDGETS)

    @property
    def has_choices(self) -> bool:
        """Answered with radios or checkboxes."""
        return isinstance(self.field.widget, CHOICE_WIDGETS)

    @property
    def choices(self) -> Iterator[Choice]:
        """The answers, each with its hint and the questions which it opens."""
        hints = getattr(self.field, "choice_hints", {})
        for widget in self.subwidgets:
            value = str(widget.data["value"])
            yield Choice(widget, hints.get(value, ""), self._opened_by(value))

    def _opened_by(self, value: str) -> list[BoundField]:
        names = (name for name, field in self.form.fields.items() if opener(field) == (self.name, value))
        return [self.form[name] for name in names]

    def build_widget_attrs(self, attrs: dict[str, Any], widget: Widget | None = None) -> dict[str, Any]:
        """Django's attributes (described by, invalid), and the class that the widget's kind calls for."""
        built = super().build_widget_attrs(attrs, widget)
        kind = widget or self.field.widget
        if not isinstance(kind, (*CHOICE_WIDGETS, CheckboxInput)) and not kind.is_hidden:
            width = getattr(self.field, "width", "medium" if isinstance(kind, ClearableFileInput) else "")
            built.setdefault("class", f"input input-{width}" if width else "input")
        return built


class RegisterRenderer(TemplatesSetting):
    """The register's form, field and error templates."""

    form_template_name = "django/forms/form.html"
    formset_template_name = "django/forms/rows.html"
    field_template_name = "django/forms/field.html"
    bound_field_class = Question
