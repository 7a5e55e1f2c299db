"""Who opened which declaration, and for what: shown to the declarant (domain.md 9.5: all reads are logged)."""

from django.db import models

from conflicts.models.declaration import Declaration
from people.models import User


class Opening(models.Model):
    """A declaration was opened by somebody other than the declarant, or they tried and may not. Never changed.

    It has no history of its own: it is one. Only conflicts/reads.py has it written, also in answering a GET.
    """

    declaration = models.ForeignKey(Declaration, on_delete=models.PROTECT, related_name="openings")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    purpose = models.CharField("what for?", max_length=200, blank=True)
    refused = models.BooleanField("they may not read it", default=False)

    class Meta:
        indexes = [models.Index(fields=["declaration", "by", "-at"], name="opening_newest")]

    def __str__(self) -> str:
        return f"{self.by} opened {self.declaration_id}"
