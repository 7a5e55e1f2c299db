"""Find the line that holds the headings: spreadsheets often begin with a title and a word of warning."""

from collections.abc import Sequence

from agreements.columns import COLUMNS
from agreements.imports.columns import IGNORE, guess, meaning
from records.sheets.sheet import SEARCHED, Line, Sheet

# Headings of the sheet of problems that an import hands out: never read when it comes back.
ROW, WRONG = "Row in the sheet", "What is wrong"
# What the register works out itself, in a sheet that it exported.
COMPUTED = {column.heading for column in COLUMNS if not column.imported} - {"Reference", "Sensitivity"}
NEVER_READ = {ROW, WRONG, *COMPUTED}


def heading_line(sheet: Sheet) -> int:
    """The number of the line that most looks like headings: most known words, then most short texts."""
    candidates = [line for line in sheet.lines if not line.blank][:SEARCHED]
    best = max(candidates, key=lambda line: (_known(line), _texts(line) if not _known(line) else 0, -line.number))
    return best.number


def _known(line: Line) -> int:
    return len({meaning(cell) for cell in line.cells if cell} - {""})


def _texts(line: Line) -> int:
    return sum(0 < len(cell) <= 60 and not any(char.isdigit() for char in cell) for cell in line.cells)


def headings(sheet: Sheet, number: int) -> list[str]:
    """The headings of every column that holds anything; one without a heading is named by its letter."""
    found = next((line for line in sheet.lines if line.number == number), Line(number, []))
    width = max((len(line.cells) for line in body(sheet, number)), default=0)
    width = min(max(width, len(found.cells)), sheet.width)
    cells = [*found.cells, *[""] * width][:width]
    return [" ".join(cell.split())[:200] or f"Column {letter(at)}" for at, cell in enumerate(cells)]


def body(sheet: Sheet, number: int) -> Sequence[Line]:
    """The lines below the headings that hold anything."""
    return [line for line in sheet.lines if line.number > number and not line.blank]


def letter(at: int) -> str:
    """The letter of a column as Excel shows it: A, B, ... Z, AA."""
    letters = ""
    while at >= 0:
        letters, at = chr(ord("A") + at % 26) + letters, at // 26 - 1
    return letters


def guess_mapping(columns: Sequence[str], lines: Sequence[Line], before: dict[str, str]) -> dict[str, str]:
    """A guess for each column; what a heading meant in the import ``before`` (by heading) comes first."""
    mapping = guess(columns, lines)
    if any(heading in before for heading in columns):
        mapping |= {str(at): before[heading] for at, heading in enumerate(columns) if heading in before}
    return mapping | {str(at): IGNORE for at, heading in enumerate(columns) if heading in NEVER_READ}
