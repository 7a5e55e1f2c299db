"""Files of every sort: read, or refused each with a sentence of its own; nothing is kept of what was refused."""

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime

import pytest
from django.test import Client

from agreements.models import ImportBatch
from records.models import StoredFile
from records.sheets import reading, sheet
from tests.agreements.imports import steps

pytestmark = pytest.mark.django_db
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def workbook(*lines: Sequence[object], names: tuple[str, ...] = ("Sheet",)) -> bytes:
    """A small workbook."""
    from openpyxl import Workbook

    book, file = Workbook(), io.BytesIO()
    for name in names:
        page = book.create_sheet(name)
        for line in lines:
            page.append(line)
    del book["Sheet"]
    book.save(file)
    return file.getvalue()


def package(**parts: bytes) -> bytes:
    """A zip file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in parts.items():
            zipped.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return file.getvalue()


def bomb() -> bytes:
    return package(xl__workbook_xml=b"<workbook/>", xl__worksheets__sheet1_xml=b"\0" * 160_000_000)


REFUSED: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "empty": (lambda: b"   \r\n ", "a.csv", "This file is empty"),
    "only NUL": (lambda: b"\0" * 50, "a.csv", "This file is empty"),
    "PDF": (lambda: b"%PDF-1.7 ...", "list.xlsx", "This file is a PDF, whatever it is called"),
    "picture": (lambda: b"\x89PNG\r\n...", "list.xlsx", "This file is a picture"),
    "password": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "list.xlsx", "protected by a password"),
    "old Excel": (lambda: OLE + "Workbook".encode("utf-16-le"), "list.xls", "Excel 97 to 2003 (.xls)"),
    "Word": (lambda: package(word__document_xml=b"<w/>"), "list.xlsx", "Word document"),
    "OpenDocument": (lambda: package(content_xml=b"<o/>"), "list.ods", "OpenDocument"),
    "other zip": (lambda: package(a_xml=b"<a/>"), "list.xlsx", "not an Excel workbook"),
    "broken workbook": (lambda: package(xl__workbook_xml=b"<a"), "list.xlsx", "not an Excel workbook"),
    "cut off": (lambda: workbook(["Title"], ["A"])[:900], "list.xlsx", "damaged"),
    "zip bomb": (bomb, "list.xlsx", "unpacks to far more"),
    "NUL in text": (lambda: b"Title,Kind\nA\0B,MOU\n", "a.csv", "NUL characters"),
    "no rows": (lambda: b"Title,Kind,Status\n", "a.csv", "no rows below them"),
    "empty sheets": (workbook, "list.xlsx", "every sheet is empty"),
    "too many rows": (lambda: b"Title\n" + b"A\n" * 5_001, "a.csv", "more than 5,000 rows"),
    "too many columns": (lambda: b"Title" + b",x" * 200 + b"\n" + b"A" + b",1" * 200, "a.csv", "201 columns"),
}  # fmt: skip


@pytest.mark.parametrize("kind", REFUSED)
def test_each_unreadable_file_has_its_own_sentence(officer: Client, kind: str) -> None:
    content, name, sentence = REFUSED[kind]
    if kind in {"empty", "only NUL"}:
        assert sentence in steps.refusal(officer, content(), name)
        return
    assert sentence in steps.refusal(officer, content(), name)
    assert not StoredFile.objects.exists()


def test_a_file_of_26_megabytes_is_refused_before_it_is_read(officer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "LARGEST_FILE", 1)
    assert "larger than 25 MB" in steps.refusal(officer, b"Title\n" + b"x" * 26 * 1024 * 1024)


def test_a_workbook_called_csv_and_text_called_xlsx_are_read_for_what_they_are(officer: Client) -> None:
    assert steps.upload(officer, workbook(["Title"], ["A"]), "list.csv").rows.get().values == ["A"]
    assert steps.upload(officer, b"Title,Kind\nB,Deed\n", "list.xlsx").rows.get().values == ["B", "Deed"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_any_delimiter_quotes_and_line_breaks_in_cells(delimiter: str) -> None:
    lines = ["Title~Purpose~Start", '"A ""quoted"" one"~"two\nlines, and; all"~1 July 2014', "B~~"]
    [found] = reading.read("\n".join(lines).replace("~", delimiter).encode()).sheets
    assert [line.cells for line in found.lines] == [
        ["Title", "Purpose", "Start"],
        ['A "quoted" one', "two\nlines, and; all", "1 July 2014"],
        ["B", "", ""],
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "cp1257"])
def test_any_encoding(encoding: str) -> None:
    text = (
        "Title,Purpose\nWhānau support – “plain”,Kōrero" if encoding != "cp1252" else "Title,Purpose\nCafé – “plain”,x"
    )
    [found] = reading.read(text.encode(encoding)).sheets
    assert ",".join(found.lines[1].cells) == text.split("\n")[1]


def test_values_of_a_workbook_come_as_people_read_them() -> None:
    moment = datetime(2014, 7, 1, 9, 30)  # noqa: DTZ001 - Excel knows no zones
    lines: list[Sequence[object]] = [["Title", "a", "b", "c", "d"], ["A", date(2014, 7, 1), moment, 72.0, True]]
    [found] = reading.read(workbook(*lines)).sheets
    assert found.lines[1].cells == ["A", "2014-07-01", "2014-07-01 09:30", "72", "Yes"]


def test_a_cell_of_100_000_characters_is_left_out_and_said() -> None:
    [found] = reading.read(f"Title,Purpose\nA,{'x' * 100_000}\n".encode()).sheets
    assert found.lines[1].cells == ["A", ""]
    assert "100,000 characters" in found.lines[1].notes[1]


def test_right_to_left_emoji_html_and_formulas_are_text(officer: Client) -> None:
    texts = ["مرحبا", "🌱 garden", "<script>alert(1)</script>", "{{ settings }}", "=1+1", "O'Brien's"]
    batch = steps.upload(officer, "\n".join(["Title;Kind", *(f"{text};MOU" for text in texts)]).encode())
    assert [row.values[0] for row in batch.rows.order_by("number")] == texts


def test_the_original_bytes_are_kept(officer: Client) -> None:
    content = b"Title,Kind\nCaf\xe9,Deed\n"
    batch = steps.upload(officer, content, "m\u0101 ori.csv")
    assert ImportBatch.objects.get(pk=batch.pk).file.read() == content
    response = officer.get(f"/agreements/import/{batch.pk}/file/")
    assert response.content == content
    assert "attachment" in response["Content-Disposition"]
