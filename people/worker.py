"""Whether somebody does what takes long: workers say every ten seconds that they are there."""

from datetime import datetime, timedelta

from django.db.models import Max
from procrastinate.contrib.django.models import ProcrastinateWorker

SILENCE = timedelta(minutes=1)


def heard_at() -> datetime | None:
    """When a worker was last heard of; None where there never was one, or the last one ended well."""
    found: datetime | None = ProcrastinateWorker.objects.aggregate(at=Max("last_heartbeat"))["at"]
    return found


def is_here(now: datetime) -> bool:
    """Whether one was heard of in the last minute."""
    at = heard_at()
    return at is not None and now - at < SILENCE
