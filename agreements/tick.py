"""What time alone does to agreements: steps of the daily tick (settings.TICK_STEPS)."""

from datetime import date

from django.utils import timezone

from agreements.actions.variation import bring_into_force
from agreements.choices import TermsState
from agreements.models import Terms
from agreements.variation_lifecycle import VARIED
from people.actions.system import system_user


def variations_into_force(on: date) -> int:
    """Bring every signed variation into force whose day is reached by ``on``; how many. Once done, it is done."""
    waiting = Terms.objects.open_variations().filter(state=TermsState.SIGNED, in_force_from__lte=on)
    due = waiting.filter(agreement__status__in=VARIED).select_related("agreement").order_by("in_force_from", "pk")
    by, now = system_user("tick"), timezone.now()
    return sum(bring_into_force(agreement=terms.agreement.with_terms(terms), on=on, by=by, now=now) for terms in due)
