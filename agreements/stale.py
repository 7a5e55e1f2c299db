"""What is told to a person who opened a form before somebody else saved."""

from collections.abc import Mapping
from typing import Any

from agreements.digest import digest
from agreements.errors import Difference, Stale
from records.models import Recorded


def stale(record: Recorded, now: Mapping[str, Any], values: Mapping[str, Any]) -> Stale:
    """What to raise where a record, which says ``now``, was changed after the person opened it."""
    return saved_since(now, values, record.history)


def saved_since(now: Mapping[str, Any], values: Mapping[str, Any], *histories: Any, seen: str = "") -> Stale:
    """The same of several histories, by whoever saved last; ``seen`` is the digest where it is not that of ``now``."""
    rows = [history.order_by("-history_id").first() for history in histories]
    last = max((row for row in rows if row), key=lambda row: row.history_date, default=None)
    who = str(last.history_user) if last and last.history_user else "Somebody"
    changed = [Difference(one, now[one], values[one]) for one in now if one in values and values[one] != now[one]]
    return Stale(who, last.history_date if last else None, changed, seen or digest(now))
