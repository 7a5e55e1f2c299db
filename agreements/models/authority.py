"""The legal bases that the terms rest on."""

from django.db import models

from agreements.models.legal_provision import LegalProvision
from agreements.models.terms import Terms
from records.models import Recorded


class LegalBasis(Recorded):
    """One legal basis of the terms, and what it is used for."""

    terms = models.ForeignKey(Terms, on_delete=models.CASCADE, related_name="legal_bases")
    provision = models.ForeignKey(LegalProvision, on_delete=models.PROTECT, related_name="used_as")
    note = models.TextField("how it applies", max_length=2000, blank=True)

    class Meta:
        verbose_name_plural = "legal bases"
        constraints = [
            models.UniqueConstraint(
                fields=["terms", "provision"],
                name="legal_basis_once",
                violation_error_message="This legal basis is already listed",
            )
        ]

    def __str__(self) -> str:
        return str(self.provision)
