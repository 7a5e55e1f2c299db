"""Read an uploaded file, whatever it is called, or refuse it with a sentence that says what to do."""

from records.sheets.reading_text import read_text
from records.sheets.reading_xlsx import read_xlsx
from records.sheets.sheet import LARGEST_FILE, MOST_ROWS, Read, Unreadable, check_size

ZIP, OLE, PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF"
# Streams inside an OLE container are named in UTF-16: an encrypted package, or the workbook of Excel 97 to 2003.
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
SAVE_AS = "Open it in Excel and save it as “Excel Workbook (.xlsx)” or “CSV UTF-8”, then upload that."
PICTURES = {b"\x89PNG": "a picture", b"\xff\xd8\xff": "a picture", b"GIF8": "a picture", b"{\\rtf": "a text document"}


def read(content: bytes, most: int = MOST_ROWS) -> Read:
    """The sheets of a file that hold anything, of at most so many rows each. Raises Unreadable."""
    check_file(content)
    found = read_xlsx(content, most) if content.startswith(ZIP) else read_text(content, most)
    found.sheets = [sheet for sheet in found.sheets if any(not line.blank for line in sheet.lines)]
    if not found.sheets:
        raise Unreadable("There is nothing in this file: every sheet is empty.")
    for sheet in found.sheets:
        check_size(sheet, most)
    return found


def check_file(content: bytes) -> None:
    """Refuse what cannot be a spreadsheet that we read, by its bytes and not by its name. Raises Unreadable."""
    if not content.strip(b"\0 \r\n\t"):
        raise Unreadable("This file is empty. Choose the file that holds your list.")
    if len(content) > LARGEST_FILE:
        raise Unreadable("This file is larger than 25 MB. Delete pictures and sheets you do not need, or split it.")
    if content.startswith(OLE):
        raise Unreadable(_old_office(content))
    if content.startswith(PDF):
        raise Unreadable(f"This file is a PDF, whatever it is called. {SAVE_AS}")
    for start, what in PICTURES.items():
        if content.startswith(start):
            raise Unreadable(f"This file is {what}, not a spreadsheet. {SAVE_AS}")


def _old_office(content: bytes) -> str:
    if ENCRYPTED in content:
        return (
            "This spreadsheet is protected by a password, so the register cannot read it. "
            "Open it in Excel, take the password off (File, Info, Protect Workbook), save it, and upload it again."
        )
    return f"This file is in the format of Excel 97 to 2003 (.xls), which the register does not read. {SAVE_AS}"
