"""Steps for trying the tick on."""

import sys
import time
from datetime import date

from agreements.due.agreement import reviews_due


def three(on: date) -> int:
    """Does three things."""
    return 3


def broken(on: date) -> int:
    """Fails, and says something that belongs to a record."""
    raise ValueError("a secret of the record")


def reviews_due_and_wait(on: date) -> int:
    """The real step, and then long enough to be killed before its transaction ends."""
    done = reviews_due(on)
    sys.stdout.write("waiting\n")
    sys.stdout.flush()
    time.sleep(60)
    return done
