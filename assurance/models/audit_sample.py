"""Samples: agreements drawn by chance from a seed, so that anybody draws the same again; a working paper for each."""

from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from agreements.models import Agreement, Evidence
from agreements.models.evidence import evidence_names_a_document
from assurance.models.finding import Finding
from people.models import Agency, User
from records.constraints import one_of, together
from records.models import Recorded


class Population(models.TextChoices):
    """What a sample is drawn from: agreements in use."""

    SCHEDULED = "scheduled", "Agreements whose assurance comes round"
    NEVER = "never", "Those of them that were never looked at"
    ALL = "all", "Every agreement in use"


class AuditSampleQuerySet(models.QuerySet["AuditSample"]):
    """Samples as somebody may see them."""

    def visible_to(self, user: User) -> Self:
        """Those of the user's own agency."""
        return self.filter(agency=user.agency)


class AuditSample(Recorded):
    """One sample. ``frame`` holds the keys that it was drawn from, in their order. Never changed."""

    never_empty: ClassVar[tuple[str, ...]] = ("title",)

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="audit_samples")
    title = models.CharField("what is looked at?", max_length=200)
    population = models.CharField("drawn from", max_length=9, choices=Population)
    frame = ArrayField(models.BigIntegerField())
    seed = models.CharField(max_length=32)
    size = models.PositiveSmallIntegerField("how many")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("drawn at")

    objects = AuditSampleQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("population", Population.values, "audit_sample_population_known"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(seed="") & Q(size__gt=0), name="audit_sample_is_whole"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("audit_sample", args=[self.pk])


class PaperResult(models.TextChoices):
    """What the working paper of one agreement says."""

    OPEN = "open", "Not looked at yet"
    SOUND = "sound", "As it should be"
    GAP = "gap", "Not as it should be"


class SampledAgreementQuerySet(models.QuerySet["SampledAgreement"]):
    """Sampled agreements as somebody may see them."""

    def visible_to(self, user: User) -> Self:
        """Those of the user's own agency."""
        return self.filter(sample__agency=user.agency)


class SampledAgreement(Recorded, Evidence):
    """The working paper of one agreement of a sample: written once, with evidence, and never changed then."""

    sample = models.ForeignKey(AuditSample, on_delete=models.PROTECT, related_name="papers")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="+")
    result = models.CharField("is it as it should be?", max_length=5, choices=PaperResult, default=PaperResult.OPEN)
    note = models.TextField("what was looked at, and what was seen?", max_length=5000, blank=True)
    evidence_note = models.CharField("evidence in words", max_length=300, blank=True)
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, null=True, blank=True, related_name="papers")
    checked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    checked_on = models.DateField("looked at on", null=True, blank=True)

    objects = SampledAgreementQuerySet.as_manager()

    class Meta:
        verbose_name = "working paper"
        constraints = [
            models.UniqueConstraint(fields=["sample", "agreement"], name="sampled_agreement_once"),
            one_of("result", PaperResult.values, "sampled_agreement_result_known"),
            evidence_names_a_document("sampled_agreement_evidence_names_a_document"),
            together("checked_by", "checked_on", "sampled_agreement_checked_by_somebody"),
            models.CheckConstraint(
                condition=Q(result=PaperResult.OPEN, checked_on=None)
                | ~Q(result=PaperResult.OPEN) & Q(checked_on__isnull=False) & ~Q(note=""),
                name="sampled_agreement_says_what_was_seen",
            ),
            models.CheckConstraint(
                condition=~Q(result=PaperResult.GAP) | Q(finding__isnull=False),
                name="sampled_agreement_gap_is_a_finding",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement}: {self.get_result_display()}"
