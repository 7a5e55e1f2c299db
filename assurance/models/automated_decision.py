"""Decisions that are automated with shared information, artificial intelligence included, and their reviews."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from agreements.models import Agreement
from people.models import User
from records.choices import yes_no_unknown
from records.constraints import one_of
from records.models import Recorded
from records.words import nz_date


class HowAutomated(models.TextChoices):
    """How far a person still decides."""

    SUPPORTS = "supports", "It supports a person, who decides"
    ALONE = "alone", "It decides alone"
    UNKNOWN = "unknown", "We do not know yet"


class AutomatedDecisionQuerySet(models.QuerySet["AutomatedDecision"]):
    """Automated decisions as somebody may read them."""

    def visible_to(self, user: User) -> Self:
        """Those of the user's own agency's agreements."""
        return self.filter(agreement__agency=user.agency)

    def in_use(self) -> Self:
        """Those that were not ended."""
        return self.filter(ended_on=None)


class AutomatedDecision(Recorded):
    """One decision that something automated takes or prepares. Review days are those of the newest review."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="automated_decisions")
    what = models.CharField("what is decided", max_length=300)
    means = models.CharField("by what means", max_length=300, blank=True)
    how = models.CharField("how far is it automated", max_length=8, choices=HowAutomated, default=HowAutomated.UNKNOWN)
    uses_ai = yes_no_unknown("artificial intelligence")
    can_ask = yes_no_unknown("people can ask that a person looks at it again")
    charter = yes_no_unknown("Algorithm Charter considered")
    charter_note = models.CharField("what came of that", max_length=500, blank=True)
    recorded_on = models.DateField("recorded on")
    reviewed_on = models.DateField("last reviewed on", null=True, blank=True)
    next_review = models.DateField("next review")
    ended_on = models.DateField("ended on", null=True, blank=True)

    objects = AutomatedDecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("how", HowAutomated.values, "automated_how_known"),
            models.CheckConstraint(
                condition=Q(reviewed_on=None) | Q(next_review__gt=F("reviewed_on")),
                name="automated_reviewed_again_later",
                violation_error_message="The next review comes after this one",
            ),
        ]

    def __str__(self) -> str:
        return self.what

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("automated_decision", args=[self.pk])

    def is_overdue(self, on: date) -> bool:
        """Whether it goes on and its review is late."""
        return self.ended_on is None and self.next_review < on


class AutomatedReview(Recorded):
    """A review of an automated decision, or that it ended. Never changed."""

    decision = models.ForeignKey(AutomatedDecision, on_delete=models.PROTECT, related_name="reviews")
    on = models.DateField("on")
    ended = models.BooleanField("it is not used any more", default=False)
    next_review = models.DateField("next review", null=True, blank=True)
    found = models.TextField("what was found", max_length=2000)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("recorded at")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(found=""), name="automated_review_says_what"),
            models.CheckConstraint(
                condition=Q(ended=True, next_review=None) | Q(ended=False, next_review__gt=F("on")),
                name="automated_review_again_later",
                violation_error_message="The next review comes after this one",
            ),
        ]

    def __str__(self) -> str:
        return f"Review, {nz_date(self.on)}"
