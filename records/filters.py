"""Filters of a list: each reads its part of an address, narrows the rows, and says in words what it does."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Literal

from django.core.exceptions import ValidationError
from django.db.models import F, Q
from django.db.models.expressions import Combinable

from records.errors import Refused
from records.forms import DATE_ERROR, NZDateField
from records.words import nz_date

LONGEST_TEXT = 200


@dataclass(frozen=True)
class Filter:
    """One filter: ``name`` in the address, ``label`` on the page. Subclasses read, narrow and put into words.

    One of shape "link" has no field: links set it, its chip takes it off, and the form carries it along.
    """

    name: str
    label: str
    shape: Literal["options", "date", "text", "pick", "link"] = field(default="text", init=False)

    def read(self, raw: list[str]) -> tuple[str, ...]:
        """The values in the address, in one spelling. Raises Refused with a sentence."""
        text = raw[-1].strip() if raw else ""
        if len(text) > LONGEST_TEXT:
            raise Refused(f"{self.label}: enter at most {LONGEST_TEXT} characters")
        return (text,) if text else ()

    def condition(self, values: tuple[str, ...]) -> Q:
        """Which rows pass."""
        raise NotImplementedError

    def words(self, values: tuple[str, ...]) -> str:
        """What the chip says."""
        return f"{self.label}: {values[0]}"


@dataclass(frozen=True)
class Option:
    """One answer of an OptionFilter and the rows it stands for."""

    value: str
    label: str
    condition: Q


@dataclass(frozen=True)
class OptionFilter(Filter):
    """Checkboxes: rows pass that fit any of the ticked answers. ``folded`` ones stand behind a summary.

    ``facet`` is where the database finds what a row answers, one value or an array; without one nothing is counted.
    """

    options: tuple[Option, ...] = ()
    folded: bool = False
    facet: Combinable | None = None
    shape = "options"

    def read(self, raw: list[str]) -> tuple[str, ...]:
        """The ticked answers in the order of the list. Raises Refused for one that is not on it."""
        known = [option.value for option in self.options]
        strange = [value for value in raw if value and value not in known]
        if strange:
            raise Refused(f"{self.label}: “{strange[0][:40]}” is not one of its answers")
        return tuple(value for value in known if value in raw)

    def condition(self, values: tuple[str, ...]) -> Q:
        """Rows that fit any of the ticked answers."""
        found = Q()
        for option in self.options:
            if option.value in values:
                found |= option.condition
        return found

    def words(self, values: tuple[str, ...]) -> str:
        """`Status: draft or in review`."""
        labels = [option.label for option in self.options if option.value in values]
        return f"{self.label}: {_either(labels)}"


def choice_filter(
    name: str,
    label: str,
    choices: Iterable[tuple[str, str]],
    *,
    column: str = "",
    counted: bool = True,
    folded: bool = False,
) -> OptionFilter:
    """The choices of a column, which is named like the filter unless ``column`` says otherwise.

    Each says how many rows it would find where it is ``counted``; what is folded away is not.
    """
    column = column or name
    options = tuple(Option(value, words, Q(**{column: value})) for value, words in choices)
    facet = F(column) if counted and not folded else None
    return OptionFilter(name, label, options=options, folded=folded, facet=facet)


@dataclass(frozen=True)
class DateFilter(Filter):
    """A day as people write it; ``lookup`` compares it, such as ``ends_on__lt``."""

    lookup: str = ""
    shape = "date"

    def read(self, raw: list[str]) -> tuple[str, ...]:
        """The day as 2025-07-01. Raises Refused where it cannot be read."""
        try:
            day = NZDateField(required=False).clean(raw[-1][:LONGEST_TEXT] if raw else "")
        except ValidationError:
            raise Refused(f"{self.label}: {DATE_ERROR[0].lower()}{DATE_ERROR[1:]}") from None
        return (day.isoformat(),) if day else ()

    def condition(self, values: tuple[str, ...]) -> Q:
        """Rows with a date on the asked side of the day; rows without a date do not pass."""
        return Q(**{self.lookup: values[0]})

    def words(self, values: tuple[str, ...]) -> str:
        """`Ends before 1 July 2027`."""
        return f"{self.label} {nz_date(NZDateField().clean(values[0]))}"


@dataclass(frozen=True)
class PickFilter(Filter):
    """One of a list that is looked up when asked for: ``rows()`` gives (value, label) pairs.

    ``nothing`` is what no choice is called.
    """

    rows: Callable[[], list[tuple[str, str]]] = list
    narrow: Callable[[str], Q] = Q
    nothing: str = "Anyone"
    shape = "pick"

    def read(self, raw: list[str]) -> tuple[str, ...]:
        """The picked value. Raises Refused where the list does not have it."""
        value = raw[-1] if raw else ""
        if value and value not in dict(self.rows()):
            raise Refused(f"{self.label}: choose one from the list. “{value[:40]}” is not on it")
        return (value,) if value else ()

    def condition(self, values: tuple[str, ...]) -> Q:
        """Rows of the picked one."""
        return self.narrow(values[0])

    def words(self, values: tuple[str, ...]) -> str:
        """`Owner: Tom Abernethy`."""
        return f"{self.label}: {dict(self.rows())[values[0]]}"


@dataclass(frozen=True)
class LinkFilter(PickFilter):
    """The same without a field on the page: only links set it."""

    shape = "link"


def _either(labels: list[str]) -> str:
    """`draft, in review or approved`."""
    small = [label if label.isupper() else label[:1].lower() + label[1:] for label in labels]
    return small[0] if len(small) == 1 else f"{', '.join(small[:-1])} or {small[-1]}"
