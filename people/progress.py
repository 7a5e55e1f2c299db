"""How far a running piece of work has come, for other requests to see while its transaction is still open.

The name of a database connection changes at once for everybody, inside a transaction too, and is gone with the
connection. So it carries the progress, and it says that a process still works: one that was killed has no connection.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from django.db import connection

T = TypeVar("T")
Tell = Callable[[int, int | None], None]  # the step, from 1, and how many rows of it are done; None: not counted
EVERY = 25  # rows between two words about them


@dataclass(frozen=True)
class Progress:
    """The step that a piece of work is at, from 1, and how many rows of that step are done."""

    step: int
    done: int | None


def quiet(step: int, done: int | None = None) -> None:
    """Tell nobody: for what is done while somebody waits for it."""


def telling(work: int) -> Tell:
    """What tells how far this piece of work is."""

    def tell(step: int, done: int | None = None) -> None:
        with connection.cursor() as cursor:
            name = f"work {work} {step} {'-' if done is None else done}"
            cursor.execute("SELECT set_config('application_name', %s, false)", [name])

    return tell


def counted(rows: Iterable[T], tell: Tell, step: int) -> Iterator[T]:
    """The rows, telling how many of them this step has done."""
    for number, row in enumerate(rows):
        if number % EVERY == 0:
            tell(step, number)
        yield row


def over() -> None:
    """Give the connection its own name back."""
    with connection.cursor() as cursor:
        cursor.execute("RESET application_name")


def progress(work: int) -> Progress | None:
    """Where this piece of work is now; None when no living process has it in hand."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")  # what a transaction saw once it sees again
        cursor.execute(
            "SELECT application_name FROM pg_stat_activity"
            " WHERE datname = current_database() AND application_name LIKE %s",
            [f"work {work} %"],
        )
        found = cursor.fetchone()
    if found is None:
        return None
    step, done = found[0].split(" ")[2:]
    return Progress(int(step), None if done == "-" else int(done))
