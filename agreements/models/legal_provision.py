"""The library of legal bases: provisions of Acts and codes that allow information to be shared."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from agreements.choices import BasisKind, Confidence
from people.models import Agency
from records.constraints import one_of
from records.models import Recorded

if TYPE_CHECKING:
    from people.models import User


class LegalProvisionQuerySet(models.QuerySet["LegalProvision"]):
    """The library as someone may see it."""

    def visible_to(self, user: "User") -> Self:
        """The common library and what the user's own agency added."""
        return self.filter(Q(agency=None) | Q(agency=user.agency))


class LegalProvision(Recorded):
    """One provision. An agreement or memorandum is never a legal basis and none is listed as one."""

    code = models.CharField(max_length=60, unique=True)
    act = models.CharField("Act or code", max_length=200)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    provision = models.CharField("section or rule", max_length=120)
    title = models.CharField(max_length=300)
    what_it_allows = models.TextField("what it allows, in our words", max_length=2000)
    who_may_share = models.CharField(max_length=300, blank=True)
    basis_kind = models.CharField("kind of basis", max_length=40, choices=BasisKind.choices)
    source = models.CharField(max_length=500, blank=True)
    confidence = models.CharField(max_length=10, choices=Confidence.choices, default=Confidence.UNCERTAIN)
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, help_text="The agency that added it; empty: common."
    )
    retired_why = models.CharField(max_length=300, blank=True)

    objects = LegalProvisionQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("basis_kind", BasisKind.values, "legal_provision_basis_kind_known"),
            one_of("confidence", Confidence.values, "legal_provision_confidence_known"),
        ]

    def __str__(self) -> str:
        return f"{self.act}, {self.provision}"
