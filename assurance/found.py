"""What the address of a list finds, with how many each answer of a filter would find."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.lookups import Contains

from records.facets import tally
from records.filters import OptionFilter
from records.forms import plain
from records.lists import COUNTED_TO, Address, Counts, Plain


@dataclass
class Found:
    """What an address finds, with how many each answer would find."""

    address: Address
    rows: "QuerySet[Any]"
    count: int
    counts: Counts


def find(address: Address, visible: "QuerySet[Any]", words: Q) -> Found:
    """Look for what the address asks, its words narrowed by ``words``. Nothing where anything in it was refused."""
    if address.problems:
        return Found(address, visible.none(), 0, {})
    rows = matching(address, visible, words)
    counted = [one for one in address.spec.filters if isinstance(one, OptionFilter) and one.facet]
    if not counted:  # no filter says how many each of its answers would find
        return Found(address, rows, rows.order_by()[: COUNTED_TO + 1].count(), {})
    base = visible.filter(words, address.condition(leaving_out=[one.name for one in counted]))
    figures = tally(base, counted, address.values)
    return Found(address, rows, figures.count, figures.answers)


def matching(address: Address, visible: "QuerySet[Any]", words: Q) -> "QuerySet[Any]":
    """The rows that the address asks for, in its order."""
    return visible.filter(words, address.condition()).order_by(*address.order())


def every_word(*texts: str, codes: tuple[str, ...] = ()) -> Callable[[str], Q]:
    """Every word stands in one of these texts, whatever its long vowels, or in one of these codes."""

    def words(text: str) -> Q:
        found = Q()
        for word in plain(text).split():
            here = Q()
            for name in texts:
                here |= Q(Contains(Plain(name), word))
            for name in codes:
                here |= Q(**{f"{name}__icontains": word})
            found &= here
        return found

    return words
