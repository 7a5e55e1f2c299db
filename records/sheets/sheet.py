"""A spreadsheet as it was read: text in cells, lines by the numbers that Excel shows."""

from dataclasses import dataclass, field

from records.errors import Refused

LARGEST_FILE = 25 * 1024 * 1024  # bytes
MOST_ROWS = 5_000
MOST_COLUMNS = 200
SEARCHED = 20  # lines in which the headings are looked for
LONGEST_CELL = 20_000  # characters: what the longest answer of the register holds


class Unreadable(Refused):
    """The file cannot be read as a spreadsheet; the sentence says what to do about it."""


@dataclass
class Line:
    """One line: its number, its cells as text, and what reading had to say about single cells (by column)."""

    number: int
    cells: list[str]
    notes: dict[int, str] = field(default_factory=dict)

    @property
    def blank(self) -> bool:
        """Whether nothing stands in any cell."""
        return not any(cell.strip() for cell in self.cells) and not self.notes


@dataclass
class Sheet:
    """One sheet of a file; ``name`` is empty in a CSV file."""

    name: str
    lines: list[Line]

    @property
    def width(self) -> int:
        """The number of columns that hold anything."""
        return max((_used(line.cells) for line in self.lines), default=0)


@dataclass
class Read:
    """A file that was read: its sheets that hold anything, and how its text was coded."""

    sheets: list[Sheet]
    encoding: str = ""


def _used(cells: list[str]) -> int:
    return next((at for at in range(len(cells), 0, -1) if cells[at - 1].strip()), 0)


def too_many(most: int) -> str:
    """What is said of a sheet with more rows than that."""
    return f"more than {most:,} rows. Split it and import the parts one after the other."


def check_size(sheet: Sheet, most: int = MOST_ROWS) -> None:
    """Refuse more than so many rows, or more columns than are read. Raises Unreadable."""
    rows = sum(not line.blank for line in sheet.lines)
    where = f"The sheet “{sheet.name}”" if sheet.name else "The file"
    if rows > most + SEARCHED:
        raise Unreadable(f"{where} has {too_many(most)}")
    if sheet.width > MOST_COLUMNS:
        raise Unreadable(
            f"{where} has {sheet.width:,} columns; at most {MOST_COLUMNS} are read. Delete those you do not need."
        )
