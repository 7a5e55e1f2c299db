"""How often each kind of activity comes round, where it is not as activity_cycles.toml says (domain.md 9.3)."""

from typing import Self

from django.db import models
from django.db.models import Q

from agreements.models import Agreement, Rating
from assurance.models.activity import ActivityKind
from people.models import Agency, User
from records.constraints import one_of
from records.models import Recorded

LONGEST = 120  # months


class CycleQuerySet(models.QuerySet["Cycle"]):
    """Cycles as somebody may read them."""

    def visible_to(self, user: User) -> Self:
        """Those of the user's own agency."""
        return self.filter(agency=user.agency)


class Cycle(Recorded):
    """What somebody said of one cycle, and why: of all agreements of a risk, or of one agreement. Never changed.

    The newest row counts. ``months`` is 0 where nothing is scheduled, and unknown to go back to what counts otherwise.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="cycles")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, null=True, blank=True, related_name="cycles")
    kind = models.CharField(max_length=16, choices=ActivityKind)
    risk = models.CharField("risk that remains", max_length=8, choices=Rating, blank=True)
    months = models.PositiveSmallIntegerField(null=True, blank=True)
    why = models.CharField("why?", max_length=1000)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = CycleQuerySet.as_manager()

    class Meta:
        verbose_name = "cycle of assurance"
        indexes = [models.Index(fields=["agency", "-id"], condition=Q(agreement=None), name="cycle_of_an_agency")]
        constraints = [
            one_of("kind", ActivityKind.values, "cycle_kind_known"),
            one_of("risk", ["", *Rating.values], "cycle_risk_known"),
            models.CheckConstraint(condition=~Q(why=""), name="cycle_says_why"),
            models.CheckConstraint(condition=Q(months=None) | Q(months__lte=LONGEST), name="cycle_not_for_ever"),
            models.CheckConstraint(
                condition=Q(agreement=None) & ~Q(risk="") | Q(agreement__isnull=False, risk=""),
                name="cycle_of_a_risk_or_an_agreement",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.months} months"
