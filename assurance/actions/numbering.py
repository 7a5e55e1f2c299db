"""References of what is recorded about an agency as a whole: the agency's code, a word, a number."""

from typing import Any

from django.db.models import QuerySet

from people.models import Agency
from records.locks import hold


def next_number(rows: "QuerySet[Any]", agency: Agency, word: str) -> str:
    """Take the next reference, such as MCW-BREACH-3. Rows are never removed, so their count is the last number."""
    hold(f"{word} of {agency.pk}")
    return f"{agency.code}-{word}-{rows.filter(agency=agency).count() + 1}"
