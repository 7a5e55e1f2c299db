"""The worker's part, done at once: tests read what was mailed in django.core.mail.outbox."""

from datetime import datetime

from django.utils import timezone

from people.actions.system import system_user
from records.models import Mail
from records.post import deliver


def deliver_all(now: datetime | None = None) -> list[Mail]:
    """Try to send everything that waits and is due."""
    moment = now or timezone.now()
    tried = [deliver(pk=mail.pk, by=system_user("worker"), now=moment) for mail in Mail.objects.order_by("pk")]
    return [mail for mail in tried if mail]
