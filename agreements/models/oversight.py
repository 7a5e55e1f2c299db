"""The log of oversight: what was done to look after a contract or an agreement (letter of 18 February 2025, 2)."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from agreements.choices import OversightKind
from agreements.models.agreement import Agreement
from agreements.models.contract import Contract
from agreements.models.evidence import Evidence, evidence_names_a_document
from people.models import User
from records.constraints import one_of
from records.models import Recorded


class Oversight(Recorded, Evidence):
    """One entry, about a contract or an agreement. Never changed: a further entry corrects it."""

    never_empty: ClassVar[tuple[str, ...]] = ("note",)

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, null=True, blank=True, related_name="oversight")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, null=True, blank=True, related_name="oversight")
    kind = models.CharField("what", max_length=8, choices=OversightKind.choices)
    on = models.DateField("on")
    note = models.CharField("in one line", max_length=300)
    evidence_note = models.CharField("evidence in words", max_length=300, blank=True, db_column="evidence")
    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="corrected_by"
    )
    by = models.ForeignKey(User, on_delete=models.PROTECT, editable=False, related_name="+")
    at = models.DateTimeField("recorded at", editable=False)

    class Meta:
        verbose_name_plural = "oversight"
        indexes = [
            models.Index(fields=["contract", "-on", "-id"], name="oversight_of_contract"),
            models.Index(fields=["agreement", "-on", "-id"], name="oversight_of_agreement"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(contract=None, agreement__isnull=False) | Q(contract__isnull=False, agreement=None),
                name="oversight_of_one_thing",
            ),
            models.CheckConstraint(condition=~Q(note=""), name="oversight_says_what"),
            models.CheckConstraint(condition=Q(corrects=None) | ~Q(corrects=F("id")), name="oversight_not_of_itself"),
            evidence_names_a_document("oversight_evidence_names_a_document"),
            one_of("kind", OversightKind.values, "oversight_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.note}"

    @property
    def put_right_by(self) -> "Oversight | None":
        """The later entry that corrects this one; prefetch corrected_by where many are shown."""
        return next(iter(self.corrected_by.all()), None)
