"""Automated decisions as a sheet."""

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet

from agreements.sheets import Cell
from assurance.models import AutomatedDecision

HEADINGS = (
    "What is decided", "Agreement", "Title of the agreement", "By what means", "How far it is automated",
    "Artificial intelligence", "People can ask for a person", "Algorithm Charter considered", "What came of that",
    "Last reviewed on", "Next review", "Overdue", "Ended on",
)  # fmt: skip


def sheet_rows(rows: "QuerySet[AutomatedDecision]", on: date) -> Iterator[list[Cell]]:
    """One line a decision, in the order of HEADINGS."""
    for one in rows.iterator():
        yield [
            one.what, one.agreement.reference, one.agreement.title, one.means, one.get_how_display(),
            one.get_uses_ai_display(), one.get_can_ask_display(), one.get_charter_display(), one.charter_note,
            one.reviewed_on, None if one.ended_on else one.next_review, "Yes" if one.is_overdue(on) else "No",
            one.ended_on,
        ]  # fmt: skip
