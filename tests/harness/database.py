"""The test database: owned by the schema's owner, named after the migrations, emptied in spite of the guards."""

import hashlib
from typing import Any

import environ
import psycopg
from django.conf import settings
from django.db.backends.postgresql.operations import DatabaseOperations
from psycopg import sql

# TRUNCATE is refused on tracked tables. Only a superuser may do this, and only the owner of a test server is one.
# Every file that the schema of the test database comes from.
SCHEMA = ("*/migrations/*.py", "tests/**/migrations/*.py", "records/guard_sql.py", "records/sql/*.sql")
WITHOUT_GUARDS = "SET LOCAL session_replication_role = replica"


def act_as_owner() -> None:
    """Creating test databases, migrating and flushing need the owner; speed needs no waiting for the disk."""
    owner = environ.Env.db_url_config(settings.DATABASE_OWNER_URL)
    settings.DATABASES["default"].update(owner | {"OPTIONS": {"options": "-c synchronous_commit=off"}})


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


def _drop_others(name: str) -> None:
    default = settings.DATABASES["default"]
    old = "SELECT datname FROM pg_database d WHERE datname ~ '^test_[0-9a-f]{10}' AND datname NOT LIKE %s"
    idle = "NOT EXISTS (SELECT 1 FROM pg_stat_activity a WHERE a.datname = d.datname)"
    with psycopg.connect(
        host=default["HOST"], user=default["USER"], dbname=default["NAME"], autocommit=True
    ) as connection:
        for (other,) in connection.execute(f"{old} AND {idle}", [f"{name}%"]).fetchall():
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(other)))


def let_flush_pass_the_guards() -> None:
    """TransactionTestCase and live-server tests empty the tables between tests; the guards refuse that, rightly."""
    plain = DatabaseOperations.sql_flush

    def sql_flush(self: DatabaseOperations, *args: Any, **options: Any) -> list[str]:
        statements = plain(self, *args, **options)
        return [WITHOUT_GUARDS, *statements] if statements else statements

    DatabaseOperations.sql_flush = sql_flush  # type: ignore[method-assign,assignment]  # a wrapper
