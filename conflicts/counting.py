"""Counts for those who may count and not see: a number under five points at people, so it is not shown.

Nor is what lets it be worked out: where one cell of a row or column is hidden, a second one is.
"""

from collections.abc import Sequence
from dataclasses import dataclass

LEAST = 5  # domain.md 9.5: the smallest number shown to those who only count
FEW, HIDDEN = "fewer than 5", "not shown"


@dataclass(frozen=True)
class Count:
    """A number, and how it is shown; ``hidden`` where the number must not be worked out."""

    number: int
    says: str
    hidden: bool = False


def exact(number: int) -> Count:
    """A number for somebody who may see who it is."""
    return Count(number, f"{number:,}")


def guarded(number: int) -> Count:
    """A number of its own, for somebody who may only count. None at all is said."""
    return Count(0, FEW, hidden=True) if 0 < number < LEAST else exact(number)


def guarded_table(rows: Sequence[Sequence[int]]) -> list[list[Count]]:
    """The cells of a table whose rows and columns each add up to something that is shown elsewhere."""
    small = [[0 < number < LEAST for number in row] for row in rows]
    hidden = [list(row) for row in small]
    while any(list(_more(rows, hidden))):
        pass
    return [
        [_cell(number, few=small[y][x], hidden=hidden[y][x]) for x, number in enumerate(row)]
        for y, row in enumerate(rows)
    ]


def _cell(number: int, *, few: bool, hidden: bool) -> Count:
    if few:
        return Count(0, FEW, hidden=True)
    return Count(0, HIDDEN, hidden=True) if hidden else exact(number)


def _more(rows: Sequence[Sequence[int]], hidden: list[list[bool]]) -> list[bool]:
    """Hide one cell more in every line that has a single hidden one; whether anything was left to hide."""
    down = [[(y, x) for y in range(len(rows))] for x in range(len(rows[0]) if rows else 0)]
    across = [[(y, x) for x in range(len(row))] for y, row in enumerate(rows)]
    done = []
    for line in (*across, *down):
        shown = [(rows[y][x], y, x) for y, x in line if not hidden[y][x] and rows[y][x]]
        if sum(hidden[y][x] for y, x in line) == 1 and shown:
            _, y, x = min(shown)
            hidden[y][x] = True
            done.append(True)
    return done
