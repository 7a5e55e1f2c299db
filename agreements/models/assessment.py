"""Assessments of an arrangement: drafts that become final, and then never change. A newer one supersedes."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from agreements.assessment_kinds import BY_NAME, KIND_CHOICES, AssessmentKind
from agreements.models.agreement import Agreement
from agreements.models.evidence import Evidence, evidence_names_a_document
from people.models import User
from records.choices import YesNoUnknown, yes_no_unknown
from records.constraints import one_of, together
from records.models import Recorded


class AssessmentStatus(models.TextChoices):
    """Whether it can still be changed. Superseded is computed: a newer one of its kind is final."""

    DRAFT = "draft", "Draft"
    FINAL = "final", "Final"


class Rating(models.TextChoices):
    """How great a risk is."""

    LOW = "low", "Low"
    MEDIUM = "medium", "Medium"
    HIGH = "high", "High"
    CRITICAL = "critical", "Critical"
    UNKNOWN = "unknown", "Not rated yet"


class Trigger(models.TextChoices):
    """What makes it necessary to assess again before the date (domain.md 1.5)."""

    SCOPE = "scope", "What is shared or with whom changes"
    BREACH = "breach", "A privacy breach"
    SUBCONTRACTOR = "subcontractor", "Another subcontractor"
    CONFLICT = "conflict", "A conflict of interest comes to light"
    RENEWAL = "renewal", "Renewal or variation"


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    """Assessments as somebody may read them."""

    def visible_to(self, user: User) -> Self:
        """Those of the user's own agency: a party's signed face never shows any."""
        return self.filter(agreement__agency=user.agency)

    def final(self) -> Self:
        """Those that are final, the newest first."""
        return self.filter(status=AssessmentStatus.FINAL).order_by("-done_on", "-pk")


class Assessment(Recorded, Evidence):
    """One assessment of one kind."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="assessments")
    kind = models.CharField(max_length=14, choices=KIND_CHOICES)
    status = models.CharField(max_length=5, choices=AssessmentStatus, default=AssessmentStatus.DRAFT)
    answers = models.JSONField(default=dict, blank=True, help_text="By the name of the question.")
    conclusion = models.TextField("what came of it?", max_length=4000, blank=True)
    inherent = models.CharField("risk before anything is done", max_length=8, choices=Rating, default=Rating.UNKNOWN)
    residual = models.CharField("risk that remains", max_length=8, choices=Rating, default=Rating.UNKNOWN)
    lba_required = yes_no_unknown("is a legally binding agreement needed?")
    lba_why = models.TextField("why?", max_length=2000, blank=True)
    done_on = models.DateField("done on", null=True, blank=True)
    again_on = models.DateField("to be done again on", null=True, blank=True)
    triggers = ArrayField(models.CharField(max_length=13, choices=Trigger), default=list, blank=True)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    # Keys of everybody who wrote part of it: none of them accepts it.
    writers = ArrayField(models.BigIntegerField(), default=list)
    created_at = models.DateTimeField()
    approver = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    final_at = models.DateTimeField(null=True, blank=True)
    final_why = models.CharField("on what conditions", max_length=1000, blank=True)
    # How large it was as it was made final: what grows tenfold since, in however many steps, is assessed again (F13).
    records_seen = models.PositiveBigIntegerField("records a year that it looked at", null=True, editable=False)
    people_seen = models.PositiveBigIntegerField("people a year that it looked at", null=True, editable=False)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("kind", BY_NAME, "assessment_kind_known"),
            one_of("status", AssessmentStatus.values, "assessment_status_known"),
            one_of("inherent", Rating.values, "assessment_inherent_known"),
            one_of("residual", Rating.values, "assessment_residual_known"),
            one_of("lba_required", YesNoUnknown.values, "assessment_lba_known"),
            together("approver", "final_at", "assessment_final_by_somebody"),
            evidence_names_a_document("assessment_evidence_names_a_document"),
            models.UniqueConstraint(
                fields=["agreement", "kind"],
                condition=Q(status=AssessmentStatus.DRAFT),
                name="assessment_one_draft_of_a_kind",
                violation_error_message="There is a draft of this kind already",
            ),
            models.CheckConstraint(
                condition=Q(status=AssessmentStatus.DRAFT, final_at__isnull=True)
                | Q(status=AssessmentStatus.FINAL, final_at__isnull=False, done_on__isnull=False),
                name="assessment_final_has_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=[kind.name for kind in BY_NAME.values() if kind.accepted])
                | Q(approver__isnull=True)
                | ~Q(approver=F("author")),
                name="assessment_not_accepted_by_its_author",
            ),
        ]

    def __str__(self) -> str:
        return self.of_kind.title

    def get_absolute_url(self) -> str:
        """The assessment's own page."""
        return reverse("agreements:assessment", args=[self.pk])

    @property
    def of_kind(self) -> AssessmentKind:
        """What its kind asks."""
        return BY_NAME[self.kind]

    @property
    def is_final(self) -> bool:
        """Whether it never changes any more."""
        return self.status == AssessmentStatus.FINAL

    @property
    def trigger_words(self) -> list[str]:
        """The triggers in words."""
        return [Trigger(value).label for value in self.triggers]
