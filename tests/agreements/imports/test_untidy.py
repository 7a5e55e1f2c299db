"""A 400-row sheet of ordinary untidiness goes through every page, and every kind of untidiness comes to its end."""

from collections import Counter
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from agreements.models import Agreement, ImportBatch, ImportRow, Information, Organisation, Party, SearchEntry, Terms
from tests.agreements.imports import steps, untidy
from tests.cast import Cast

pytestmark = pytest.mark.django_db
FIRST = 5  # the line of the first row, below preamble, a blank line and headings


def row_of(batch: ImportBatch, at: int) -> ImportRow:
    """The row that untidy.row(at) became: blank lines stand before rows 100, 150, 200, 250, 300 and 350."""
    blank = sum(at >= line for line in (100, 150, 200, 250, 300, 350))
    return batch.rows.get(number=FIRST + at + blank)


def sentences(row: ImportRow, level: str) -> str:
    """Everything of one level that is said about a row."""
    return " | ".join(problem["text"] for problem in row.problems if problem["level"] == level)


def terms_of(batch: ImportBatch, at: int) -> Terms:
    agreement = row_of(batch, at).agreement
    assert agreement is not None
    return agreement.terms_now


@pytest.fixture
def batch(officer: Client) -> ImportBatch:
    """The CSV, checked, with every question answered as suggested."""
    found = steps.upload(officer, untidy.as_csv(), "MOU register FINAL v7.csv")
    return steps.as_suggested(officer, steps.as_guessed(officer, found))


def test_it_is_read_as_it_is_meant_and_only_what_cannot_be_read_is_held_back(batch: ImportBatch) -> None:
    check_columns(batch)
    check_held_back(batch)
    check_what_is_said(batch)


def check_columns(batch: ImportBatch) -> None:
    """The right encoding, the right line, the right guesses."""
    assert (batch.encoding, batch.heading_line, batch.rows_total) == ("Windows-1252", 4, 400)
    meanings = [batch.mapping[str(at)] for at in range(untidy.WIDTH)]
    assert meanings == [
        "old_reference", "title", "kind", "status", "parties", "purpose", "information", "signed_on", "starts_on",
        "ends_on", "owner", "legal_bases", "personal_information", "breach_hours", "review_due_on", "",
    ]  # fmt: skip


def check_held_back(batch: ImportBatch) -> None:
    """Each row with its sentence."""
    held = {at: sentences(row_of(batch, at), "error") for at in (7, 19, 33, 48, 61, 133)}
    assert batch.rows.with_level("error").count() == len(held)
    assert "financial year" in held[7]
    assert "before it starts" in held[19]
    assert "no title" in held[33]
    assert f"same title, parties and dates as row {row_of(batch, 47).number}" in held[48]
    assert "25,000 characters" in held[61]
    assert "“31/02/2016” cannot be read as a date" in held[133]


def check_what_is_said(batch: ImportBatch) -> None:
    """Nothing is guessed or left out in silence."""
    notes = Counter(problem["text"] for row in batch.rows.all() for problem in row.problems)
    assert notes["“various” names no party: not recorded"] > 10
    assert notes["“TBC” says nothing: not recorded"] > 50
    assert notes["“-” says nothing: not recorded"] > 100
    assert notes["“2 days” was read as 48 hours"] == 100
    assert any("is a day as Excel counts them" in text for text in notes)
    assert any("gives no day: recorded as 1 " in text for text in notes)
    assert any("Owner “Somebody Gone” is not recorded" in text for text in notes)


@pytest.mark.assessed
def test_all_good_rows_come_in_at_once_and_go_again(officer: Client, batch: ImportBatch) -> None:
    before = Organisation.objects.count()
    done = steps.run(officer, batch)
    check_agreements(done)
    check_dates(done)
    check_parties(done)
    check_the_rest(done)
    check_undoing(officer, done, before)


def check_agreements(done: ImportBatch) -> None:
    """In one request, with a reason, findable."""
    assert done.state == "done"
    assert Agreement.objects.count() == done.agreements.count() == SearchEntry.objects.count() == 394
    assert Counter(done.agreements.values_list("status", flat=True)) == {"signed": 345, "ended": 49}
    assert len({agreement.reference for agreement in done.agreements.all()}) == 394
    history = Agreement.history.filter(history_type="+")
    assert history.values("request_id").distinct().count() == 1
    assert set(history.values_list("history_change_reason", flat=True)) == {"Imported from MOU register FINAL v7.csv"}


def check_dates(done: ImportBatch) -> None:
    """Every way of writing a day gives the day that was meant; a month alone its first."""
    expected = {at: terms_of(done, at).signed_on for at in range(8, 16)}
    plain = [date.fromordinal(date(2012, 1, 3).toordinal() + at * 11) for at in range(8, 16)]
    assert list(expected.values()) == [day.replace(day=1) if at % 8 == 4 else day for at, day in enumerate(plain, 8)]
    assert terms_of(done, 10).open_ended == "yes"


def check_parties(done: ImportBatch) -> None:
    """Found by any name, parted, added once."""

    def parties(at: int) -> set[str]:
        return set(terms_of(done, at).parties.values_list("organisation__name", flat=True))

    police, children = "New Zealand Police", "Oranga Tamariki—Ministry for Children"
    assert parties(2) == {children, police, "Kowhai Health Trust"}
    assert parties(1) == {"Kāinga Ora—Homes and Communities"}  # macrons were missing
    assert parties(4) == {children, "Te Whare Tautoko"}
    assert parties(15) == {police, "Ministry of Social Development"}  # one of them by its Māori name
    assert parties(8) == {"Ministry of Business, Innovation and Employment"}  # neither comma nor "and" parts it
    assert parties(9) == {"Department of Corrections"}
    assert parties(120) == {"Te Whare Tautoko"}  # decided once: the same body
    assert Organisation.objects.filter(name__startswith="Te Whare Tautoko").count() == 1
    assert parties(17) == set()  # "various"


def check_the_rest(done: ImportBatch) -> None:
    """Old references, owners, numbers, law, yes and no, text that looks like a formula."""
    agreement = row_of(done, 5).agreement
    assert agreement is not None
    assert (agreement.known_as, agreement.origin, agreement.batch_id) == ("A1005", "imported", done.pk)
    owned = row_of(done, 1).agreement
    assert owned is not None
    assert owned.owner is not None
    assert owned.owner.name == "Aroha Ngata"
    terms = terms_of(done, 3)
    assert terms.breach_hours is None
    assert terms_of(done, 1).breach_hours == 48
    assert terms_of(done, 1).purpose.count("\n") == 0
    assert "“wherever”" in terms_of(done, 4).purpose
    assert terms_of(done, 4).legal_bases.get().provision.code == "pa2020-ipp11-1a"
    assert terms_of(done, 2).personal_information == "no"
    formula = row_of(done, 75).agreement
    assert formula is not None
    assert formula.title == "=cmd|' /C calc'!A0"  # text, and nothing more


def check_undoing(officer: Client, done: ImportBatch, before: int) -> None:
    """As if it had never been there, but for its history; a second press changes nothing."""
    address = reverse("agreements:import_undo", args=[done.pk])
    assert officer.get(address).context["obstacles"] == []
    assert officer.post(address, {"reason": "Wrong list"}).status_code == 302
    assert steps.again(done).state == "undone"
    for model in (Agreement, Terms, Party, Information, SearchEntry):
        assert not model.objects.exists(), model
    assert Organisation.objects.count() == before
    assert Agreement.history.filter(history_type="-").count() == 394
    assert officer.post(address, {"reason": "Again"}).status_code == 302
    assert steps.again(done).undone_why == "Wrong list"


def test_the_workbook_comes_to_the_same(officer: Client, cast: Cast) -> None:
    found = steps.upload(officer, untidy.as_xlsx(), "register.xlsx")
    assert (found.sheet, found.heading_line, found.rows_total, found.summary["sheets"]) == ("Register", 4, 400, 2)
    checked = steps.as_suggested(officer, steps.as_guessed(officer, found))
    assert "formula whose result the file does not carry" in sentences(row_of(checked, 12), "error")
    assert row_of(checked, 27).values[2] == row_of(checked, 25).values[2]  # merged downwards
    done = steps.run(officer, checked)
    assert done.agreements.count() == 393


def test_macrons_survive_where_the_file_has_them(officer: Client) -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1257"):
        content = "Title;Other parties\nTe Āwhina;Kāinga Ora\nŌtaki ki te tonga;Te Whatu Ora\n".encode(encoding)
        batch = steps.upload(officer, content, f"{encoding}.csv")
        assert [row.values[0] for row in batch.rows.order_by("number")] == ["Te Āwhina", "Ōtaki ki te tonga"], encoding
