"""The risk of a finding, accepted until a day by a delegate: the finding stays open, and red."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from assurance.models.finding import Finding
from people.models import User
from records.constraints import in_order, together
from records.models import Recorded


class RiskAcceptanceQuerySet(models.QuerySet["RiskAcceptance"]):
    """Acceptances as somebody may read them, and over time."""

    def visible_to(self, user: User) -> Self:
        """Those of the user's own agency."""
        return self.filter(finding__agency=user.agency)

    def on(self, day: date) -> Self:
        """Those that hold on that day; the last day counts, the day it was withdrawn does not."""
        return self.filter(from_on__lte=day, until_on__gte=day).filter(
            Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=day)
        )


class RiskAcceptance(Recorded):
    """By whom, why and until when. It ends by itself."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="acceptances")
    why = models.TextField("why can the agency live with this risk?", max_length=2000)
    from_on = models.DateField("from")
    until_on = models.DateField("until")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("recorded at")
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_why = models.CharField("why it is withdrawn", max_length=1000, blank=True)

    objects = RiskAcceptanceQuerySet.as_manager()

    class Meta:
        verbose_name = "acceptance of a risk"
        indexes = [models.Index(fields=["finding", "until_on"], name="risk_acceptance_open")]
        constraints = [
            in_order("from_on", "until_on", "risk_acceptance_in_order", "It cannot end before it begins"),
            models.CheckConstraint(condition=~Q(why=""), name="risk_acceptance_says_why"),
            together("withdrawn_on", "withdrawn_by", "risk_acceptance_withdrawn_by_somebody"),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None) | ~Q(withdrawn_why=""), name="risk_acceptance_withdrawn_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"Risk accepted until {self.until_on}"
