"""Nothing is written without its history, and history is append-only: each way past simple-history is tried."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from people.models import User
from records import bulk
from records.acting import acting
from records.models import Frozen, Mark
from tests.records.conftest import seal
from tests.records.shelf.models import Book, Shelf


def sql(statement: str, *params: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)


def constraint(refused: pytest.ExceptionInfo[IntegrityError]) -> str:
    """The name that the database gives the rule that refused."""
    return refused.value.__cause__.diag.constraint_name  # type: ignore[union-attr]


PASSING_BY: dict[str, Callable[[Book], object]] = {
    "update()": lambda book: Book.objects.update(title="x"),
    "bulk_create": lambda book: Book.objects.bulk_create([Book(shelf=book.shelf, title="x")]),
    "upsert": lambda book: Book.objects.bulk_create(
        [Book(id=book.pk, shelf=book.shelf, title="x")],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["title"],
    ),
    "bulk_update": lambda book: Book.objects.bulk_update([Book(id=book.pk, title="x")], ["title"]),
    "raw delete": lambda book: Book.objects.filter(pk=book.pk)._raw_delete("default"),
    "raw insert": lambda book: sql("INSERT INTO shelf_shelf (name, notes) VALUES ('x', '')"),
    "raw update": lambda book: sql("UPDATE shelf_book SET title = 'x'"),
    "part of a JSON value": lambda book: sql("""UPDATE shelf_book SET facts = '{"a": [1]}'"""),
    "CTE": lambda book: sql("WITH gone AS (DELETE FROM shelf_book RETURNING id) SELECT count(*) FROM gone"),
    "MERGE": lambda book: sql(
        "MERGE INTO shelf_book b USING (SELECT 1) s ON true WHEN MATCHED THEN UPDATE SET title = 'x'"
    ),
    "key": lambda book: sql("UPDATE shelf_book SET id = id + 1000"),
}


@pytest.mark.parametrize("way", PASSING_BY)
def test_writing_past_history_is_refused(book: Book, way: str) -> None:
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        PASSING_BY[way](book)
        seal()
    assert constraint(refused) == "history_guard"


def test_copy_is_refused(shelf: Shelf) -> None:
    def copy_and_seal() -> None:
        with transaction.atomic():
            with connection.cursor() as cursor, cursor.copy("COPY shelf_shelf (name, notes) FROM STDIN") as copy:
                copy.write_row(("Copied", ""))
            seal()

    with pytest.raises(IntegrityError) as refused:
        copy_and_seal()
    assert constraint(refused) == "history_guard"


def test_skipping_simple_history_is_refused(shelf: Shelf, keeper: User) -> None:
    shelf.name = "x"
    with pytest.raises(IntegrityError), transaction.atomic(), acting(by=keeper):
        shelf.save_without_historical_record()  # type: ignore[attr-defined]
        seal()


def test_update_after_save_in_one_transaction_is_refused(shelf: Shelf, keeper: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), acting(by=keeper):
        shelf.save()
        Shelf.objects.filter(pk=shelf.pk).update(name="x")
        seal()


def test_decoy_history_then_update_is_refused(shelf: Shelf, keeper: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), acting(by=keeper):
        sql("UPDATE shelf_shelf SET name = 'Altered'")
        shelf.save()
        sql("UPDATE shelf_shelf SET name = 'Altered again'")
        seal()


def test_forged_history_with_the_row_untouched_is_refused(shelf: Shelf, keeper: User) -> None:
    forged = shelf.history.get()
    forged.pk, forged.name, forged.history_date = None, "Never so", timezone.now()
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        forged.save()
        seal()
    assert constraint(refused) == "history_guard"


def test_deletion_recorded_of_a_living_row_is_refused(shelf: Shelf) -> None:
    forged = shelf.history.get()
    forged.pk, forged.history_type, forged.history_date = None, "-", timezone.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        forged.save()
        seal()


def test_history_of_a_rolled_back_savepoint_does_not_cover_the_row(shelf: Shelf, keeper: User) -> None:
    def write() -> None:
        with transaction.atomic(), acting(by=keeper):
            point = transaction.savepoint()
            shelf.name = "x"
            shelf.save()
            transaction.savepoint_rollback(point)
            sql("UPDATE shelf_shelf SET name = 'x'")
            seal()

    with pytest.raises(IntegrityError):
        write()


def test_temporary_table_named_like_the_history_does_not_fool_the_guard(shelf: Shelf) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        sql("CREATE TEMP TABLE shelf_historicalshelf (LIKE public.shelf_historicalshelf)")
        sql("INSERT INTO pg_temp.shelf_historicalshelf SELECT * FROM public.shelf_historicalshelf")
        sql("UPDATE pg_temp.shelf_historicalshelf SET name = 'x', history_id = 999999")
        sql("UPDATE public.shelf_shelf SET name = 'x'")
        seal()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE shelf_historicalshelf SET name = 'x'",
        "DELETE FROM shelf_historicalshelf",
        "TRUNCATE shelf_historicalshelf",
        "TRUNCATE shelf_shelf CASCADE",
        "UPDATE records_ledgerentry SET payload = ''",
        "DELETE FROM records_ledgerlink",
        "TRUNCATE records_ledgerentry",
        "TRUNCATE records_ledgerlink",
    ],
)
def test_the_record_is_append_only(shelf: Shelf, statement: str) -> None:
    seal()
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        sql(statement)
    assert constraint(refused) == "append_only"


def test_lawful_ways_pass(shelf: Shelf, keeper: User) -> None:
    with acting(by=keeper):
        shelf.save()
        shelf.save(update_fields=["name"])
        first = Book.objects.create(shelf=shelf, title="Kōrero", facts={"a": [1, 2]})
        Book.objects.create(shelf=shelf, title="Sequel", sequel_of=first)
        Book.objects.update_or_create(pk=first.pk, defaults={"title": "Kōrero mai"})
        Book.objects.create(shelf=shelf, title="Gone at once").delete()
        seal()
        first.delete()  # its sequel goes with it
        seal()
    assert Book.history.filter(history_type="-").count() == 3


def test_no_net_change_passes(shelf: Shelf) -> None:
    Shelf.objects.update(name="There")
    Shelf.objects.update(name=shelf.name)
    seal()


def test_bulk_writes_with_their_history_pass(shelf: Shelf, keeper: User) -> None:
    with acting(by=keeper, reason="Import"):
        books = bulk.create([Book(shelf=shelf, title=f"Book {number}") for number in range(20)])
        for book in books:
            book.kind = "atlas"
        bulk.update(books, ["kind"])
    seal()
    assert Book.history.filter(history_change_reason="Import").count() == 40
    assert len({row.request_id for row in Book.history.all()}) == 1


def test_the_first_history_of_many_rows_says_what_the_database_made_of_them(shelf: Shelf, keeper: User) -> None:
    said = {"facts": {"a": [1, None]}, "tags": ["x", "ū"], "cover": b"\x00%s", "title": "100% “Tūī”"}
    with acting(by=keeper):
        books = bulk.create([Book(shelf=shelf, price="9.999", **said), Book(shelf=shelf, title="B")])
    seal()
    for book in books:
        book.refresh_from_db()
        row = book.history.get()
        assert {f.attname: getattr(row, f.attname) for f in Book.history.model.tracked_fields} == {
            f.attname: getattr(book, f.attname) for f in Book._meta.fields
        }
    assert str(books[0].history.get().price) == "10.00"


def test_bulk_deletion_is_recorded(shelf: Shelf, keeper: User) -> None:
    with acting(by=keeper):
        books = bulk.create([Book(shelf=shelf, title=f"Book {number}") for number in range(3)])
        bulk.delete(books)
        bulk.create([])
        bulk.delete([])
    seal()
    assert Book.history.filter(history_type="-").count() == 3
    assert not Book.objects.exists()


def test_bulk_writes_refuse_what_was_read_from_the_past(book: Book, keeper: User) -> None:
    book.as_at = Mark(at=timezone.now(), true_from=None, backfill_id=None)
    with pytest.raises(Frozen), transaction.atomic(), acting(by=keeper):
        bulk.update([book], ["title"])


def test_bulk_history_of_a_stale_row_is_refused(book: Book, keeper: User) -> None:
    stale = Book.objects.get(pk=book.pk)
    with acting(by=keeper):
        book.price = 5
        book.save()
    with pytest.raises(IntegrityError), transaction.atomic(), acting(by=keeper):
        stale.title = "Stale"
        bulk.update([stale], ["title"])
        seal()


def test_a_refusal_names_the_table_and_the_row(shelf: Shelf) -> None:
    with pytest.raises(IntegrityError, match=f"shelf_shelf {shelf.pk}") as refused, transaction.atomic():
        Shelf.objects.update(name="x")
        seal()
    assert refused.value.__cause__.diag.table_name == "shelf_shelf"  # type: ignore[union-attr]
