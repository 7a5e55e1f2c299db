"""Named locks that hold until the transaction ends."""

from django.db import connection


def hold(name: str) -> None:
    """Wait until nobody else holds ``name``, then hold it until commit or rollback."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
