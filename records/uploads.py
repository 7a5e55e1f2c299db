"""Which files people may put in: judged by their bytes, never by their name alone, and never unpacked but to count.

A new type is a line of TYPES. Each refusal is a sentence that says what to do.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from records.errors import Refused
from records.packages import BEGINS, TooMuch, Untrue, check_unpacked, parts_of

LARGEST = 25 * 1024 * 1024  # bytes
LONGEST_NAME = 150
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEAD = 4096  # bytes in which a browser looks for what a file is
WEB_PAGE = re.compile(rb"(?i)\s*<\s*(!doctype\s+html|html|head|body|script|iframe|svg)\b")
MAIL_LINE = re.compile(rb"^[A-Za-z][A-Za-z0-9-]*:[^\r\n]*\r?\n")
MAIL_NAMES = re.compile(rb"(?im)^(from|to|date|subject|received|message-id|return-path|delivered-to):")


class NotAccepted(Refused):
    """The file cannot be kept; the sentence says why and what to do instead."""


@dataclass(frozen=True)
class FileType:
    """A type of file: its name, the endings it goes by, what it is served as, and whether bytes are of it."""

    name: str
    endings: tuple[str, ...]
    media_type: str
    is_it: Callable[[bytes], bool]
    packed: bool = False

    def __str__(self) -> str:
        article = {"text": "", "Excel workbook": "an ", "e-mail": "an "}.get(self.name, "a ")
        return f"{article}{self.name}"


@dataclass(frozen=True)
class Accepted:
    """A file that may be kept: its name made safe, and its type."""

    name: str
    type: FileType


def _package_with(part: str) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(BEGINS) and part in {entry.filename for entry in parts_of(content) or []}


def _is_text(content: bytes) -> bool:
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")  # an older Windows file: every byte is a letter or a sign
    return "\0" not in text and "\ufffd" not in text


def _is_mail(content: bytes) -> bool:
    head = content[:HEAD]
    return bool(MAIL_LINE.match(head) and MAIL_NAMES.search(head)) and b"\0" not in head


TYPES = (
    FileType("PDF", ("pdf",), "application/pdf", lambda content: content.startswith(b"%PDF-")),
    FileType(
        "Word document",
        ("docx",),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        _package_with("word/document.xml"),
        packed=True,
    ),
    FileType(
        "Excel workbook",
        ("xlsx",),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _package_with("xl/workbook.xml"),
        packed=True,
    ),
    FileType("PNG picture", ("png",), "image/png", lambda content: content.startswith(b"\x89PNG\r\n\x1a\n")),
    FileType("JPEG picture", ("jpg", "jpeg"), "image/jpeg", lambda content: content.startswith(b"\xff\xd8\xff")),
    FileType("e-mail", ("eml",), "message/rfc822", _is_mail),
    FileType("text", ("txt",), "text/plain", _is_text),
)
ENDINGS = {ending: type_ for type_ in TYPES for ending in type_.endings}
ACCEPTED = "PDF, DOCX, XLSX, PNG, JPEG, TXT and EML"


def accept(name: str, content: bytes) -> Accepted:
    """The file's safe name and its type. Raises NotAccepted."""
    safe = safe_name(name)
    _check_size(content)
    type_ = _by_ending(safe)
    _check_is(content, type_, safe)
    if type_.packed:
        _check_package(content)
    else:
        _check_only_that(content, type_)
    return Accepted(safe, type_)


def safe_name(name: str) -> str:
    """The last part of a path, without invisible, direction-changing and forbidden characters; the ending is kept."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    shown = "".join(letter for letter in last if letter.isprintable() and letter not in '<>:"|?*')
    plain = " ".join(shown.split()).lstrip(". ") or "document"
    stem, dot, ending = plain.rpartition(".")
    room = LONGEST_NAME - len(ending) - 1
    return f"{stem[:room]}.{ending}" if dot and 0 < len(ending) <= 5 else plain[:LONGEST_NAME]


def _check_size(content: bytes) -> None:
    if not content.strip(b"\0 \r\n\t\xef\xbb\xbf"):
        raise NotAccepted("This file is empty. Open it to see whether it was saved, and choose it again")
    if len(content) > LARGEST:
        raise NotAccepted("This file is larger than 25 MB. Make its pictures smaller, or split it")


def _by_ending(name: str) -> FileType:
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if ending in ENDINGS:
        return ENDINGS[ending]
    if ending in {"doc", "xls", "docm", "xlsm", "rtf", "odt", "ods"}:
        raise NotAccepted(f"A .{ending} file is not kept. Save it as PDF, DOCX or XLSX and choose that")
    said = f"ends in .{ending}" if ending else "has no ending that says what it is"
    raise NotAccepted(f"“{name}” {said}. Kept are {ACCEPTED}")


def _check_is(content: bytes, type_: FileType, name: str) -> None:
    found = what_it_is(content)
    if found == type_ or (type_.name == "text" and found and found.name == "e-mail"):
        return
    if type_.packed and content.startswith(OLE):
        raise NotAccepted("This file is protected by a password or in an old format. Save it without, and choose that")
    if type_.packed and content.startswith(BEGINS) and parts_of(content) is None:
        raise NotAccepted("This file is damaged: it begins like a document but does not end like one. Save it again")
    really = f"is {found} by its content" if found else f"is no {type_.name} by its content"
    raise NotAccepted(f"“{name}” {really}. Give it the right ending, or save it anew")


def what_it_is(content: bytes) -> FileType | None:
    """The type that the bytes themselves show, whatever the name says; None for any other."""
    return next((type_ for type_ in TYPES if type_.is_it(content)), None)


def _check_package(content: bytes) -> None:
    parts = parts_of(content) or []
    if any(part.flag_bits & 1 for part in parts):
        raise NotAccepted("This file is packed with a password. Take the password off and choose it again")
    try:
        check_unpacked(content)
    except TooMuch:
        sentence = "This file unpacks to far more than a document holds, so it is not kept. Save it as PDF"
        raise NotAccepted(sentence) from None
    except Untrue:
        sentence = "This file is damaged, or is larger inside than it says, so it is not kept. Save it anew, or as PDF"
        raise NotAccepted(sentence) from None
    if any("vbaproject" in part.filename.lower() for part in parts):
        raise NotAccepted("This file holds macros, which are programs. Save it without them, or as PDF")


def _check_only_that(content: bytes, type_: FileType) -> None:
    """Refuse a file that is something else besides: bytes that two programs would read differently."""
    if parts_of(content) is not None:
        raise NotAccepted("This file is a ZIP archive too, hidden behind its ending. Print it to a new PDF")
    if _is_web_page(content[:HEAD], type_):
        raise NotAccepted("This file is a web page too, hidden behind its ending. Print it to a new PDF")
    if type_.name == "PDF" and b"%%EOF" not in content[-2048:]:
        raise NotAccepted("This PDF does not end like one: it may have been cut off on its way. Get it again")


def _is_web_page(head: bytes, type_: FileType) -> bool:
    """Whether a browser might run it: a text by its beginning, a mail never, the rest by their first bytes."""
    if type_.name == "e-mail":
        return False
    look = WEB_PAGE.match if type_.name == "text" else WEB_PAGE.search
    return bool(look(head.lstrip(b"\xef\xbb\xbf")))
