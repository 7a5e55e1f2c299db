"""Who may approve, accept risk or accept an exception, for whom, from when until when, by which document."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q

from people.models.agency import Agency
from people.models.person import Person
from records.constraints import in_order, one_of
from records.models import Recorded

if TYPE_CHECKING:
    from people.models.user import User


class Power(models.TextChoices):
    """What a delegation lets its holder do."""

    APPROVE = "approve", "Approve agreements"
    ACCEPT_RISK = "accept_risk", "Accept risk"
    ACCEPT_EXCEPTION = "accept_exception", "Accept an exception"
    PAUSE = "pause", "Pause an organisation, and lift the pause"


class DelegationQuerySet(models.QuerySet["Delegation"]):
    """Delegations over time."""

    def visible_to(self, user: "User") -> Self:
        """The delegations of the user's own agency."""
        return self.filter(agency=user.agency)

    def on(self, day: date) -> Self:
        """Those that hold on that day; the last day counts."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)


class Delegation(Recorded):
    """A power given by one person to another."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="delegations")
    giver = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="delegations_given")
    holder = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="delegations_held")
    power = models.CharField(max_length=16, choices=Power)
    starts_on = models.DateField("from")
    ends_on = models.DateField("until", null=True, blank=True)
    document = models.CharField(
        "document", max_length=300, help_text="The instrument of delegation and where it is kept."
    )
    revoked_why = models.CharField("why it was ended", max_length=300, blank=True)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("power", Power.values, "delegation_power_known"),
            in_order("starts_on", "ends_on", "delegation_dates_in_order", "A delegation cannot end before it begins"),
            models.CheckConstraint(
                condition=~Q(giver=F("holder")),
                name="delegation_not_to_oneself",
                violation_error_message="Nobody delegates to themselves",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_power_display()}: {self.giver} to {self.holder}"
