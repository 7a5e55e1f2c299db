"""What the app's own database role may do: an injection through it cannot rewrite history."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from people.models import User
from records.acting import acting
from records.roles import app_role
from tests.records.conftest import seal
from tests.records.shelf.models import Shelf


@pytest.fixture
def as_app(shelf: Shelf) -> Iterator[None]:
    """Be the app from here on, everything before sealed by the owner."""
    seal()
    with connection.cursor() as cursor:
        cursor.execute(f'SET SESSION AUTHORIZATION "{app_role()}"')
        yield
        cursor.execute("RESET SESSION AUTHORIZATION")


def test_the_app_changes_records_and_their_history_follows(as_app: None, shelf: Shelf, keeper: User) -> None:
    with acting(by=keeper):
        shelf.name = "By the app"
        shelf.save()
        Shelf.objects.create(name="New").delete()
    seal()
    assert shelf.history.count() == 2


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE shelf_historicalshelf SET name = 'x'",
        "DELETE FROM shelf_historicalshelf",
        "TRUNCATE shelf_historicalshelf",
        "TRUNCATE shelf_shelf",
        "INSERT INTO records_ledgerentry (txn, relation, history_id, sha256) VALUES (1, 'x', 1, '')",
        "UPDATE records_ledgerlink SET at = now()",
        "INSERT INTO records_ledgerrename (old, new) VALUES ('shelf_historicalshelf', 'x')",
        "ALTER TABLE shelf_shelf DISABLE TRIGGER history_guard",
        "DROP TRIGGER history_guard ON shelf_shelf",
        "SET session_replication_role = replica",
        "SET ROLE register_owner",
        "CREATE OR REPLACE FUNCTION shelf_shelf_guard() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN END'",
        "CREATE OR REPLACE FUNCTION records_history_dated() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN END'",
        "CREATE TABLE public.mine (id int)",
        "SELECT records_dispose(1)",
        "SELECT records_ledger_write()",
        "COPY shelf_shelf TO PROGRAM 'true'",
        "DELETE FROM django_migrations",
    ],
)
def test_the_app_may_not(as_app: None, statement: str) -> None:
    with pytest.raises(DatabaseError, match=r"permission denied|must be owner|append-only|part of the record"):
        run(statement)


def run(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_app_cannot_forge_ledger_entries_from_a_table_of_its_own(as_app: None) -> None:
    run("CREATE TEMP TABLE shelf_historicalshelf (history_id bigint)")
    for function in ("records_ledger_write", "records_ledger_seal"):
        with pytest.raises(DatabaseError, match="permission denied"):
            run(f"CREATE TRIGGER forge AFTER INSERT ON pg_temp.shelf_historicalshelf EXECUTE FUNCTION {function}()")


def test_the_app_cannot_shadow_the_history_with_a_temporary_table(as_app: None) -> None:
    run("CREATE TEMP TABLE shelf_historicalshelf (LIKE public.shelf_historicalshelf)")
    run("INSERT INTO pg_temp.shelf_historicalshelf SELECT * FROM public.shelf_historicalshelf")
    run("UPDATE pg_temp.shelf_historicalshelf SET name = 'x'")
    with pytest.raises(DatabaseError, match="newest history row"), transaction.atomic():
        run("UPDATE public.shelf_shelf SET name = 'x'")
        seal()


@pytest.mark.django_db
def test_the_database_checks_pass() -> None:
    call_command("check", databases=["default"], tags=["database"])
