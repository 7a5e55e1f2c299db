"""Small honest files of every kind that is kept, and dishonest ones."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\2\0\0\0"
JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0\xff\xd9"
TEXT = "Kia ora. Ngā mihi.\n".encode()
MAIL = b"From: mere@example.nz\r\nTo: us@example.nz\r\nSubject: Yes\r\n\r\n<html><body>Agreed</body></html>\r\n"


def package(*parts: str, filling: bytes = b"<x/>") -> bytes:
    """A ZIP with these parts."""
    kept = BytesIO()
    with ZipFile(kept, "w", ZIP_DEFLATED) as archive:
        for part in parts:
            archive.writestr(part, filling)
    return kept.getvalue()


DOCX = package("[Content_Types].xml", "word/document.xml")
XLSX = package("[Content_Types].xml", "xl/workbook.xml")
HONEST = {
    "agreement.pdf": PDF, "table.XLSX": XLSX, "letter.docx": DOCX, "scan.png": PNG, "photo.jpeg": JPEG,
    "photo.jpg": JPEG, "note.txt": TEXT, "reply.eml": MAIL,
}  # fmt: skip
