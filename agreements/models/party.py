"""The parties to an agreement and their subcontractors, as a tree."""

from django.db import models
from django.db.models import F, Q

from agreements.choices import ActsAs, PartyRole
from agreements.models.organisation import Organisation
from agreements.models.terms import Terms
from records.constraints import one_of
from records.models import Recorded


class Party(Recorded):
    """An organisation's part in the terms; a subcontractor hangs under the party that engages it."""

    terms = models.ForeignKey(Terms, on_delete=models.CASCADE, related_name="parties")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="parties")
    role = models.CharField(max_length=14, choices=PartyRole.choices)
    acts_as = models.CharField("holds the information", max_length=14, choices=ActsAs.choices, default=ActsAs.UNKNOWN)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="subcontractors",
        verbose_name="subcontractor of",
    )
    starts_on = models.DateField("takes part from", null=True, blank=True)
    contact = models.CharField("contact", max_length=200, blank=True)
    contact_email = models.EmailField("contact's e-mail address", blank=True)
    breach_contact = models.CharField("whom to ring about a breach", max_length=200, blank=True)
    acknowledged_on = models.DateField("acknowledged its responsibilities on", null=True, blank=True)

    class Meta:
        verbose_name_plural = "parties"
        constraints = [
            models.UniqueConstraint(
                fields=["terms", "organisation", "parent"],
                nulls_distinct=False,
                name="party_once_at_a_place",
                violation_error_message="This organisation is already a party here",
            ),
            models.CheckConstraint(condition=Q(parent=None) | ~Q(parent=F("id")), name="party_not_under_itself"),
            models.CheckConstraint(
                condition=~Q(role=PartyRole.SUBCONTRACTOR) | Q(parent__isnull=False),
                name="party_subcontractor_has_a_parent",
                violation_error_message="Say whose subcontractor it is",
            ),
            one_of("role", PartyRole.values, "party_role_known"),
            one_of("acts_as", ActsAs.values, "party_acts_as_known"),
        ]

    def __str__(self) -> str:
        return str(self.organisation)
