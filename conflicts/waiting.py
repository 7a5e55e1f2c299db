"""When a declaration has waited too long, and how long before its day something is told."""

from datetime import date, timedelta

from conflicts.models import Declaration
from records.working_days import working_days_after, working_days_before

DECIDE_WITHIN = 10  # working days, after which a declaration counts as waiting too long
SOON = timedelta(days=30)  # how long before its day a review or a step is told


def decide_by(declaration: Declaration) -> date | None:
    """The last day on which a decision is in time: ten working days after it was submitted."""
    return working_days_after(declaration.submitted_on, DECIDE_WITHIN) if declaration.submitted_on else None


def late_before(on: date) -> date:
    """Whatever was submitted before this day, and still waits for a decision, waits too long."""
    return working_days_before(on, DECIDE_WITHIN)
