"""The test database: owned by the schema's owner, named after the migrations, emptied in spite of the guards."""

import fcntl
import hashlib
import os
import subprocess
import sys
from typing import Any

import environ
import psycopg
from django.conf import settings
from django.db.backends.postgresql.operations import DatabaseOperations
from psycopg import sql

from config import embedded_postgres

# Every file that the schema of the test database comes from.
SCHEMA = ("*/migrations/*.py", "tests/**/migrations/*.py", "records/guard_sql.py", "records/sql/*.sql")
# TRUNCATE is refused on tracked tables. Only a superuser may do this, and only the owner of a test server is one.
WITHOUT_GUARDS = "SET LOCAL session_replication_role = replica"


def act_as_owner() -> None:
    """Creating test databases, migrating and flushing need the owner; speed needs no waiting for the disk."""
    owner = environ.Env.db_url_config(settings.DATABASE_OWNER_URL)
    options = settings.DATABASES["default"]["OPTIONS"]
    faster = options | {"options": f"{options['options']} -c synchronous_commit=off"}
    settings.DATABASES["default"].update(owner | {"OPTIONS": faster})


def name_after_migrations(*, tidy: bool) -> None:
    """Name the test database after the text of all migrations, so that --reuse-db never meets an older schema.

    ``tidy`` drops the databases of other migrations that nobody is connected to.
    """
    digest = hashlib.sha256()
    for pattern in SCHEMA:
        for path in sorted(settings.BASE_DIR.glob(pattern)):
            digest.update(path.read_bytes())
    name = f"test_{digest.hexdigest()[:10]}"
    settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = name
    if tidy and settings.PRIVATE_DATABASE:
        _drop_others(name)


def copy_from_template() -> None:
    """Make this worker's test database by copying one that is migrated once: seconds each."""
    name = settings.DATABASES["default"]["TEST"]["NAME"]
    template = f"{name.split('_gw')[0]}_template"
    with (settings.BASE_DIR / "var" / "template.lock").open("w") as lock, _administrator() as administrator:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _exists(administrator, template):
            _migrate_anew(administrator, f"{template}_unfinished")
            _run(administrator, "ALTER DATABASE {} RENAME TO {}", f"{template}_unfinished", template)
        if not _exists(administrator, name):
            _run(administrator, "CREATE DATABASE {} TEMPLATE {}", name, template)


def _migrate_anew(administrator: psycopg.Connection, name: str) -> None:
    """A new, migrated database. Another process does it, since this one is bound to its own test database."""
    _run(administrator, "DROP DATABASE IF EXISTS {}", name)
    _run(administrator, "CREATE DATABASE {}", name)
    there = {
        variable: embedded_postgres.url(settings.BASE_DIR, role).rsplit("/", 1)[0] + f"/{name}"
        for variable, role in (("DATABASE_URL", embedded_postgres.APP), ("DATABASE_OWNER_URL", embedded_postgres.OWNER))
    }
    command = [sys.executable, "-m", "tests.harness.migrate"]
    environment = os.environ | there | {"SECRET_KEY": "for one migration"}
    subprocess.run(command, cwd=settings.BASE_DIR, env=environment, check=True)


def _drop_others(name: str) -> None:
    old = "SELECT datname FROM pg_database d WHERE datname ~ '^test_[0-9a-f]{10}' AND datname NOT LIKE %s"
    idle = "NOT EXISTS (SELECT 1 FROM pg_stat_activity a WHERE a.datname = d.datname)"
    with _administrator() as administrator:
        for (other,) in administrator.execute(f"{old} AND {idle}", [f"{name}%"]).fetchall():
            _run(administrator, "DROP DATABASE IF EXISTS {}", other)


def _administrator() -> psycopg.Connection:
    default = settings.DATABASES["default"]
    return psycopg.connect(host=default["HOST"], user=default["USER"], dbname=default["NAME"], autocommit=True)


def _exists(administrator: psycopg.Connection, name: str) -> bool:
    return administrator.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def _run(administrator: psycopg.Connection, statement: str, *names: str) -> None:
    administrator.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def let_flush_pass_the_guards() -> None:
    """TransactionTestCase and live-server tests empty the tables between tests; the guards refuse that, rightly.

    Only tables with rows are emptied, row by row: TRUNCATE of every table takes a second, this a few milliseconds.
    """

    def sql_flush(self: DatabaseOperations, style: Any, tables: list[str], **options: Any) -> list[str]:
        filled = [self.quote_name(table) for table in _filled(self, tables)]
        return [WITHOUT_GUARDS, *(f"DELETE FROM {table}" for table in filled)] if filled else []

    DatabaseOperations.sql_flush = sql_flush  # type: ignore[method-assign,assignment]  # its own way to empty


def _filled(operations: DatabaseOperations, tables: list[str]) -> list[str]:
    each = (f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {operations.quote_name(table)})" for table in tables)
    with operations.connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(each))
        return [table for (table,) in cursor.fetchall()]
