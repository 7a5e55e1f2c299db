"""Caps that keep a PDF a summary: a table row costs about 7 ms to lay out, and nobody reads page ninety."""

from collections.abc import Iterable
from itertools import islice
from typing import TypeVar

T = TypeVar("T")

LONGEST_TEXT = 4000  # characters of one answer
MOST_ROWS = 120  # rows of one table


def shorten(text: str) -> str:
    """The answer as it stands, or its beginning and a note that says how long it is in the register."""
    if len(text) <= LONGEST_TEXT:
        return text
    return f"{text[:LONGEST_TEXT].rstrip()} …\n\n[Shortened here: the register holds {len(text):,} characters.]"


def cap(rows: Iterable[T], total: int, noun: str) -> tuple[list[T], str]:
    """The first rows, and a note where there are more than a summary shows."""
    shown = list(islice(rows, MOST_ROWS))
    more = total - len(shown)
    return shown, f"{more:,} more {noun} are in the register and not shown here." if more > 0 else ""
