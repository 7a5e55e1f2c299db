"""The guards and old history rows survive later migrations."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.migrations.state import ProjectState

from people.models import User
from records import guard_sql, guards
from records.acting import acting
from records.checks import guards_missing
from records.data_migration import record_history
from records.guards import GuardHistory, UnguardHistory
from records.models import LedgerRename
from records.verify import former_names, verify
from tests.records.conftest import Tamper, seal
from tests.records.shelf.models import Book, Shelf


def alter(statement: str, *tables: str) -> None:
    """Run one ALTER on each table, everything before it judged and sealed as a migration of its own would find it."""
    seal()
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} {statement}")


BOTH = ("shelf_shelf", "shelf_historicalshelf")


def sentences() -> list[str]:
    seal()
    return [problem.sentence for problem in verify().problems]


def test_a_column_added_renamed_and_dropped_leaves_old_rows_verifying(shelf: Shelf, tamper: Tamper) -> None:
    alter("ADD COLUMN colour varchar(20)", *BOTH)
    assert sentences() == []
    alter("RENAME COLUMN notes TO remarks", *BOTH)
    assert sentences() == []
    alter("DROP COLUMN remarks", *BOTH)
    assert sentences() == []
    alter("ALTER COLUMN name TYPE text", *BOTH)
    assert sentences() == []
    tamper("UPDATE shelf_historicalshelf SET name = 'Never so'")
    assert any("Never so" in sentence for sentence in sentences())


def test_an_old_row_cannot_get_a_value_in_a_column_added_later(shelf: Shelf, tamper: Tamper) -> None:
    alter("ADD COLUMN colour varchar(20)", *BOTH)
    tamper("UPDATE shelf_historicalshelf SET colour = 'Red'")
    tamper("UPDATE shelf_shelf SET colour = 'Red'")
    assert any('colour: null -> "Red"' in sentence for sentence in sentences())


def test_a_renamed_column_cannot_get_another_value(shelf: Shelf, tamper: Tamper) -> None:
    alter("RENAME COLUMN name TO label", *BOTH)
    assert sentences() == []
    tamper("UPDATE shelf_historicalshelf SET label = 'Never so'")
    assert any("Never so" in sentence for sentence in sentences())


def test_the_guard_sees_a_column_added_later(shelf: Shelf) -> None:
    alter("ADD COLUMN colour varchar(20)", *BOTH)
    with pytest.raises(IntegrityError), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("UPDATE shelf_shelf SET colour = 'Red'")
        seal()


def test_a_data_migration_records_what_it_changed(book: Book, shelf: Shelf, keeper: User) -> None:
    with acting(by=keeper):
        gone = Book.objects.create(shelf=shelf, title="Gone")
    seal()
    Book.objects.filter(pk=book.pk).update(title="Migrated")
    Book.objects.filter(pk=gone.pk)._raw_delete("default")
    Book.objects.bulk_create([Book(shelf=shelf, title="Made")])
    with connection.schema_editor() as editor:
        assert record_history(editor, Book, reason="Migration 0007") == 3
        assert record_history(editor, Book, reason="Again") == 0
    rows = Book.history.filter(history_change_reason="Migration 0007")
    assert {(row.title, row.history_type) for row in rows} == {("Migrated", "~"), ("Gone", "-"), ("Made", "+")}
    assert sentences() == []


def test_a_renamed_history_table_keeps_what_was_recorded_before(
    shelf: Shelf, keeper: User, monkeypatch: pytest.MonkeyPatch, tamper: Tamper
) -> None:
    seal()
    state = ProjectState.from_apps(apps)
    with connection.schema_editor() as editor:
        UnguardHistory("Shelf").database_forwards("shelf", editor, state, state)
    alter("RENAME TO shelf_historicalrack", "shelf_historicalshelf")
    monkeypatch.setattr(Shelf.history.model._meta, "db_table", "shelf_historicalrack")
    with connection.schema_editor() as editor:
        guards._install(editor, guard_sql.of_model(Shelf))
        guards._note_rename(editor, "shelf_historicalshelf", "shelf_historicalrack")
    with acting(by=keeper):
        shelf.name = "After the rename"
        shelf.save()
    assert sentences() == []
    assert guards_missing() == []
    assert former_names() == {"shelf_historicalrack": ["shelf_historicalrack", "shelf_historicalshelf"]}
    tamper("UPDATE shelf_historicalrack SET name = 'Never so' WHERE history_type = '+'")
    assert any("Never so" in sentence for sentence in sentences())


def test_names_follow_several_renames(db: None) -> None:
    for old, new in (("a", "b"), ("b", "c"), ("x", "y")):
        LedgerRename.objects.create(old=old, new=new)
    assert former_names() == {"c": ["c", "a", "b"], "y": ["y", "x"]}


def test_going_backwards_takes_the_guard_away_and_forwards_puts_it_back(shelf: Shelf) -> None:
    seal()
    state = ProjectState.from_apps(apps)
    operation = GuardHistory("Shelf")
    with connection.schema_editor() as editor:
        operation.database_backwards("shelf", editor, state, state)
        assert any("shelf_shelf is not guarded" in sentence for sentence in guards_missing())
        operation.database_forwards("shelf", editor, state, state)
    assert guards_missing() == []


def test_guarding_again_goes_back_to_the_guard_before(shelf: Shelf) -> None:
    seal()
    state = ProjectState.from_apps(apps)
    with connection.schema_editor() as editor:
        GuardHistory("Shelf", again=True).database_backwards("shelf", editor, state, state)
        UnguardHistory("Shelf").database_backwards("shelf", editor, state, state)
    assert guards_missing() == []


def test_operations_are_written_as_they_were_made() -> None:
    made = GuardHistory("Shelf", again=True, was="before")
    assert made.deconstruct() == ("GuardHistory", ["Shelf"], {"again": True, "was": "before"})
    assert made.migration_name_fragment == "guard_shelf"
    assert "Guard the history of Shelf" in made.describe()
    assert "until" in UnguardHistory("Shelf").describe()


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("ALTER TABLE shelf_shelf DISABLE TRIGGER history_guard", "shelf_shelf is not guarded"),
        ("DROP TRIGGER append_only ON shelf_historicalshelf", "trigger append_only is missing"),
        ("DROP TRIGGER ledger_seal ON records_ledgerentry", "trigger ledger_seal is missing"),
        ("DROP INDEX shelf_historicalshelf_last", "Index shelf_historicalshelf_last is missing"),
        (
            "CREATE OR REPLACE FUNCTION shelf_shelf_guard() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN END'",
            "Function shelf_shelf_guard() is missing or is not",
        ),
        ("GRANT UPDATE ON shelf_historicalshelf TO register_app", "The app may do more with shelf_historicalshelf"),
    ],
)
@pytest.mark.django_db
def test_the_check_finds_what_is_not_as_installed(statement: str, said: str) -> None:
    assert guards_missing() == []
    with connection.cursor() as cursor:
        cursor.execute(statement)
    assert any(said in sentence for sentence in guards_missing())


def test_a_type_that_old_text_does_not_fit_is_said_and_not_a_crash(shelf: Shelf) -> None:
    alter("ALTER COLUMN name TYPE integer USING 7", *BOTH)
    assert any("cannot be compared" in sentence for sentence in sentences())
