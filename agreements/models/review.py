"""Reviews of agreements, and the use of their provisions: what was done, when, by whom, and what came of it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from agreements.choices import ReviewOutcome
from agreements.models.agreement import Agreement
from agreements.models.evidence import Evidence, evidence_names_a_document
from agreements.provisions import BY_CODE, CODES, ProvisionKind
from people.models import User
from records.choices import YesNoUnknown, yes_no_unknown
from records.constraints import one_of
from records.models import Recorded


class Review(Recorded, Evidence):
    """A review that was done. When the next one is due stands in the agreement (review_due_on)."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="reviews")
    due_on = models.DateField("was due on", null=True, blank=True, editable=False)
    done_on = models.DateField("done on")
    outcome = models.CharField(max_length=7, choices=ReviewOutcome.choices)
    findings = models.TextField(max_length=5000, blank=True)
    gmc_considered = yes_no_unknown("model contract conflict-of-interest terms considered")
    next_due_on = models.DateField("next review", null=True, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, editable=False, related_name="+")
    at = models.DateTimeField("recorded at", editable=False)

    class Meta:
        indexes = [models.Index(fields=["agreement", "-done_on", "-id"], name="review_newest")]
        constraints = [
            evidence_names_a_document("review_evidence_names_a_document"),
            one_of("outcome", ReviewOutcome.values, "review_outcome_known"),
            one_of("gmc_considered", YesNoUnknown.values, "review_gmc_considered_known"),
            models.CheckConstraint(
                condition=Q(next_due_on=None) | Q(next_due_on__gt=models.F("done_on")), name="review_next_is_later"
            ),
        ]

    def __str__(self) -> str:
        return f"Review: {self.get_outcome_display().lower()}"


class Exercise(Recorded, Evidence):
    """A provision was used, not only written down (domain.md 6, F8: present and exercised are separate facts)."""

    never_empty: ClassVar[tuple[str, ...]] = ("found",)

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="exercises")
    code = models.CharField("provision", max_length=3, choices=CODES)
    on = models.DateField("used on")
    found = models.TextField("what was found", max_length=2000)
    evidence_note = models.CharField("evidence in words", max_length=300, blank=True, db_column="evidence")
    by = models.ForeignKey(User, on_delete=models.PROTECT, editable=False, related_name="+")
    at = models.DateTimeField("recorded at", editable=False)

    class Meta:
        verbose_name = "use of a provision"
        verbose_name_plural = "uses of provisions"
        indexes = [models.Index(fields=["agreement", "code", "-on"], name="exercise_last")]
        constraints = [
            evidence_names_a_document("exercise_evidence_names_a_document"),
            one_of("code", BY_CODE, "exercise_code_known"),
            models.CheckConstraint(condition=~Q(found=""), name="exercise_says_what_was_found"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.kind.title}"

    @property
    def kind(self) -> ProvisionKind:
        """What the code stands for."""
        return BY_CODE[self.code]
