"""Advice that was taken: by whom, when, what in short, and whether it is privileged (ISS-19)."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from agreements.models.agreement import Agreement
from agreements.models.document import privileged_to
from agreements.models.evidence import Evidence, evidence_names_a_document
from people.models import User
from records.constraints import one_of
from records.models import Recorded


class AdviceKind(models.TextChoices):
    """Who was asked."""

    LEGAL = "legal", "Legal"
    PROCUREMENT = "procurement", "Procurement"
    PRIVACY = "privacy", "Privacy"
    SECURITY = "security", "Security"


class AdviceQuerySet(models.QuerySet["Advice"]):
    """Advice as somebody may read it."""

    def visible_to(self, user: User) -> Self:
        """The agency's own; what is privileged only where the user may. Never another agency's."""
        return self.filter(Q(agreement__agency=user.agency) & (Q(privileged=False) | privileged_to(user)))


class Advice(Recorded, Evidence):
    """One piece of advice."""

    never_empty: ClassVar[tuple[str, ...]] = ("given_by", "summary")

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="advice")
    kind = models.CharField(max_length=11, choices=AdviceKind)
    given_by = models.CharField("who gave it?", max_length=200)
    given_on = models.DateField("given on")
    summary = models.TextField("what does it say, in short?", max_length=4000)
    privileged = models.BooleanField("it is privileged", default=False)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    objects = AdviceQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "advice"
        constraints = [
            one_of("kind", AdviceKind.values, "advice_kind_known"),
            models.CheckConstraint(condition=~Q(given_by="") & ~Q(summary=""), name="advice_says_something"),
            evidence_names_a_document("advice_evidence_names_a_document"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} advice by {self.given_by}"
