"""What time alone does to conflicts: steps of the daily tick (settings.TICK_STEPS)."""

from datetime import date

from agreements.models import Agreement
from conflicts.actions.clearance import keep_clearance
from people.actions.system import system_user


def clearances_kept(on: date) -> int:
    """Find again how every agreement stands: work may have begun without its plan; how many differ from before."""
    keys = Agreement.objects.in_use().filter(current_terms__isnull=False).values_list("pk", flat=True)
    return keep_clearance(agreements=keys, on=on, by=system_user("tick"))
