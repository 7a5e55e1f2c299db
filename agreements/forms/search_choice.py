"""A field that chooses one row of a long list by searching: by typing, then choosing among what was found.

Without a script it takes one step more: the form comes back with what was found as radios under the field, and
everything typed is still there. With htmx the radios appear while typing. What is posted, for a field ``x``:
``x`` the text, ``x-pick`` the key of the radio, ``x-for`` the text that the radios were offered for (a radio that was
offered for another text does not count).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.urls import reverse_lazy


@dataclass(frozen=True)
class Offer:
    """One row that may be meant: its key, its name, what tells it from the others."""

    pk: int
    label: str
    note: str = ""
    checked: bool = False


@dataclass(frozen=True)
class Typed:
    """What stands in the field: the text, and the key of the row chosen for that text."""

    text: str
    pick: str = ""


class SearchChoiceWidget(forms.Widget):
    """The text field, and under it what was found."""

    template_name = "django/forms/search_choice.html"
    offers: Sequence[Offer] = ()
    in_doubt = False  # nothing was settled by the text: offers, and the way to add one, stand under the field

    def __init__(self, url: Any, legend: str, add_url: Any = "", attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.url, self.legend, self.add_url = url, legend, add_url

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Typed:
        """The text and the key chosen for it."""
        text, offered_for = data.get(name, ""), data.get(f"{name}-for", "")
        return Typed(text, data.get(f"{name}-pick", "") if text.strip() == offered_for.strip() else "")

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Whether the field was not on the page at all."""
        return name not in data

    def format_value(self, value: Any) -> Any:
        """As it is: a Typed."""
        return value

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Django's context, with the text, what was found for it, and where more is found."""
        typed = value if isinstance(value, Typed) else Typed("")
        offers = [replace(offer, checked=typed.pick == str(offer.pk)) for offer in self.offers]
        return super().get_context(name, value, attrs) | {
            "text": typed.text,
            "pick": typed.pick,
            "offers": offers,
            "legend": self.legend,
            "search_url": f"{self.url}?field={name}",
            "add_url": self.add_url if self.in_doubt else "",
            "field": name,
        }


class SearchChoiceField(forms.Field):
    """Base of the pickers: a subclass says how to search, how to name a row, and what to say when nothing fits.

    ``queryset`` holds the rows that may be chosen; a form narrows it to what its user may see. Works in a ModelForm:
    initial values may be a row or its key, and cleaning gives the row.
    """

    url_name: ClassVar[str]
    add_url_name: ClassVar[str] = ""
    legend: ClassVar[str]
    widget: type[SearchChoiceWidget] = SearchChoiceWidget
    longest: ClassVar[int] = 200

    def __init__(self, *, queryset: Any, **kwargs: Any) -> None:
        add_url = reverse_lazy(self.add_url_name) if self.add_url_name else ""
        kwargs.setdefault("widget", self.widget(reverse_lazy(self.url_name), self.legend, add_url))
        for name in ("limit_choices_to", "to_field_name", "blank", "empty_label"):  # a ModelForm hands them over
            kwargs.pop(name, None)
        super().__init__(**kwargs)
        self._queryset = queryset

    @property
    def queryset(self) -> Any:
        """The rows to choose from, read afresh: fields of a form class live as long as the process."""
        return self._queryset.all()

    @queryset.setter
    def queryset(self, rows: Any) -> None:
        self._queryset = rows

    def label_from_instance(self, row: Any) -> str:
        """What a row is called in the field."""
        return str(row)

    def named(self, text: str) -> list[Any]:
        """The rows that the text names beyond doubt."""
        raise NotImplementedError

    def offers(self, text: str) -> list[Offer]:
        """The rows that the text may mean, the likeliest first."""
        raise NotImplementedError

    def nothing_found(self, text: str) -> str:
        """The sentence when the text means nothing in the list."""
        return f"Nothing is called “{text}”. Check the spelling or search by another word"

    def may_be_added(self, text: str) -> bool:
        """Whether a new row of this name makes sense."""
        return True

    def prepare_value(self, value: Any) -> Typed:
        """A stored row, or its key, as its name with itself chosen; what was typed stays as it was typed."""
        if isinstance(value, int):
            value = self.queryset.model.objects.filter(pk=value).first()
        if isinstance(value, Model):
            return Typed(self.label_from_instance(value), str(value.pk))
        return value if isinstance(value, Typed) else Typed(str(value or ""))

    def clean(self, value: Any) -> Any:
        """The row. Raises ValidationError, and then offers under the field what may be meant."""
        typed = self.prepare_value(value)
        text = forms.CharField(required=False, max_length=self.longest).clean(typed.text)
        if not text:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        row = self._picked(typed.pick) if typed.pick else self._named(text)
        self.run_validators(row)
        return row

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether another row, or another text, stands in the field."""
        return self.prepare_value(initial) != self.prepare_value(data)

    def _picked(self, pick: str) -> Any:
        row = self.queryset.filter(pk=int(pick)).first() if pick.isdecimal() and len(pick) < 19 else None
        if row is None:
            raise ValidationError("What you chose is no longer there: choose again", code="gone")
        return row

    def _named(self, text: str) -> Any:
        named = self.named(text)
        if len(named) == 1:
            return named[0]
        self.widget.offers, self.widget.in_doubt = self.offers(text), self.may_be_added(text)
        if not self.widget.offers:
            raise ValidationError(self.nothing_found(text), code="nothing_found")
        raise ValidationError(f"Choose which one you mean by “{text}”", code="choose")
