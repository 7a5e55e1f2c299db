"""Exports: what the filters find, safe to open, readable by Excel, and never held in memory as a whole."""

import csv
import gc
import io
import tracemalloc
from datetime import date
from typing import Any

import pytest
from django.test import Client

from agreements.choices import Status
from agreements.columns import COLUMNS
from agreements.exports import CHUNK, cells, csv_lines
from agreements.extensions import added_columns
from agreements.models import Agreement
from tests.agreements_at import agreement_at, answer
from tests.benchmarks.many import many_agreements
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db
CSV, XLSX = "/agreements/export.csv", "/agreements/export.xlsx"


@pytest.fixture
def reader(cast: Cast, client: Client) -> Client:
    client.force_login(cast.privacy_officer)
    return client


def text(response: Any) -> str:
    """The streamed body."""
    found: str = b"".join(response.streaming_content).decode()
    return found


def sheet(response: Any) -> list[dict[str, str]]:
    """The rows of a streamed CSV."""
    return list(csv.DictReader(io.StringIO(text(response).removeprefix("\ufeff"))))


def test_the_filter_is_what_is_exported(cast: Cast, reader: Client) -> None:
    agreement_at(Status.DRAFT, cast, title="A draft")
    signed = agreement_at(Status.SIGNED, cast, title="Whānau pānui", ends_on=date(2029, 6, 30))
    response = reader.get(CSV, {"status": "signed"})
    assert response.headers["Content-Disposition"].startswith('attachment; filename="agreements-')
    [row] = sheet(response)
    assert list(row) == [column.heading for column in (*COLUMNS, *added_columns())]
    assert (row["Reference"], row["Title"], row["Ends on"]) == (signed.reference, "Whānau pānui", "2029-06-30")
    assert row["Parties"].split("; ")[-1] == "Te Whare Tautoko Trust"
    assert row["Roles of the parties"].split("; ")[-1] == "Receives information"


def test_excel_is_told_that_it_is_utf_8(reader: Client) -> None:
    assert text(reader.get(CSV)).startswith("\ufeffReference,Title")


@pytest.mark.parametrize("beginning", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(cast: Cast, beginning: str) -> None:
    agreement = agreement_at(Status.DRAFT, cast)
    answer(agreement, "purpose", cast.privacy_officer, purpose=f"{beginning}HYPERLINK(1)")
    whole = Agreement.objects.whole().select_related("search_entry").get()
    row = dict(zip([column.name for column in COLUMNS], cells(whole, NOW.date()), strict=True))
    assert row["purpose"] == f"'{beginning}HYPERLINK(1)"


def test_excel_holds_the_same_rows_with_real_dates_and_no_formula(cast: Cast, reader: Client) -> None:
    agreement = agreement_at(Status.SIGNED, cast, title="=1+1", ends_on=date(2029, 6, 30))
    answer(agreement, "ownership", cast.privacy_officer, procurement_ref="\x0bA\x00-1".replace("\x00", ""))
    from openpyxl import load_workbook

    answered: Any = reader.get(XLSX)
    book = load_workbook(io.BytesIO(b"".join(answered.streaming_content)))
    heads, first = [[str(cell.value) for cell in row] for row in book["Agreements"].iter_rows()]
    row = dict(zip(heads, first, strict=True))
    assert row["Title"] == "'=1+1"
    assert row["Ends on"] == "2029-06-30 00:00:00"
    assert row["Contract reference"] == "A-1"


def test_another_agency_exports_nothing_of_it(cast: Cast, client: Client) -> None:
    agreement_at(Status.SIGNED, cast)
    client.force_login(Cast("OTH", "Other Ministry").privacy_officer)
    assert sheet(client.get(CSV)) == []


def test_who_may_not_export_is_refused(cast: Cast, client: Client) -> None:
    client.force_login(cast.adviser)
    assert client.get(CSV).status_code == 403
    assert "Export" not in client.get("/agreements/").content.decode()


def test_only_two_formats_and_only_reading(reader: Client) -> None:
    assert reader.get("/agreements/export.pdf").status_code == 404
    assert reader.post(CSV).status_code == 405


def test_queries_follow_chunks_not_rows(cast: Cast, django_assert_max_num_queries: Any) -> None:
    many_agreements(60, cast.privacy_officer, NOW, bodies=5)
    keys = list(Agreement.objects.values_list("pk", flat=True))
    assert len(keys) < CHUNK
    with django_assert_max_num_queries(12):
        assert len(list(csv_lines(keys, NOW.date()))) == 61


def test_a_stream_holds_no_more_for_more_rows(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("agreements.exports.CHUNK", 10)
    many_agreements(200, cast.privacy_officer, NOW, bodies=5)
    keys = list(Agreement.objects.values_list("pk", flat=True))
    few, many = _peak(keys[:40]), _peak(keys)
    assert many < few * 1.5


def _peak(keys: list[int]) -> int:
    """The most bytes that were held while the rows went by."""
    tracemalloc.start()
    for number, _ in enumerate(csv_lines(keys, NOW.date())):
        if number % 20 == 0:
            gc.collect()  # rows point at each other: only what is still needed counts
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak
