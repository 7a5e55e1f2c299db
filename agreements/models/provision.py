"""Which of the provisions C1 to C25 stand in the terms, where, and why one does not."""

from datetime import date

from django.db import models
from django.db.models import Q

from agreements.choices import Answer
from agreements.models.evidence import Evidence, evidence_names_a_document
from agreements.models.terms import Terms
from agreements.provisions import BY_CODE, CODES, ProvisionKind
from records.constraints import one_of
from records.models import Recorded


class Provision(Recorded, Evidence):
    """The answer for one kind of provision. ``document`` and ``page`` are words, for what is not kept here."""

    terms = models.ForeignKey(Terms, on_delete=models.CASCADE, related_name="provisions")
    code = models.CharField(max_length=3, choices=CODES)
    answer = models.CharField(max_length=14, choices=Answer.choices, default=Answer.UNKNOWN)
    clause = models.CharField(max_length=60, blank=True)
    document = models.CharField(max_length=200, blank=True)
    page = models.CharField(max_length=20, blank=True)
    why_absent = models.TextField("why not", max_length=2000, blank=True)

    # Filled by with_last_use(): when it was last used, which is another fact than whether it stands there (F8).
    last_used: date | None = None

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["terms", "code"], name="provision_once"),
            evidence_names_a_document("provision_evidence_names_a_document"),
            one_of("answer", Answer.values, "provision_answer_known"),
            one_of("code", BY_CODE, "provision_code_known"),
            models.CheckConstraint(
                condition=~Q(answer=Answer.NOT_APPLICABLE) | ~Q(why_absent=""),
                name="provision_not_applicable_says_why",
                violation_error_message="Say why it is not applicable",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.kind.title}"

    @property
    def where(self) -> str:
        """Where it stands: clause, document and page, as far as they are recorded."""
        clause = f"Clause {self.clause}" if self.clause[:1].isdigit() else self.clause
        page = f"page {self.page}" if self.page else ""
        return ", ".join(part for part in (clause, self.document, page) if part)

    @property
    def kind(self) -> ProvisionKind:
        """What the code stands for."""
        return BY_CODE[self.code]
