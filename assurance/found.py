"""What the address of a list finds, with how many each answer of a filter would find."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from records.facets import tally
from records.filters import OptionFilter
from records.lists import COUNTED_TO, Address, Counts


@dataclass
class Found:
    """What an address finds, with how many each answer would find."""

    address: Address
    rows: "QuerySet[Any]"
    count: int
    counts: Counts

    @property
    def more(self) -> bool:
        """Whether there are more than are counted."""
        return self.count > COUNTED_TO


def find(address: Address, visible: "QuerySet[Any]", words: Q) -> Found:
    """Look for what the address asks, its words narrowed by ``words``. Nothing where anything in it was refused."""
    if address.problems:
        return Found(address, visible.none(), 0, {})
    counted = [one for one in address.spec.filters if isinstance(one, OptionFilter) and one.facet]
    base = visible.filter(words, address.condition(leaving_out=[one.name for one in counted]))
    figures = tally(base, counted, address.values)
    rows = visible.filter(words, address.condition()).order_by(*address.order())
    return Found(address, rows, figures.count, figures.answers)
