"""What was given out: a PDF or an export, kept as it was issued, with the point in history it was made at."""

from typing import Self

from django.conf import settings
from django.db import models

from records.models.recorded import Recorded
from records.models.stored_file import StoredFile


class IssuedFileQuerySet(models.QuerySet["IssuedFile"]):
    """What was issued."""

    def about(self, subject: str) -> Self:
        """Everything issued about one subject, newest first."""
        return self.filter(subject=subject).select_related("file", "by").order_by("-at", "-pk")


class IssuedFile(Recorded):
    """One issue of a document about a subject. The same state of the subject gives the same bytes."""

    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=100)
    # Digest of everything the document was made from; see records.actions.issue.
    state = models.CharField(max_length=64)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="issues")
    # The newest link of the ledger when it was issued: it cannot cover the issue itself.
    ledger_seq = models.BigIntegerField()
    ledger_head = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = IssuedFileQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject", "state"], name="issued_once_a_state"),
        ]
        indexes = [models.Index(fields=["subject", "-at"], name="issued_about")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.subject}, {self.at:%d %B %Y}"
