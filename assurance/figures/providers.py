"""Part 9: what providers were asked to confirm, what they answered, and who is late (domain.md 8.4, 1.7).

Each is about one agreement. A day by which to answer that was put off later is read from the steps that did.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from assurance.figures.base import Figure, Row, page_of
from assurance.models import WITH_A_GAP, ActivityOutcome, AskedAgreement, ProviderStep
from people.models import Agency
from records.as_at import end_of
from records.words import nz_date

YEAR = timedelta(days=365)
ASKED = "Asked through a link in the twelve months up to the day, about one agreement each, and not withdrawn."
ANSWERED = "Of those, what the provider had sent in by the end of the day."
GAP = "Of those answered, where anything was not confirmed. Each opened a finding."
LATE = "Of everything that waited for an answer on the day, whenever it was asked, what was to be answered before it."
OUTCOMES = dict(ActivityOutcome.choices)


def figures_of(agency: Agency, as_at: date) -> list[Figure]:
    """Four figures; one query."""
    every, until = list(_asked(agency, as_at)), end_of(as_at)
    asked = [one for one in every if localdate(one.asking__asked_at) > as_at - YEAR]
    answered = [one for one in asked if one.asking__submitted_at and one.asking__submitted_at < until]
    waiting = [one for one in every if not one.asking__submitted_at or one.asking__submitted_at >= until]
    gap = [one for one in answered if one.outcome in WITH_A_GAP]
    late = [one for one in waiting if one.due_then < as_at]
    return [
        Figure("providers.asked", "Confirmations asked of providers", ASKED, len(asked), rows=_lines(asked)),
        _figure("providers.answered", "Answered", ANSWERED, answered, asked),
        _figure("providers.gap", "Answered with a gap", GAP, gap, answered),
        _figure("providers.late", "Providers late", LATE, late, waiting),
    ]


def _asked(agency: Agency, as_at: date) -> Any:
    """In the year or waiting on the day, with the day by which to answer as it was then."""
    until = end_of(as_at)
    later = ProviderStep.objects.filter(asking=OuterRef("asking"), at__gte=until).order_by("at", "pk")
    due = Coalesce(Subquery(later.values("due_before")[:1]), "asking__due_on")
    stands = Q(asking__withdrawn_at=None) | Q(asking__withdrawn_at__gte=until)
    counts = Q(asking__asked_at__gte=end_of(as_at - YEAR)) | Q(asking__submitted_at=None)
    rows = AskedAgreement.objects.filter(
        stands, counts | Q(asking__submitted_at__gte=until), asking__agency=agency, asking__asked_at__lt=until
    )
    return rows.annotate(due_then=due).order_by("asking__asked_at", "pk").values_list(*NAMES, named=True)


NAMES = (
    "agreement__reference", "asking__reference", "asking__organisation__name", "asking__asked_at",
    "asking__submitted_at", "outcome", "due_then",
)  # fmt: skip


def _figure(key: str, label: str, definition: str, rows: list[Any], of: list[Any]) -> Figure:
    return Figure(key, label, definition, len(rows), of=len(of), rows=_lines(rows))


def _lines(rows: Iterable[Any]) -> tuple[Row, ...]:
    return tuple(
        Row(
            one.agreement__reference, one.asking__organisation__name,
            page_of("provider_request", one.asking__reference),
            str(OUTCOMES.get(one.outcome) or f"To be answered by {nz_date(one.due_then)}"),
        )
        for one in rows
    )  # fmt: skip
