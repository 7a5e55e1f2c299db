"""Sheets that an import hands out: an example to fill in, and the rows that need another look."""

from collections.abc import Iterable, Sequence

from agreements.columns import IMPORTED
from agreements.imports.columns import EXTRA
from agreements.imports.headings import ROW, WRONG
from agreements.models import ImportBatch, ImportRow
from agreements.sheets import csv_lines

EXAMPLE = {
    "title": "School attendance liaison",
    "kind": "Information sharing agreement",
    "status": "Signed",
    "parties": "Te Whare Tautoko Trust; Ministry of Education",
    "purpose": "To help children who miss school get the support their whānau ask for.",
    "signed_on": "1 July 2024",
    "starts_on": "1 July 2024",
    "ends_on": "30 June 2027",
    "personal_information": "Yes",
    "information": "Names; Dates of birth; Attendance",
    "receives": "Te Whare Tautoko Trust",
    "old_reference": "MOU-0123",
    "owner": "person@agency.govt.nz",
    "breach_hours": "24",
}


def example() -> str:
    """A sheet with every column that an import reads, and one row that shows how."""
    headings = {one.name: one.heading for one in IMPORTED} | {one.name: one.heading for one in EXTRA}
    return _csv(list(headings.values()), [[EXAMPLE.get(name, "") for name in headings]])


def problem_sheet(batch: ImportBatch, rows: Iterable[ImportRow]) -> str:
    """The rows as they stand now, with their number and a column that says what is wrong."""
    width = len(batch.columns)
    body = [[str(row.number), _says(row), *[*row.values, *[""] * width][:width]] for row in rows]
    return _csv([ROW, WRONG, *batch.columns], body)


def _says(row: ImportRow) -> str:
    if row.skipped:
        return "Skipped."
    return " ".join(f"{problem['text']}." for problem in row.problems if problem["level"] != "note")


def _csv(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The whole sheet; the import takes the mark before a formula off again."""
    return "".join(csv_lines(headings, rows))
