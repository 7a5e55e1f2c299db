"""The declared door for history dated in the past: imports, demo data, benchmarks."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from records.models.recorded import Recorded


class Backfill(Recorded):
    """Who entered history afterwards, why, and for which period; history rows name it."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    why = models.TextField()
    starts_at = models.DateTimeField("from")
    ends_at = models.DateTimeField("until")
    # How many history rows came through; not known while the door is open, or when what came through broke off.
    rows = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(starts_at__lte=F("ends_at")), name="backfill_in_order"),
            models.CheckConstraint(condition=~Q(why=""), name="backfill_says_why"),
        ]

    def __str__(self) -> str:
        return self.why
