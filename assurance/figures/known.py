"""What the register knew on a day of things that keep no dated rows of their own: people, and who was asked.

The one place where a figure reads the history: nobody can write there afterwards (docs/adr/0011).
"""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from records.as_at import end_of
from records.models import Recorded


def known_rows(model: type[Recorded], as_at: date, **narrowed: Any) -> "QuerySet[Any]":
    """The newest history row of each as it was recorded by the end of a day; none of what was gone by then.

    ``narrowed`` names what never changes of a row, such as its agency. No query of its own.
    """
    rows: QuerySet[Any] = model.history.filter(history_date__lt=end_of(as_at), **narrowed)
    newest = rows.order_by("id", "-history_date", "-history_id").distinct("id")
    return model.history.filter(pk__in=newest.values("pk")).exclude(history_type="-")
