"""What time alone does to conformance: steps of the daily tick (settings.TICK_STEPS)."""

from datetime import date

from agreements.models import Agreement
from assurance.actions.conformance import reassess_locked
from people.actions.system import system_user


def reassess_all(on: date) -> int:
    """Assess every agreement that is not withdrawn; how many came out otherwise than before."""
    keys = Agreement.objects.in_use().filter(current_terms__isnull=False).values_list("pk", flat=True)
    return reassess_locked(agreements=keys, on=on, by=system_user("tick"))
