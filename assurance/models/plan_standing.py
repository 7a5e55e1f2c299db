"""How an item of the plan stood from a day on: a row of record, from which figures of a past day are counted."""

from django.db import models

from agreements.models import Agreement
from assurance.models.plan_item import PlanState, RiskTier
from records.constraints import one_of
from records.models import Recorded


class PlanStanding(Recorded):
    """Tier, state and target of an agreement's item since ``on``; ``asked``: it stands in the plan. Never changed."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="plan_standings")
    tier = models.CharField(max_length=6, choices=RiskTier)
    state = models.CharField(max_length=11, choices=PlanState)
    target = models.DateField(null=True, blank=True)
    asked = models.BooleanField(default=True)
    on = models.DateField("since")
    at = models.DateTimeField("recorded at")

    class Meta:
        indexes = [models.Index(fields=["agreement", "-id"], name="plan_standing_newest")]
        constraints = [
            one_of("tier", RiskTier.values, "plan_standing_tier_known"),
            one_of("state", PlanState.values, "plan_standing_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()}, {self.get_tier_display().lower()}"
