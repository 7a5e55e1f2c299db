"""The ledger's head as a step of the daily tick."""

from datetime import date
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from people.actions.system import system_user
from records.actions.head import send_head
from records.models import HeadSent


def ledger_head_sent(on: date) -> int:
    """Append the newest head to HEADS_FILE, once a day. A day that is over has no newest head."""
    now = timezone.now()
    if on != timezone.localdate(now) or HeadSent.objects.filter(at__date=on).exists():
        return 0
    send_head(by=system_user("ledger"), to=Path(settings.HEADS_FILE), at=now)
    return 1
