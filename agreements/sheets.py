"""Rows as CSV or an Excel file: the one place that makes cells safe to open in a spreadsheet program."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from io import BytesIO
from tempfile import TemporaryFile
from typing import IO

Cell = str | int | date | None
BOM = "\ufeff"  # tells Excel that the file is UTF-8
FORMULA = ("=", "+", "-", "@", "\t", "\r")
LONGEST_CELL = 32_767  # characters; what Excel holds
LONGEST_TITLE = 31  # characters; with more Excel offers to repair the file
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


def xlsx(title: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> IO[bytes]:
    """The sheet as an Excel file, row by row, open at its beginning; closing it deletes it."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:LONGEST_TITLE].strip())
    sheet.freeze_panes = "B2"
    sheet.append([safe(heading) for heading in headings])
    for row in rows:
        sheet.append([_cut(safe(cell)) for cell in row])
    file = TemporaryFile()  # noqa: SIM115 - the response closes it
    book.save(file)
    file.seek(0)
    return file


def workbook(sheets: Iterable[tuple[str, Sequence[str], Iterable[Sequence[Cell]]]]) -> bytes:
    """Several sheets in one Excel file: each with its title, headings and rows."""
    from openpyxl import Workbook

    book, file = Workbook(write_only=True), BytesIO()
    for title, headings, rows in sheets:
        sheet = book.create_sheet(title[:LONGEST_TITLE].strip())
        sheet.freeze_panes = "A2"
        sheet.append([safe(heading) for heading in headings])
        for row in rows:
            sheet.append([_cut(safe(cell)) for cell in row])
    book.save(file)
    return file.getvalue()


def safe(cell: Cell) -> Cell:
    """Text that no spreadsheet program takes for a formula, without characters that no sheet can hold."""
    if not isinstance(cell, str):
        return cell
    text = cell.translate(CONTROL)
    return f"'{text}" if text.startswith(FORMULA) else text


def _text(cell: Cell) -> str:
    return cell.isoformat() if isinstance(cell, date) else "" if cell is None else str(cell)


def _cut(cell: Cell) -> Cell:
    return f"{cell[: LONGEST_CELL - 1]}…" if isinstance(cell, str) and len(cell) > LONGEST_CELL else cell
