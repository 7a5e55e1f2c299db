"""How each agreement stands with conflicts, as lists look it through."""

from django.db import models

from agreements.models import Agreement


class ClearanceEntry(models.Model):
    """Cleared, a plan in force, or a gap; no row where nothing is asked. Derived, and without history."""

    agreement = models.OneToOneField(Agreement, on_delete=models.CASCADE, primary_key=True, related_name="clearance")
    state = models.CharField(max_length=7, db_index=True)

    class Meta:
        verbose_name_plural = "clearance entries"

    def __str__(self) -> str:
        return f"{self.agreement_id}: {self.state}"
