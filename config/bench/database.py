"""A database of the benchmark's own, beside the register's in the private Postgres."""

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from config.quick_migrations import quick_migrations

NAME = "bench"


def make_anew() -> None:
    """Drop and create it, migrate, load the reference data, and stay connected to it. Needs the owner's role."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {NAME}")
    connect()
    with quick_migrations():
        call_command("migrate", verbosity=0)
    call_command("load_reference_data", verbosity=0)


def connect() -> None:
    """Turn every further query to it."""
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = NAME
    connection.ensure_connection()


def settle() -> None:
    """Let the planner know the tables as they are now."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def drop() -> None:
    """Remove it: half a gigabyte that nobody needs afterwards."""
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = "postgres"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
    connection.close()
