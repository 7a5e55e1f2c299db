"""The yearly self-assessment of privacy maturity: what was answered of each element, row by row."""

from typing import Self

from django.db import models

from people.models import Agency, User
from records.constraints import one_of
from records.models import Recorded


class Level(models.TextChoices):
    """The three levels, the lowest first."""

    INFORMAL = "informal", "Informal"
    FOUNDATIONAL = "foundational", "Foundational"
    MANAGED = "managed", "Managed"


class MaturityAnswerQuerySet(models.QuerySet["MaturityAnswer"]):
    """Answers as somebody may read them."""

    def visible_to(self, user: User) -> Self:
        """Those of the user's own agency."""
        return self.filter(agency=user.agency)

    def newest(self) -> Self:
        """The answer that counts, of each element and year."""
        return self.order_by("agency_id", "year", "element", "-pk").distinct("agency_id", "year", "element")


class MaturityAnswer(Recorded):
    """One answer. Never changed: a later one takes its place, and both stay readable.

    ``facts`` are what the register said beside the element when it was answered: ``[[label, words], ...]``.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="maturity_answers")
    year = models.PositiveSmallIntegerField("year, by its 30 June")
    element = models.CharField(max_length=40)
    level = models.CharField("level", max_length=12, choices=Level)
    comment = models.TextField("comment", max_length=4000, blank=True)
    facts = models.JSONField(default=list, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("recorded at")

    objects = MaturityAnswerQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["agency", "year", "element", "-id"], name="maturity_newest")]
        constraints = [
            one_of("level", Level.values, "maturity_level_known"),
            models.CheckConstraint(condition=~models.Q(element=""), name="maturity_says_of_what"),
        ]

    def __str__(self) -> str:
        return f"{self.element} {self.year}: {self.get_level_display()}"
