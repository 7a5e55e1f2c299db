"""Forms render through templates/django/forms/, so that no page repeats the markup of a field.

A form field may carry, as plain attributes:
`why` and `source` (stand under "Why we ask"), `choice_hints` ({value: sentence under that answer}),
`shown_by` ((field name, answers with spaces between): asked below those answers only),
`width` ("short", "date", "medium"), `suffix` ("hours").
A form whose answers may stay open sets `may_be_incomplete = True`, and its questions are then not marked (optional).
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import (
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    ClearableFileInput,
    Field,
    IntegerField,
    RadioSelect,
    Select,
    Widget,
)
from django.forms.boundfield import BoundWidget
from django.forms.renderers import TemplatesSetting
from django.forms.utils import ErrorList

CHOICE_WIDGETS = (RadioSelect, CheckboxSelectMultiple)
# A label that is no noun is repeated as it stands: “Enter the signed on” is not English.
ASKING_ENDS = ("?", " on", " by", " at", " to", " until")
ASKING_BEGINNINGS = ("How ", "In ", "What ", "When ", "Where ", "Who", "Why ")


def opener(form_field: Field) -> tuple[str, set[str]]:
    """The name of the question and the answers to it that open this one; nothing when it is always asked."""
    name, answers = getattr(form_field, "shown_by", ("", ""))
    return name, set(answers.split())


@dataclass(frozen=True)
class Choice:
    """One answer of a question with radios or checkboxes."""

    widget: BoundWidget
    hint: str


@dataclass(frozen=True)
class Answers:
    """Neighbouring answers that open the same questions, which stand below them."""

    choices: list[Choice]
    opens: list[BoundField]


class Question(BoundField):
    """A form field as the register shows it: label, hint, error, answer, in this order."""

    @property
    def errors(self) -> ErrorList:
        """Django's, with a sentence that names the question where Django says only that it is required."""
        found = super().errors
        plain = [self._sentence(error) for error in found.as_data()]
        return found.__class__(plain, error_class=None, renderer=self.renderer, field_id=self.auto_id)

    def _sentence(self, error: ValidationError) -> ValidationError:
        if error.code == "invalid" and error.message == IntegerField.default_error_messages["invalid"]:
            return ValidationError(f"Answer “{self.label}” with a whole number, such as 24", code="invalid")
        if error.code != "required" or error.message != Field.default_error_messages["required"]:
            return error
        return ValidationError(self._demand(str(self.label)), code="required")

    def _demand(self, label: str) -> str:
        if self.is_single_checkbox:
            return f"Tick “{label}”"
        if label.endswith(ASKING_ENDS) or label.startswith(ASKING_BEGINNINGS):
            return f"Answer “{label}”"
        inside = label if label[1:2].isupper() else f"{label[:1].lower()}{label[1:]}"
        picked = isinstance(self.field.widget, (*CHOICE_WIDGETS, Select, ClearableFileInput))
        named = inside if inside.startswith(("the ", "your ", "their ")) else f"the {inside}"
        return f"{'Choose' if picked else 'Enter'} {named}"

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
        """Marked in the label: only where the rest of the form must be answered, and never what is owed once shown."""
        if getattr(self.field, "owed_once_shown", False):
            return False
        return not self.field.required and not getattr(self.form, "may_be_incomplete", False)

    @property
    def is_single_checkbox(self) -> bool:
        """A yes that is ticked: the label stands behind the box."""
        return isinstance(self.field.widget, CheckboxInput)

    @property
    def has_choices(self) -> bool:
        """Answered with radios or checkboxes."""
        return isinstance(self.field.widget, CHOICE_WIDGETS)

    @property
    def is_nested(self) -> bool:
        """Whether another question of the same form opens this one, and so shows it among its answers."""
        name, _ = opener(self.field)
        parent = self.form[name] if name in self.form.fields else None
        return isinstance(parent, Question) and any(self.name in names for _, names in parent.opened_runs())

    def answers(self) -> Iterator[Answers]:
        """The answers, grouped by the questions which they open."""
        hints = getattr(self.field, "choice_hints", {})
        for widgets, names in self.opened_runs():
            choices = [Choice(widget, hints.get(str(widget.data["value"]), "")) for widget in widgets]
            yield Answers(choices, [self.form[name] for name in names])

    def opened_runs(self) -> list[tuple[list[BoundWidget], list[str]]]:
        """Neighbouring answers with the names of what they open. A question that answers far apart open is left out."""
        if not self.has_choices:
            return []
        runs = [(list(run), names) for names, run in groupby(self.subwidgets, self._opened_by)]
        times = Counter(name for _, names in runs for name in names)
        return [(run, [name for name in names if times[name] == 1]) for run, names in runs]

    def _opened_by(self, widget: BoundWidget) -> list[str]:
        value = str(widget.data["value"])
        openers = ((name, *opener(field)) for name, field in self.form.fields.items())
        return [name for name, parent, answers in openers if parent == self.name and value in answers]

    def build_widget_attrs(self, attrs: dict[str, Any], widget: Widget | None = None) -> dict[str, Any]:
        """Django's attributes (described by, invalid), and the class that the widget's kind calls for."""
        built = super().build_widget_attrs(attrs, widget)
        kind = widget or self.field.widget
        if not isinstance(kind, (*CHOICE_WIDGETS, CheckboxInput)) and not kind.is_hidden:
            width = getattr(self.field, "width", "medium" if isinstance(kind, ClearableFileInput) else "")
            built.setdefault("class", f"input input-{width}" if width else "input")
            if str(self.label).lower() in kind.attrs.get("placeholder", "").lower():
                built["placeholder"] = False  # a library's form repeats its label inside the box
        return built


class RegisterRenderer(TemplatesSetting):
    """The register's form, field and error templates."""

    form_template_name = "django/forms/form.html"
    field_template_name = "django/forms/field.html"
    bound_field_class = Question
