"""Part 13: exceptions that delegates accepted and that are in force on the day. They never count as met."""

from datetime import date

from django.urls import reverse

from assurance.figures.base import Figure, Row
from assurance.models import AcceptedException
from people.models import Agency
from records.as_at import end_of
from records.words import nz_date


def figures_of(agency: Agency, as_at: date) -> list[Figure]:
    """Exceptions accepted and in force; one query."""
    held = AcceptedException.objects.on(as_at).filter(agreement__agency=agency).order_by("agreement__reference", "pk")
    rows = list(held.select_related("agreement", "by__person"))
    known = [one for one in rows if one.at < end_of(as_at)]
    return [
        Figure(
            "exceptions.in_force",
            "Exceptions accepted and in force",
            "Requirements that are not met and that a delegate accepted for a time, with a reason. What is accepted "
            "stays not met in every other figure.",
            value=len(known),
            rows=tuple(_row(one) for one in known),
            later=len(rows) - len(known),
        )
    ]


def _row(one: AcceptedException) -> Row:
    until = f"{one.requirement}, accepted by {one.by} until {nz_date(one.ends_on)}: {one.why}"
    reference = one.agreement.reference
    return Row(reference, one.agreement.title, reverse("conformance", args=[reference]), until)
