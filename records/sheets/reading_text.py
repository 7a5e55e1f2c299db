"""Read delimited text: which encoding, which delimiter; quotes and line breaks inside cells."""

import csv
import io
import re
from statistics import median

from charset_normalizer import from_bytes

from records.sheets.sheet import LONGEST_CELL, MOST_ROWS, Line, Read, Sheet, Unreadable

MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
DELIMITERS = ",;\t|"
# What Excel in New Zealand, its Baltic code page (which has macrons) and old Macs write.
LIKELY = ["cp1252", "cp1257", "mac_roman"]
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b\ufeff]")
# Set before a formula by exports of this register and others, so that no program runs it.
FORMULA_MARK = re.compile(r"^'(?=[=+@-])")
MACRONS = frozenset("āēīōūĀĒĪŌŪ".encode("cp1257"))
CEDILLA = frozenset("ēĒ".encode("cp1257"))  # ç in Windows-1252, which English does write
NAMES = {"utf-8-sig": "UTF-8 with a mark", "utf-8": "UTF-8", "utf-16": "UTF-16", "cp1252": "Windows-1252"}


def read_text(content: bytes, most: int = MOST_ROWS) -> Read:
    """The one sheet of a delimited file. Raises Unreadable."""
    text, encoding = decode(content)
    lines = _lines(text, _delimiter(text), most)
    return Read([Sheet("", lines)], NAMES.get(encoding, encoding))


def decode(content: bytes) -> tuple[str, str]:
    """The text and the name of its encoding. Raises Unreadable where it is no text at all."""
    encoding = next((name for mark, name in MARKS.items() if content.startswith(mark)), "") or _guess(content)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        raise Unreadable("The characters of this file cannot be read. Save it again as “CSV UTF-8”.") from None
    if "\0" in text:
        raise Unreadable("This file holds NUL characters, so it is not text. Save it again as “CSV UTF-8” or .xlsx.")
    return text, encoding


def _guess(content: bytes) -> str:
    if b"\0" in content:
        return _utf_16_without_mark(content)
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        if _has_macrons(content):
            return "cp1257"
        best = from_bytes(content, cp_isolation=LIKELY).best()
        return _fits(content, best.encoding if best else "cp1252")
    return "utf-8"


def _has_macrons(content: bytes) -> bool:
    """Whether every marked letter is a vowel with a macron, were this the Baltic code page: â, î, ô, û in English."""
    letters = {byte for byte in content if byte >= 0xC0}
    return bool(letters - CEDILLA) and letters <= MACRONS


def _fits(content: bytes, encoding: str) -> str:
    """The encoding, or the one that reads every byte: five of them stand for nothing in Windows-1252."""
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return "latin-1"
    return encoding


def _utf_16_without_mark(content: bytes) -> str:
    """UTF-16 writes the letters of English with a NUL beside each: on which side tells the order of bytes."""
    even, odd = content[0:4000:2].count(0), content[1:4000:2].count(0)
    half = min(len(content), 4000) // 2 * 0.4
    return "utf-16-le" if odd > half and odd > even else "utf-16-be" if even > half else "utf-8"


def _delimiter(text: str) -> str:
    """The delimiter under which most of the first lines fall into equally many columns, the more the better."""
    return max(DELIMITERS, key=lambda delimiter: _evenness(text[:50_000], delimiter))


def _evenness(text: str, delimiter: str) -> float:
    widths = [len(row) for row in _rows(text, delimiter, 50) if any(cell.strip() for cell in row)]
    if not widths or max(widths) < 2:
        return 0
    usual = median(widths)
    return sum(width == usual for width in widths) / len(widths) * usual


def _rows(text: str, delimiter: str, most: int) -> list[list[str]]:
    csv.field_size_limit(10_000_000)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)
    return [row for _, row in zip(range(most), reader, strict=False)]


def _lines(text: str, delimiter: str, most: int) -> list[Line]:
    try:
        rows = _rows(text, delimiter, most * 4)
    except csv.Error:
        raise Unreadable("The quotation marks of this file do not close. Save it again as “CSV UTF-8”.") from None
    return [_line(number, row) for number, row in enumerate(rows, 1)]


def _line(number: int, row: list[str]) -> Line:
    return tidy(Line(number, row))


def tidy(line: Line) -> Line:
    """Clear away characters that cannot be seen, and what no answer could hold; that is said, and the file keeps it."""
    for at, cell in enumerate(line.cells):
        if len(cell) > LONGEST_CELL:
            line.cells[at] = ""
            line.notes[at] = f"This cell holds {len(cell):,} characters; at most {LONGEST_CELL:,} are read."
        else:
            line.cells[at] = FORMULA_MARK.sub(
                "", UNSEEN.sub("", cell.replace("\r\n", "\n")).replace("\xa0", " ").strip()
            )
    return line
