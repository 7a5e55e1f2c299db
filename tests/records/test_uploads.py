"""Which files may be put in: by their bytes, with a sentence for each refusal."""

import pytest
from pytest_django.fixtures import Settings

from records.scanning import scan
from records.uploads import LARGEST, NotAccepted, accept, safe_name
from tests.files import DOCX, HONEST, JPEG, MAIL, PDF, PNG, TEXT, XLSX, package

BOMB = package("[Content_Types].xml", "word/document.xml", filling=b"\0" * 30_000_000)
MACROS = package("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_file_is_accepted(name: str) -> None:
    accepted = accept(name, HONEST[name])
    assert accepted.name == name
    assert name.lower().rpartition(".")[2] in accepted.type.endings


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.pdf", b"", "is empty"),
        ("a.txt", b"\xef\xbb\xbf \r\n", "is empty"),
        ("a.pdf", PDF + b" " * LARGEST, "larger than 25 MB"),
        ("run.exe", b"MZ\x90\0", r"ends in \.exe\. Kept are PDF"),
        ("no ending", PDF, "no ending that says what it is"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Save it as PDF, DOCX or XLSX"),
        ("a.pdf", PNG, "is a PNG picture by its content"),
        ("a.pdf", b"\n" + PDF, "is text by its content"),
        ("a.png", JPEG, "is a JPEG picture by its content"),
        ("a.docx", XLSX, "is an Excel workbook by its content"),
        ("a.docx", package("readme.txt"), "is no Word document by its content"),
        ("a.docx", b"PK\x03\x04 cut off", "is damaged"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0", "protected by a password or in an old format"),
        ("a.txt", b"MZ\x90\0\0", "is no text by its content"),
        ("a.eml", b"Kia ora\r\n", "is text by its content"),
        ("a.docx", BOMB, "unpacks to far more"),
        ("a.docx", MACROS, "holds macros"),
        ("a.pdf", PDF + package("evil.js"), "is a ZIP archive too"),
        ("a.png", PNG + package("evil.js"), "is a ZIP archive too"),
        ("a.pdf", PDF.replace(b"1 0 obj", b"<html><script>x</script>"), "is a web page too"),
        ("a.txt", b"<!DOCTYPE html><p>Hello", "is a web page too"),
        ("a.jpg", JPEG + b"< SCRIPT >alert(1)", "is a web page too"),
        ("a.pdf", PDF.replace(b"%%EOF", b""), "may have been cut off"),
    ],
)
def test_a_dishonest_one_is_refused_with_a_sentence(name: str, content: bytes, sentence: str) -> None:
    with pytest.raises(NotAccepted, match=sentence):
        accept(name, content)


def test_a_bomb_is_never_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    def unpack(*_: object, **__: object) -> None:
        raise AssertionError("it was unpacked")

    monkeypatch.setattr("zipfile.ZipFile.open", unpack)
    monkeypatch.setattr("zipfile.ZipFile.read", unpack)
    with pytest.raises(NotAccepted, match="unpacks to far more"):
        accept("a.docx", BOMB)
    assert accept("a.docx", DOCX).type.name == "Word document"


def test_older_texts_are_texts() -> None:
    assert accept("a.txt", "Ngā mihi".encode("utf-16")).type.name == "text"
    assert accept("a.txt", "50 § 2".encode("cp1252")).type.name == "text"
    assert accept("a.txt", MAIL).type.name == "text"


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\me\\Deed.pdf", "Deed.pdf"),
        ("deed\0.pdf", "deed.pdf"),
        ("deed\u202efdp.exe", "deedfdp.exe"),
        ("..", "document"),
        ("", "document"),
        ("  a\n  b .pdf", "a b .pdf"),
        ('a"<b>.pdf', "ab.pdf"),
        ("Whakaae Te Tiriti ā-iwi.pdf", "Whakaae Te Tiriti ā-iwi.pdf"),
        ("x" * 300 + ".pdf", "x" * 146 + ".pdf"),
        ("x" * 300, "x" * 150),
    ],
)
def test_names_are_made_safe(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def finds_nothing(content: bytes, name: str) -> str:
    return ""


def finds_something(content: bytes, name: str) -> str:
    return f"EICAR in {name}"


def fails(content: bytes, name: str) -> str:
    raise OSError("no connection")


def test_without_a_scanner_nobody_claims_to_have_looked(settings: Settings) -> None:
    assert settings.DOCUMENT_SCANNER == ""
    assert scan(TEXT, "a.txt") == ""


@pytest.mark.parametrize(
    ("which", "sentence"), [("finds_something", "refused this file: EICAR in a.txt"), ("fails", "does not answer")]
)
def test_what_a_scanner_finds_keeps_the_file_out_and_so_does_its_silence(
    settings: Settings, which: str, sentence: str
) -> None:
    settings.DOCUMENT_SCANNER = f"{__name__}.{which}"
    with pytest.raises(NotAccepted, match=sentence):
        scan(TEXT, "a.txt")


def test_a_scanner_that_finds_nothing_is_named(settings: Settings) -> None:
    settings.DOCUMENT_SCANNER = f"{__name__}.finds_nothing"
    assert scan(TEXT, "a.txt") == f"{__name__}.finds_nothing"
