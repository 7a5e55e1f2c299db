"""Every sheet that the register hands out is made safe in one place."""

import csv
import io
from datetime import date

import pytest

from agreements.imports import files
from agreements.models import ImportBatch, ImportRow
from agreements.sheets import csv_lines, safe, xlsx
from tests.project.tree import files as sources
from tests.project.tree import text


@pytest.mark.parametrize("typed", ["=1+1", "+64 4 123", "-2+3", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("x")'])
def test_what_looks_like_a_formula_is_marked_as_text(typed: str) -> None:
    assert safe(typed) == f"'{typed}"


@pytest.mark.parametrize("cell", ["Māori", "a=b", "7 - 3", "", 7, -7, None, date(2026, 7, 1)])
def test_what_is_none_stays_as_it_is(cell: str | int | date | None) -> None:
    assert safe(cell) == cell


def test_what_no_sheet_can_hold_goes_and_hides_no_formula() -> None:
    assert safe("\x00\x1b=1+1") == "'=1+1"


def test_headings_of_other_people_are_made_safe_too() -> None:
    (line,) = csv_lines(["=1+1", "Name"], [])
    assert next(csv.reader(io.StringIO(line.lstrip("\ufeff")))) == ["'=1+1", "Name"]


def test_rows_that_an_import_hands_back_are_safe() -> None:
    batch = ImportBatch(columns=["@Title", "Party"])
    row = ImportRow(number=2, values=["=cmd|' /C calc'!A0", "x"], problems=[{"level": "error", "text": "-Why"}])
    heads, cells = csv.reader(io.StringIO(files.problem_sheet(batch, [row]).lstrip("\ufeff")))
    assert heads[2:] == ["'@Title", "Party"]
    assert cells == ["2", "'-Why.", "'=cmd|' /C calc'!A0", "x"]


def test_a_title_is_no_longer_than_excel_opens_without_asking() -> None:
    """Of 35 characters was that of the Data Protection and Use Policy."""
    from openpyxl import load_workbook

    with xlsx("Conformance data-protection-and-use", ["Name"], []) as file:
        assert load_workbook(file).sheetnames == ["Conformance data-protection-and"]


def test_nobody_else_writes_a_sheet_by_hand() -> None:
    apart = {"agreements/sheets.py", "records/sheets/reading_text.py", "agreements/reference_data.py"}
    writers = {str(path) for path in sources(".py") if "csv.writer" in text(path) and path.parts[0] == "agreements"}
    assert writers <= apart
