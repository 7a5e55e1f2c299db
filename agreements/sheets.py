"""Rows as lines of CSV: the one place that makes cells safe to open in a spreadsheet program."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

Cell = str | int | date | None
BOM = "\ufeff"  # tells Excel that the file is UTF-8
FORMULA = ("=", "+", "-", "@", "\t", "\r")
CONTROL = {code: None for code in (*range(32), 0x7F) if chr(code) not in "\t\n\r"}


class _Echo:
    """A file for csv.writer that hands each line back instead of keeping it."""

    def write(self, line: str) -> str:
        """The line itself."""
        return line


def csv_lines(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """The sheet line by line; memory does not grow with it. Headings are made safe too: some are other people's."""
    writer = csv.writer(_Echo())
    yield BOM + writer.writerow([safe(heading) for heading in headings])
    for row in rows:
        yield writer.writerow([_text(safe(cell)) for cell in row])


def safe(cell: Cell) -> Cell:
    """Text that no spreadsheet program takes for a formula, without characters that no sheet can hold."""
    if not isinstance(cell, str):
        return cell
    text = cell.translate(CONTROL)
    return f"'{text}" if text.startswith(FORMULA) else text


def _text(cell: Cell) -> str:
    return cell.isoformat() if isinstance(cell, date) else "" if cell is None else str(cell)
