"""Notices before an adverse action, by the day they were given, and what came of them. Nobody is named in them."""

from typing import Self

from django.db import models
from django.db.models import Q

from agreements.models import Agreement
from people.models import User
from records.constraints import one_of
from records.models import Recorded

MOST = 1_000_000  # notices of one day


class AdverseNoticeQuerySet(models.QuerySet["AdverseNotice"]):
    """Notices as somebody may read them."""

    def visible_to(self, user: User) -> Self:
        """Those of the user's own agency's agreements."""
        return self.filter(agreement__agency=user.agency)


class AdverseNotice(Recorded):
    """Notices given on one day. Never changed: what comes of them, mistakes too, are rows of their own.

    ``period`` is how many working days people have to dispute; a shorter one than the Act's has a ``ground``.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="adverse_notices")
    given_on = models.DateField("given on")
    number = models.PositiveIntegerField("how many notices", default=1)
    period = models.PositiveSmallIntegerField("working days to dispute")
    ground = models.CharField("ground on which the period is shorter", max_length=500, blank=True)
    reference = models.CharField("own reference", max_length=80, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("recorded at")

    objects = AdverseNoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(number__range=(1, MOST)), name="adverse_notice_some"),
            models.CheckConstraint(condition=Q(period__lte=260), name="adverse_notice_period_in_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.number} notices of {self.given_on.isoformat()}"


class Became(models.TextChoices):
    """What came of notices."""

    ACTED = "acted", "Adverse action taken"
    DISPUTED = "disputed", "Disputed"
    MISTAKE = "mistake", "Recorded by mistake: not given"


class AdverseOutcome(Recorded):
    """What came of so many of the notices of one day. Never changed."""

    notice = models.ForeignKey(AdverseNotice, on_delete=models.PROTECT, related_name="outcomes")
    became = models.CharField("what happened", max_length=8, choices=Became)
    number = models.PositiveIntegerField("of how many notices", default=1)
    on = models.DateField("on")
    note = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("recorded at")

    class Meta:
        constraints = [
            one_of("became", Became.values, "adverse_outcome_known"),
            models.CheckConstraint(condition=Q(number__range=(1, MOST)), name="adverse_outcome_some"),
            models.CheckConstraint(
                condition=~Q(became=Became.MISTAKE) | ~Q(note=""),
                name="adverse_outcome_mistake_says_why",
                violation_error_message="Say what was wrong",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.get_became_display()}"
