"""Content leaves under an authority; the chain holds and the verifier says so."""

from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.utils import timezone

from people.models import User
from records.acting import acting
from records.actions.disposal import DisposalRefused, dispose, dispose_file
from records.actions.issue import issue
from records.files import store
from records.models import Damaged, LedgerEntry, StoredFile
from records.verify import verify
from tests.records.conftest import Tamper, seal
from tests.records.shelf.models import Book


@pytest.fixture
def disposing(book: Book, keeper: User, approver: User) -> dict[str, Any]:
    """A lawful disposal of the book's title and facts."""
    return {
        "model": Book,
        "pks": [book.pk],
        "fields": ["title", "facts", "price"],
        "authority": "DA452, class 3",
        "reason": "Seven years after the end",
        "approved_by": approver,
        "by": keeper,
        "at": timezone.now(),
    }


def holds_everything(*, model: type, pks: list[int]) -> list[str]:
    """A legal hold on everything."""
    return ["These rows are held for a court case."]


def test_content_is_gone_everywhere_and_verifies_as_disposed(book: Book, disposing: dict[str, Any]) -> None:
    dispose(**disposing)
    seal()
    book.refresh_from_db()
    assert (book.title, book.facts, book.price) == ("", {}, None)
    assert {(row.title, row.price) for row in book.history.all()} == {("", None)}
    assert not LedgerEntry.objects.filter(relation="shelf_historicalbook", payload__contains="Pounamu").exists()
    report = verify()
    assert report.problems == []
    assert "disposed under DA452, class 3 on" in report.disposals[0]


def test_keys_dates_and_other_rows_stay(book: Book, disposing: dict[str, Any], keeper: User) -> None:
    with acting(by=keeper):
        other = Book.objects.create(shelf=book.shelf, title="Stays")
    before = [(row.history_id, row.history_date, row.shelf_id) for row in book.history.all()]
    dispose(**disposing)
    assert [(row.history_id, row.history_date, row.shelf_id) for row in book.history.all()] == before
    other.refresh_from_db()
    assert other.title == "Stays"


def test_later_changes_of_a_disposed_row_are_judged_as_any(
    book: Book, disposing: dict[str, Any], keeper: User, tamper: Tamper
) -> None:
    dispose(**disposing)
    book.refresh_from_db()
    with acting(by=keeper):
        book.title = "New life"
        book.save()
    seal()
    assert verify().ok
    tamper("UPDATE shelf_historicalbook SET title = 'x' WHERE title = 'New life'")
    assert not verify().ok


def test_content_put_back_after_a_disposal_is_found(disposing: dict[str, Any], tamper: Tamper) -> None:
    dispose(**disposing)
    tamper("UPDATE shelf_historicalbook SET title = 'Back' WHERE history_type = '+'")
    assert any("no disposal accounts" in problem.sentence for problem in verify().problems)


def test_the_guards_stand_again_afterwards(disposing: dict[str, Any]) -> None:
    from records.checks import guards_missing

    dispose(**disposing)
    assert guards_missing() == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"pks": []}, "Name the rows"),
        ({"authority": " "}, "authority"),
        ({"reason": ""}, "say why"),
        ({"fields": ["shelf"]}, "keys stay"),
        ({"fields": ["id"]}, "keys stay"),
        ({"fields": ["signed"]}, "no empty value"),
    ],
)
def test_an_unlawful_disposal_is_refused(disposing: dict[str, Any], change: dict[str, Any], sentence: str) -> None:
    with pytest.raises(DisposalRefused, match=sentence):
        dispose(**disposing | change)


def test_nobody_approves_their_own_disposal(disposing: dict[str, Any], keeper: User) -> None:
    with pytest.raises(DisposalRefused, match="Somebody else"):
        dispose(**disposing | {"approved_by": keeper})


@override_settings(DISPOSAL_HOLDS=["tests.records.test_disposal.holds_everything"])
def test_a_legal_hold_stops_a_disposal(disposing: dict[str, Any]) -> None:
    with pytest.raises(DisposalRefused, match="court case"):
        dispose(**disposing)


@pytest.mark.django_db(transaction=True)
def test_a_files_bytes_go_and_its_row_stays(keeper: User, approver: User) -> None:
    with acting(by=keeper):
        file = store(b"Private")
    dispose_file(file=file, authority="DA452", reason="Asked", approved_by=approver, by=keeper, at=timezone.now())
    assert not default_storage.exists(file.name)
    with pytest.raises(Damaged, match="disposed"):
        StoredFile.objects.get().read()
    with acting(by=keeper):
        assert store(b"Private").read() == b"Private"


def test_the_command_disposes_and_says_so(
    book: Book, keeper: User, approver: User, capsys: pytest.CaptureFixture[str]
) -> None:
    with acting(by=keeper):
        issue(kind="summary", subject="BOOK-1", state="a", render=lambda _: b"Printed", by=keeper, at=timezone.now())
    said = {"authority": "DA452", "reason": "Seven years", "by": keeper.email, "approved_by": approver.email}
    rows = {"model": "shelf.Book", "rows": f"{book.pk},", "fields": "title, facts", "issued_about": "BOOK-1"}
    call_command("dispose", **said, **rows)
    out = capsys.readouterr().out
    assert "Disposed of title, facts in 1 rows of shelf_book." in out
    assert "Removed 1 documents issued about BOOK-1." in out
    assert StoredFile.objects.get().disposed_at
    seal()
    assert verify().ok


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"model": None}, "Name what to dispose of"),
        ({"by": "nobody@shelf.example"}, "There is no user"),
        ({"model": "sessions.Session"}, "has no history"),
        ({"rows": ""}, "Name the rows"),
    ],
)
def test_the_command_says_why_not(
    book: Book, keeper: User, approver: User, change: dict[str, Any], sentence: str
) -> None:
    said = {"authority": "DA452", "reason": "Seven years", "by": keeper.email, "approved_by": approver.email}
    rows = {"model": "shelf.Book", "rows": str(book.pk), "fields": "title"}
    with pytest.raises(CommandError, match=sentence):
        call_command("dispose", **said | rows | change)
