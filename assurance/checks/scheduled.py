"""What checks ask of scheduled assurance: something is to be done, and nothing of it is late (F7; ISS-10 to ISS-12)."""

from datetime import date

from assurance.checks.terms import listed
from assurance.facts import AgreementFacts
from assurance.models.activity import ActivityKind
from assurance.outcome import Result, not_met
from records.words import nz_date


def not_looked_at(facts: AgreementFacts, on: date) -> Result | None:
    """Late, or nothing to be done; asked while the agreement is in use, and not of a variation of it."""
    if not facts.in_use or facts.varies:
        return None
    still = any(one.due_on for one in facts.activities)
    return late_of(facts, on) if still else not_met("No assurance activity is scheduled")


def late_of(facts: AgreementFacts, on: date, *kinds: str) -> Result | None:
    """What was due and is not done, of these kinds or of any; never of a variation, which it must not hold up."""
    late = [] if facts.varies else [one for one in facts.activities if one.due_on and one.due_on < on]
    named = [
        f"{ActivityKind(one.kind).label}, due on {nz_date(one.due_on)}"
        for one in late
        if not kinds or one.kind in kinds
    ]
    return not_met(f"Late: {listed(named)}") if named else None
