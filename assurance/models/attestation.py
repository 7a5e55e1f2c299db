"""What a person answers to a requirement that no check can answer, with evidence: document, page, date."""

from typing import Self

from django.db import models
from django.db.models import Q

from agreements.models import Agreement, Evidence
from agreements.models.evidence import evidence_names_a_document
from people.models import Agency, User
from records.constraints import one_of
from records.models import Recorded


class Attested(models.TextChoices):
    """The answer a person gives."""

    MET = "met", "Met"
    NOT_MET = "not_met", "Not met"
    NOT_APPLICABLE = "not_applicable", "Not applicable"


class AttestationQuerySet(models.QuerySet["Attestation"]):
    """Attestations as somebody may read them."""

    def visible_to(self, user: User) -> Self:
        """Those of the user's own agency."""
        return self.filter(agency=user.agency)

    def newest(self) -> Self:
        """The last answer of each requirement and agreement."""
        return self.order_by("agreement_id", "requirement", "-pk").distinct("agreement_id", "requirement")


class Attestation(Recorded, Evidence):
    """One answer. Never changed: a later one takes its place, and both stay readable."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    agreement = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, null=True, blank=True, related_name="attestations"
    )
    requirement = models.CharField(max_length=40)
    edition = models.CharField("standard and edition", max_length=80)
    value = models.CharField("your answer", max_length=14, choices=Attested)
    why = models.TextField("why do you say so?", max_length=2000)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    on = models.DateField("as at")
    at = models.DateTimeField("recorded at")

    objects = AttestationQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["agreement", "requirement", "-id"], name="attestation_newest")]
        constraints = [
            one_of("value", Attested.values, "attestation_value_known"),
            models.CheckConstraint(condition=~Q(why="") & ~Q(requirement=""), name="attestation_says_why"),
            models.CheckConstraint(
                condition=~Q(value=Attested.MET, agreement__isnull=False) | Q(evidence__isnull=False),
                name="attestation_met_shows_evidence",
                violation_error_message="Choose the document that shows it: without evidence it is not met",
            ),
            evidence_names_a_document("attestation_evidence_names_a_document"),
        ]

    def __str__(self) -> str:
        return f"{self.requirement}: {self.get_value_display()}"
