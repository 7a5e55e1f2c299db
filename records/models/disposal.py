"""Content that lawfully left the record."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from records.models.recorded import Recorded


class Disposal(Recorded):
    """The content of these rows was blanked under an authority; keys, dates and hashes stay."""

    authority = models.CharField(max_length=300)
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    table = models.CharField(max_length=63)
    history_table = models.CharField(max_length=63)
    key = models.CharField(max_length=63)
    pks = ArrayField(models.BigIntegerField())
    # Column -> what stands there now.
    blanks = models.JSONField()
    # The newest history row of the table then: rows after it are judged as any other.
    last_history_id = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(by=F("approved_by")), name="disposal_approver_is_another"),
            models.CheckConstraint(condition=~Q(authority="") & ~Q(reason=""), name="disposal_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.authority}, {self.at:%d %B %Y}"
