"""A worker that is heard of, without a process."""

from django.db import connection


def a_worker() -> None:
    """Say that a worker is here now."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")


def empty_the_queue() -> None:
    """After a test that commits: Django empties no tables that are not its own."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")
