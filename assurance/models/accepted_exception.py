"""A requirement that is not met and accepted for a time, by a delegate: it never counts as met."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from agreements.models import Agreement
from people.models import User
from records.constraints import in_order, together
from records.models import Recorded

GATE_WORDS = {
    "submit": "Submitting",
    "sign": "Signing",
    "start": "The start of sharing",
    "vary_submit": "Submitting a variation",
    "vary_sign": "Signing a variation",
}


class AcceptedExceptionQuerySet(models.QuerySet["AcceptedException"]):
    """Exceptions as somebody may read them."""

    def visible_to(self, user: User) -> Self:
        """Those of the user's own agency: a party's signed face never shows any."""
        return self.filter(agreement__agency=user.agency)

    def on(self, day: date) -> Self:
        """Those that hold on that day; the last day counts, the day it was withdrawn does not."""
        return self.filter(from_on__lte=day, ends_on__gte=day).filter(
            Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=day)
        )


class AcceptedException(Recorded):
    """One requirement of one agreement, the gate it opens, why, and until when."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="exceptions")
    requirement = models.CharField(max_length=40)
    gate = models.CharField("which step it opens", max_length=12)
    why = models.TextField("why is this acceptable?", max_length=2000)
    from_on = models.DateField("from")
    ends_on = models.DateField("until")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("recorded at")
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_why = models.CharField("why it is withdrawn", max_length=1000, blank=True)

    objects = AcceptedExceptionQuerySet.as_manager()

    class Meta:
        verbose_name = "exception"
        indexes = [models.Index(fields=["agreement", "ends_on"], name="exception_open")]
        constraints = [
            in_order("from_on", "ends_on", "exception_in_order", "An exception cannot end before it begins"),
            models.CheckConstraint(condition=~Q(why="") & ~Q(requirement=""), name="exception_says_why"),
            together("withdrawn_on", "withdrawn_by", "exception_withdrawn_by_somebody"),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | ~Q(withdrawn_why=""), name="exception_withdrawn_says_why"
            ),
        ]

    @property
    def step_words(self) -> str:
        """The step that it opens, in words."""
        return GATE_WORDS.get(self.gate, self.gate)

    def __str__(self) -> str:
        return f"Exception to {self.requirement}"
