"""The step of the daily tick that escalates concerns which wait too long (settings.TICK_STEPS; F4, F5)."""

from datetime import date

from assurance.actions.concern_handling import escalate_concern
from assurance.due.concern import concerns_due
from assurance.models import Concern
from people.actions.system import system_user


def concerns_kept(on: date) -> int:
    """Escalate what is late, once each, then tell everybody who is to act; how much was new."""
    by = system_user("tick")
    late = [
        escalate_concern(concern=one, on=on, by=by)
        for one in Concern.objects.late(on).filter(escalated_on=None).order_by("pk")
    ]
    return sum(one is not None for one in late) + concerns_due(on)
