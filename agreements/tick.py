"""What time alone does to agreements: steps of the daily tick (settings.TICK_STEPS)."""

from datetime import date, timedelta

from django.db.models import F
from django.utils import timezone

from agreements.actions.status import hold_start
from agreements.actions.variation import bring_into_force
from agreements.choices import Status, TermsState
from agreements.models import Agreement, Terms
from agreements.variation_lifecycle import VARIED
from people.actions.system import system_user


def variations_into_force(on: date) -> int:
    """Bring every signed variation into force whose day is reached by ``on``; how many. Once done, it is done."""
    waiting = Terms.objects.open_variations().filter(state=TermsState.SIGNED, in_force_from__lte=on)
    due = waiting.filter(agreement__status__in=VARIED).select_related("agreement").order_by("in_force_from", "pk")
    by, now = system_user("tick"), timezone.now()
    return sum(bring_into_force(agreement=terms.agreement.with_terms(terms), on=on, by=by, now=now) for terms in due)


LATE = timedelta(days=7)  # a start is looked at so long after its day, where the tick did not run


def starts_held(on: date) -> int:
    """Hold every agreement whose first day is reached and whose start is not open; how many.

    Of what was signed for a later day only. Once held it is suspended, and once resumed it has been suspended before.
    """
    signed = Agreement.objects.filter(status=Status.SIGNED, current_terms__number=1)
    today = signed.filter(current_terms__starts_on__range=(on - LATE, on)).exclude(status_changes__step="suspend")
    waiting = today.filter(current_terms__starts_on__gt=F("current_terms__signed_on")).order_by("pk")
    by, now = system_user("tick"), timezone.now()
    return sum(hold_start(agreement=agreement, on=on, by=by, now=now) for agreement in waiting)
