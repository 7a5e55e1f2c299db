"""The one list component: what an address asks of a list, and how the page says it back.

A list is described by a ListSpec (filters, sorts); Address reads a query string against it. The query string is the
whole state of the list, so it can be kept, shared and exported. A value that the list does not know is refused with a
sentence in ``problems``; the list then shows nothing, rather than something else than was asked for.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from django.core.paginator import Page, Paginator
from django.db.models import F, Func, Q, QuerySet
from django.db.models.expressions import Expression, OrderBy
from django.http import QueryDict
from django.utils.functional import cached_property as lazily

from records.errors import Refused
from records.filters import LONGEST_TEXT, Filter, LinkFilter, OptionFilter, PickFilter

COUNTED_TO = 10_000  # beyond it a count says "more than 10,000": nobody turns that many pages
PAGE_SIZE = 25  # rows: half of the time of a page of fifty went into writing out its table
Counts = Mapping[str, Mapping[str, int]]


class Plain(Func):
    """A name for sorting: small letters, long vowels beside the short ones (the database sorts by code point)."""

    template = "translate(lower(%(expressions)s), 'āēīōū', 'aeiou')"


@dataclass(frozen=True)
class Sort:
    """A way to sort, by these expressions. Rows without a value come last; ``filled`` says that every row has one."""

    name: str
    label: str
    keys: tuple[str | Expression, ...]
    filled: bool = False

    def order(self, *, descending: bool) -> list[OrderBy]:
        """The ORDER BY, with the key of the row at its end, so that no two pages share a row."""
        columns = [F(key) if isinstance(key, str) else key for key in self.keys]
        last = None if self.filled else True  # an index serves only the plain order
        return [OrderBy(column, descending=descending, nulls_last=last) for column in (*columns, F("pk"))]


@dataclass(frozen=True)
class ListSpec:
    """A list: its filters and sorts. ``default`` names the sort that needs no word in the address, `-` for downward."""

    filters: tuple[Filter, ...]
    sorts: tuple[Sort, ...]
    default: str


@dataclass(frozen=True)
class Chip:
    """A filter in use and the query that takes it off."""

    words: str
    query: str


@dataclass(frozen=True)
class Heading:
    """A column head that sorts: the query it links to, and how the list stands now."""

    label: str
    query: str
    aria_sort: Literal["ascending", "descending", ""]


@dataclass(frozen=True)
class Answer:
    """One answer of a filter as the page offers it; ``count`` is None where nothing was counted."""

    value: str
    label: str
    chosen: bool
    count: int | None = None


@dataclass(frozen=True)
class Field:
    """A filter as the page shows it: its shape, what stands in it, and its answers."""

    name: str
    label: str
    shape: str
    folded: bool
    typed: str
    answers: list[Answer]

    @property
    def in_use(self) -> bool:
        """Whether something stands in it, so that a folded one is shown open."""
        return bool(self.typed) or any(answer.chosen and answer.value for answer in self.answers)


class Address:
    """What a query string asks of a list, in one spelling, with what is wrong with it."""

    def __init__(self, spec: ListSpec, data: QueryDict) -> None:
        self.spec, self.data = spec, data
        self.problems: list[str] = []
        self.q = self._text()
        self.values: dict[str, tuple[str, ...]] = {}
        for one in spec.filters:
            if values := self._read(one):
                self.values[one.name] = values
        self.sort = self._sort()

    def _text(self) -> str:
        text = self.data.get("q", "").replace("\0", " ").strip()
        if len(text) <= LONGEST_TEXT:
            return text
        self.problems.append(f"Search for at most {LONGEST_TEXT} characters: this had {len(text):,}")
        return ""

    def _read(self, one: Filter) -> tuple[str, ...]:
        try:
            return one.read([value.replace("\0", " ") for value in self.data.getlist(one.name)])
        except Refused as refused:
            self.problems.append(str(refused))
            return ()

    def _sort(self) -> str:
        asked = self.data.get("sort", "")
        if not asked or asked.removeprefix("-") in {sort.name for sort in self.spec.sorts}:
            return asked
        self.problems.append(f"“{asked[:40]}” is not a way to sort this list")
        return ""

    def typed(self, name: str) -> str:
        """What stands in the field of a filter: the text as it was typed, so that a refused one can be mended."""
        return self.data.get(name, "")[:LONGEST_TEXT]

    def fields(self, counts: Counts) -> list[Field]:
        """Every filter as the page shows it, with how many rows each answer would find."""
        return [self._field(one, counts.get(one.name, {})) for one in self.spec.filters]

    def _field(self, one: Filter, counts: Mapping[str, int]) -> Field:
        values = self.values.get(one.name, ())
        answers: list[Answer] = []
        if isinstance(one, OptionFilter):
            answers = [Answer(o.value, o.label, o.value in values, counts.get(o.value)) for o in one.options]
        elif isinstance(one, PickFilter) and not isinstance(one, LinkFilter):
            answers = [Answer("", one.nothing, not values), *(Answer(v, text, v in values) for v, text in one.rows())]
        typed = self.typed(one.name) if one.shape in {"text", "date"} else ""
        if isinstance(one, LinkFilter):
            typed = "".join(values)
        return Field(one.name, one.label, one.shape, getattr(one, "folded", False), typed, answers)

    def query(self, *, without: str = "", **parts: str) -> str:
        """The query string of this list, without one filter, or with other parts; never with a page."""
        asked: dict[str, Any] = {"q": self.q, **self.values, "sort": self.sort} | parts
        asked.pop(without, None)
        found = QueryDict(mutable=True)
        for name, values in asked.items():
            found.setlist(name, [values] if isinstance(values, str) else list(values))
        for name in [name for name in found if not any(found.getlist(name))]:
            del found[name]
        return found.urlencode()

    @property
    def in_use(self) -> int:
        """How many filters are in use."""
        return len(self.values)

    @property
    def has_dates(self) -> bool:
        """Whether a filter by date is in use or was refused, so that the dates are shown open."""
        return any(self.typed(one.name) for one in self.spec.filters if one.shape == "date")

    def chips(self) -> list[Chip]:
        """Every filter in use, with the way to take it off."""
        found = [Chip(f"Search: {self.q}", self.query(without="q"))] if self.q else []
        used = [one for one in self.spec.filters if one.name in self.values]
        return found + [Chip(one.words(self.values[one.name]), self.query(without=one.name)) for one in used]

    def condition(self, *, leaving_out: Iterable[str] = ()) -> Q:
        """Rows that pass every filter in use, but for those left out."""
        found = Q()
        for one in self.spec.filters:
            if one.name in self.values and one.name not in leaving_out:
                found &= one.condition(self.values[one.name])
        return found

    @cached_property
    def sort_in_use(self) -> str:
        """The sort of the address, or the list's own."""
        return self.sort or self.spec.default

    def order(self) -> list[OrderBy]:
        """The ORDER BY of the sort in use."""
        name = self.sort_in_use.removeprefix("-")
        sort = next(sort for sort in self.spec.sorts if sort.name == name)
        return sort.order(descending=self.sort_in_use.startswith("-"))

    def headings(self) -> Mapping[str, Heading]:
        """The column heads that sort, by the name of the sort. A second press turns the order round."""
        return {sort.name: self._heading(sort) for sort in self.spec.sorts}

    def _heading(self, sort: Sort) -> Heading:
        stands: dict[str, Literal["ascending", "descending", ""]] = {
            sort.name: "ascending",
            f"-{sort.name}": "descending",
        }
        turned = f"-{sort.name}" if self.sort_in_use == sort.name else sort.name
        return Heading(sort.label, self.query(sort=turned), stands.get(self.sort_in_use, ""))

    def page(self, rows: "QuerySet[Any]", count: int) -> "Page[Any]":
        """The asked page of ``rows``; a page that is none is the nearest one."""
        return KnownCount(rows, PAGE_SIZE, count).get_page(self.data.get("page", "1")[:9])


class KnownCount(Paginator):
    """Pages of rows that were counted already, at most COUNTED_TO of them."""

    def __init__(self, rows: "QuerySet[Any]", size: int, count: int) -> None:
        super().__init__(rows, size)
        self._known = count

    @lazily
    def count(self) -> int:
        """The known count."""
        return min(self._known, COUNTED_TO)

    @property
    def more(self) -> bool:
        """Whether there are more than are counted."""
        return self._known > COUNTED_TO
