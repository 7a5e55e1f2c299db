"""Read an Excel workbook: values, not formulas; merged cells filled; nothing unpacked before its size is known."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from zipfile import BadZipFile, ZipFile

from records.packages import TooMuch, Untrue, check_unpacked, parts_of
from records.sheets.reading_text import tidy
from records.sheets.sheet import MOST_ROWS, SEARCHED, Line, Read, Sheet, Unreadable

NOT_A_WORKBOOK = (
    "This file is not an Excel workbook, though it is packed like one. Save it as .xlsx or CSV, and upload that."
)
NO_VALUE = "This cell holds a formula whose result the file does not carry. Open it in Excel and save it once."
MERGED = re.compile(rb'<mergeCell ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')


def read_xlsx(content: bytes, most: int = MOST_ROWS) -> Read:
    """Every sheet of a workbook. Raises Unreadable."""
    check_package(content)
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        values = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        formulas = load_workbook(io.BytesIO(content), read_only=True) if _has_formulas(content) else None
        merged = _merged(content)
        return Read([_sheet(book_sheet, formulas, merged, most) for book_sheet in values.worksheets])
    except (InvalidFileException, BadZipFile, KeyError, ValueError, TypeError, AttributeError, SyntaxError) as problem:
        # openpyxl lets whatever a broken part causes through; the XML parser's errors are SyntaxErrors.
        raise Unreadable(NOT_A_WORKBOOK) from problem


def check_package(content: bytes) -> None:
    """Refuse a package that is no workbook or that unpacks to far more than it holds. Raises Unreadable."""
    entries = parts_of(content)
    if entries is None:
        raise Unreadable("This file is damaged: it begins like a workbook but does not end like one. Save it again.")
    names = {entry.filename for entry in entries}
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unreadable("This file is packed with a password. Take the password off and upload it again.")
    if "xl/workbook.xml" not in names:
        raise Unreadable(_other_package(names))
    try:
        check_unpacked(content)
    except TooMuch:
        sentence = "This workbook unpacks to far more than a list needs. Copy the list into a new workbook."
        raise Unreadable(sentence) from None
    except Untrue:
        sentence = "This workbook is damaged, or is larger inside than it says. Copy the list into a new workbook."
        raise Unreadable(sentence) from None


def _other_package(names: set[str]) -> str:
    if "word/document.xml" in names:
        return "This file is a Word document. Copy its table into Excel and save it as .xlsx or CSV."
    if "content.xml" in names:
        return "This file is an OpenDocument spreadsheet. Save it as “Excel Workbook (.xlsx)” or CSV, and upload that."
    if "xl/workbook.bin" in names:
        return "This file is a binary workbook (.xlsb). Save it as “Excel Workbook (.xlsx)” or CSV, and upload that."
    return NOT_A_WORKBOOK


def _sheet(book_sheet: Any, formulas: Any, merged: dict[str, list[tuple[str, str]]], most: int) -> Sheet:
    book_sheet.reset_dimensions()  # the size a file claims is often wrong
    lines = [Line(number, [_text(value) for value in row]) for number, row in _rows(book_sheet, most)]
    if formulas is not None:
        _note_formulas(lines, formulas[book_sheet.title])
    _fill_merged(lines, merged.get(book_sheet.title, []), most)
    return Sheet(book_sheet.title, [tidy(line) for line in lines])


def _rows(book_sheet: Any, most: int) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Lines that hold anything, with their numbers; one more than are allowed, so that the caller can tell."""
    found = 0
    for number, row in enumerate(book_sheet.iter_rows(values_only=True), 1):
        if any(value not in (None, "") for value in row):
            found += 1
            yield number, row
        if found > most + SEARCHED:
            return


def _text(value: Any) -> str:
    """A cell as text: days as 2014-07-01, whole numbers without a point, yes and no in words."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date | time | timedelta):
        return str(value)
    if isinstance(value, float):
        return f"{value:.10g}"
    return str(value).replace("_x000D_", "")


def _note_formulas(lines: list[Line], book_sheet: Any) -> None:
    by_number = {line.number: line for line in lines}
    book_sheet.reset_dimensions()
    for number, row in enumerate(book_sheet.iter_rows(), 1):
        if number > max(by_number, default=0) + 1:
            return
        for at, cell in enumerate(row):
            if getattr(cell, "data_type", "") == "f":
                _note_formula(lines, by_number, number, at)


def _note_formula(lines: list[Line], by_number: dict[int, Line], number: int, at: int) -> None:
    line = by_number.get(number)
    if line is None:
        return
    line.cells += [""] * (at + 1 - len(line.cells))
    if not line.cells[at]:
        line.notes[at] = NO_VALUE


def _fill_merged(lines: list[Line], ranges: list[tuple[str, str]], most: int) -> None:
    """Cells merged downwards hold one value for all their rows; merged sideways they hold it once."""
    from openpyxl.utils.cell import coordinate_to_tuple

    by_number = {line.number: line for line in lines}
    for first, last in ranges:
        (top, left), (bottom, _) = coordinate_to_tuple(first), coordinate_to_tuple(last)
        above = by_number.get(top)
        if above is None or left > len(above.cells):
            continue
        for number in range(top + 1, min(bottom, top + most) + 1):
            if number in by_number:
                _put(by_number[number], left - 1, above.cells[left - 1])


def _put(line: Line, at: int, text: str) -> None:
    line.cells += [""] * (at + 1 - len(line.cells))
    line.cells[at] = line.cells[at] or text


def _has_formulas(content: bytes) -> bool:
    with ZipFile(io.BytesIO(content)) as package:
        return any(b"<f" in package.read(name) for name in _parts(package))


def _merged(content: bytes) -> dict[str, list[tuple[str, str]]]:
    """Merged ranges by sheet; openpyxl knows them only when it holds every cell as an object, fifty times the size."""
    with ZipFile(io.BytesIO(content)) as package:
        return {
            title: [
                (f"{left.decode()}{top.decode()}", f"{right.decode()}{bottom.decode()}")
                for left, top, right, bottom in MERGED.findall(package.read(part))
            ]
            for title, part in _titles(package).items()
            if part in package.namelist()
        }


def _parts(package: zipfile.ZipFile) -> list[str]:
    return [name for name in package.namelist() if name.startswith("xl/worksheets/") and name.endswith(".xml")]


def _titles(package: zipfile.ZipFile) -> dict[str, str]:
    """Which part of the package holds the sheet of each title."""
    from defusedxml.ElementTree import fromstring

    relations = fromstring(package.read("xl/_rels/workbook.xml.rels"))
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    book = fromstring(package.read("xl/workbook.xml"))
    titles = {}
    for sheet in book.iter("{http://schemas.openxmlformats.org/spreadsheetml/2006/main}sheet"):
        key = next((value for name, value in sheet.attrib.items() if name.endswith("}id")), "")
        titles[sheet.get("name", "")] = "xl/" + targets.get(key, "").removeprefix("/xl/").removeprefix("xl/")
    return titles
