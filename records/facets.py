"""How many rows each answer of a list's filters would find, beside the other filters in use: one query."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Max, QuerySet, Value
from django.db.models.expressions import Combinable

from records.filters import OptionFilter

Values = Mapping[str, tuple[str, ...]]


@dataclass
class Tally:
    """Rows that pass every filter, and by filter and answer, rows that answer finds beside the other filters.

    ``whole`` is what was counted along, or None where there was no row to count it with.
    """

    count: int = 0
    whole: int | None = None
    answers: dict[str, dict[str, int]] = field(default_factory=dict)


def tally(
    rows: "QuerySet[Any]", filters: Sequence[OptionFilter], values: Values, whole: Combinable | None = None
) -> Tally:
    """Count rows that are narrowed by every filter but these, and ``whole``, a number that no row changes, along.

    The database counts each combination of answers, of which a register has few; a count for every answer, each with
    its own condition, took twice as long.
    """
    found = Tally(answers={one.name: {option.value: 0 for option in one.options} for one in filters})
    combinations = rows.order_by().values_list(*[one.facet for one in filters if one.facet])
    for *facets, n, found.whole in combinations.annotate(n=Count("*"), whole=Max(whole or Value(0))):
        _add(found, {one.name: _answers(facet) for one, facet in zip(filters, facets, strict=True)}, values, n)
    return found


def _add(found: Tally, row: Mapping[str, Iterable[str]], values: Values, n: int) -> None:
    failed = [name for name, answers in row.items() if name in values and not set(answers) & set(values[name])]
    if not failed:
        found.count += n
    for name, answers in row.items():
        if not failed or failed == [name]:  # an answer is counted as if nothing else of its own filter were ticked
            for answer in answers:
                found.answers[name][answer] += n


def _answers(facet: str | list[str] | None) -> Iterable[str]:
    """What a row answers: one value, several, or none."""
    if isinstance(facet, list):
        return facet
    return [facet] if facet else []
