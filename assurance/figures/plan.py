"""Part 8: the plan for existing arrangements by risk tier, from rows that say how each stood since when (L1.8)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from assurance.figures.base import Figure, Row, page_of
from assurance.models import PlanState, RiskTier
from people.models import Agency
from records.as_at import end_of
from records.words import nz_date

# The newest row on or before the day and recorded by its end; of an item that was taken out, nothing but done counts.
THEN = """
SELECT reference, title, tier, state, target FROM (
  SELECT DISTINCT ON (s.agreement_id) a.reference, a.title, s.tier, s.state, s.target, s.asked
  FROM assurance_planstanding s JOIN agreements_agreement a ON a.id = s.agreement_id
  WHERE a.agency_id = %s AND s.on <= %s AND s.at < %s
  ORDER BY s.agreement_id, s.id DESC
) newest WHERE asked OR state = 'done' ORDER BY reference
"""
ABOUT = (
    "Arrangements from before the Standard that the plan holds, in this tier of risk. Done is what somebody said is "
    "done; a tier follows from what is shared, with whom and how."
)


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the plan as it stood on the day."""

    reference: str
    title: str
    tier: str
    state: str
    target: date | None

    def is_overdue(self, on: date) -> bool:
        """Whether its quarter had passed and it was not done."""
        return self.target is not None and self.target < on and self.state != PlanState.DONE

    def row(self, on: date) -> Row:
        """Its line in a list."""
        by = f"by {nz_date(self.target)}" if self.target else "no quarter yet"
        late = "overdue" if self.is_overdue(on) else ""
        note = "Done" if self.state == PlanState.DONE else f"{PlanState(self.state).label}, {by}"
        note = f"{note}, {late}" if late else note
        return Row(self.reference, self.title, page_of("plan_item", self.reference), note, late)


def items(agency: Agency, as_at: date) -> list[Item]:
    """The plan as it stood on a day; one query."""
    with connection.cursor() as cursor:
        cursor.execute(THEN, [agency.pk, as_at, end_of(as_at)])
        return [Item(*row) for row in cursor.fetchall()]


def figures_of(agency: Agency, as_at: date) -> list[Figure]:
    """For each tier done of all, and apart in progress, not started and overdue; then all tiers together."""
    found = items(agency, as_at)
    tiers: list[tuple[str, str, Sequence[Item]]] = [("all", "Plan for existing arrangements", found)]
    tiers += [(tier.value, f"{tier.label} risk", [one for one in found if one.tier == tier]) for tier in RiskTier]
    return [figure for key, label, mine in tiers for figure in _tier(key, label, mine, as_at)]


def _tier(key: str, label: str, mine: Sequence[Item], on: date) -> list[Figure]:
    parts = [
        ("done", "done", [one for one in mine if one.state == PlanState.DONE], None),
        ("in_progress", "in progress", [one for one in mine if one.state == PlanState.IN_PROGRESS], None),
        ("not_started", "not started", [one for one in mine if one.state == PlanState.NOT_STARTED], None),
        ("overdue", "overdue", [one for one in mine if one.is_overdue(on)], 0),
    ]
    return [
        Figure(
            f"plan.{key}.{name}", f"{label}: {words}", ABOUT, len(rows), len(mine),
            rows=tuple(one.row(on) for one in rows), wanted=wanted,
        )
        for name, words, rows, wanted in parts
    ]  # fmt: skip
