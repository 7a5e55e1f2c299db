"""What time alone does to conflicts: steps of the daily tick (settings.TICK_STEPS)."""

from datetime import date

from django.utils import timezone

from agreements.models import Agreement
from conflicts.actions.clearance import keep_clearance
from conflicts.actions.routing import reroute
from conflicts.choices import DeclarationStatus
from conflicts.models import Declaration
from people.actions.system import system_user


def clearances_kept(on: date) -> int:
    """Find again how every agreement stands: work may have begun without its plan; how many differ from before."""
    keys = Agreement.objects.in_use().filter(current_terms__isnull=False).values_list("pk", flat=True)
    return keep_clearance(agreements=keys, on=on, by=system_user("tick"))


def declarations_rerouted(on: date) -> int:
    """Route what nobody has taken up again, where a manager changed or somebody left; how many went elsewhere."""
    waiting = Declaration.objects.filter(status=DeclarationStatus.SUBMITTED).order_by("pk")
    by, now = system_user("tick"), timezone.now()
    return sum(reroute(declaration=one, by=by, now=now, on=on) for one in waiting.iterator())
