"""How far a running import has come, for other requests to see while its transaction is still open.

The name of a database connection changes at once for everybody, inside a transaction too; so it carries the progress,
and no second connection and no table outside the transaction are needed. docs/adr tells why there is no queue yet.
"""

from dataclasses import dataclass

from django.db import connection

STEPS = (
    "Reading the rows again",
    "Adding organisations",
    "Writing agreements and their terms",
    "Writing parties",
    "Writing flows and what they carry",
    "Making them findable",
    "Checking the whole against its history",
)


@dataclass(frozen=True)
class Progress:
    """The step that a running import is at, from 1."""

    step: int

    @property
    def says(self) -> str:
        """What is being done."""
        return STEPS[self.step - 1]

    @property
    def steps(self) -> int:
        """How many steps there are."""
        return len(STEPS)


def tell(batch: int, step: int) -> None:
    """Note the step that the import of this batch is at. A transaction that is rolled back forgets it by itself."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('application_name', %s, false)", [f"import {batch} {step}"])


def over() -> None:
    """Give the connection its own name back: the next request on it is no import."""
    with connection.cursor() as cursor:
        cursor.execute("RESET application_name")


def progress(batch: int) -> Progress | None:
    """Where the import of this batch is now; None when none is running."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT application_name FROM pg_stat_activity"
            " WHERE datname = current_database() AND application_name LIKE %s",
            [f"import {batch} %"],
        )
        found = cursor.fetchone()
    step = int(found[0].rsplit(" ", 1)[1]) if found else 0
    return Progress(step) if 1 <= step <= len(STEPS) else None
