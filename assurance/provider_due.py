"""What the daily tick finds late of what providers were asked (settings.TICK_STEPS)."""

from datetime import date

from django.utils import timezone

from assurance.actions.provider_confirmation import open_late_finding
from assurance.models import AskedAgreement
from people.actions.system import system_user


def provider_requests_late(on: date) -> int:
    """Open a finding for each agreement about which a provider did not answer in time, once; how many."""
    waiting = AskedAgreement.objects.filter(asking__submitted_at=None, asking__withdrawn_at=None, late_finding=None)
    by, now = system_user("tick"), timezone.now()
    rows = waiting.filter(asking__due_on__lt=on).order_by("pk")
    return sum(open_late_finding(asked=one, on=on, by=by, now=now) is not None for one in rows)
