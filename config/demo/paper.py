"""Small documents of the demonstration: a page of text or a PDF of one page, each marked as invented."""

import unicodedata
from collections.abc import Sequence

MARK = "DEMO - invented for the demonstration, not a real document"


def paper(name: str, title: str, lines: Sequence[str]) -> bytes:
    """The bytes of a file of this name: a PDF, or a text."""
    text = [MARK, "", title, "", *lines]
    return _pdf(text) if name.endswith(".pdf") else "\n".join([*text, ""]).encode()


def _pdf(lines: Sequence[str]) -> bytes:
    """One A4 page in a font that every reader has; it knows no macrons, so they are left out."""
    shown = " ".join(f"({_plain(line)}) Tj T*" for line in lines)
    page = f"BT /F1 11 Tf 16 TL 60 780 Td {shown} ET".encode("latin-1")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (en-NZ) >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
            b"/Resources << /Font << /F1 5 0 R >> >> >>"
        ),
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(page), page),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    return _file(objects)


def _file(objects: Sequence[bytes]) -> bytes:
    written, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    ending = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(written))
    return written + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + ending


def _plain(line: str) -> str:
    apart = unicodedata.normalize("NFKD", line.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"))
    latin = apart.encode("latin-1", "ignore").decode("latin-1")
    return latin.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
