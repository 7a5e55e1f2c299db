"""Evidence anywhere is a document, a page and a date: three fields with one rule, for whatever has to be shown.

What somebody wrote down instead of a document that is kept here stays beside it, in words.

    class Assessment(Recorded, Evidence):
        class Meta:
            constraints = [evidence_names_a_document("assessment_evidence_names_a_document")]

Its form adds ``forms.evidence.evidence_fields()``, its action calls ``actions.evidence.check_evidence()``.
"""

from django.db import models
from django.db.models import Q

EVIDENCE_FIELDS = ("evidence", "evidence_page", "evidence_on")


class Evidence(models.Model):
    """Where it can be read: in which document, on which page, of which day."""

    evidence = models.ForeignKey(
        "agreements.Document",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="document that shows it",
    )
    evidence_page = models.CharField("page", max_length=40, blank=True)
    evidence_on = models.DateField("date of the document", null=True, blank=True)

    class Meta:
        abstract = True


def evidence_names_a_document(name: str) -> models.CheckConstraint:
    """A page or a date without a document points nowhere."""
    return models.CheckConstraint(
        condition=Q(evidence__isnull=False) | Q(evidence_page="", evidence_on__isnull=True),
        name=name,
        violation_error_message="A page or a date needs the document it is of: choose the document too",
    )
