"""The yearly report of an AISA or of information matching: what was entered, row by row, and when it was complete."""

from typing import Self

from django.db import models
from django.db.models import Q

from agreements.models import Agreement
from people.models import User
from records.constraints import one_of
from records.models import Recorded

LARGEST = 10**12  # of anything that is counted in a year


class AisaEntryQuerySet(models.QuerySet["AisaEntry"]):
    """Entries as somebody may read them."""

    def visible_to(self, user: User) -> Self:
        """Those of the user's own agency's agreements."""
        return self.filter(agreement__agency=user.agency)


class AisaEntry(Recorded):
    """One text or figure of a year, as entered. Never changed: a correction is a further row with its reason.

    ``item`` is a key of aisa/report.toml, ``of`` the party or the outcome where there is one for each. Neither words
    nor a number says that what stood there was taken out: it is not recorded then.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="aisa_entries")
    year = models.PositiveSmallIntegerField("financial year, by the calendar year it ends in")
    item = models.CharField(max_length=40)
    of = models.CharField("party or outcome", max_length=200, blank=True)
    number = models.PositiveBigIntegerField(null=True, blank=True)
    words = models.TextField(max_length=8000, blank=True)
    why = models.CharField("why it was corrected", max_length=500, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("recorded at")

    objects = AisaEntryQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["agreement", "year", "-id"], name="aisa_entry_newest")]
        constraints = [
            models.CheckConstraint(condition=~Q(item=""), name="aisa_entry_says_what"),
            models.CheckConstraint(condition=Q(number=None) | Q(words=""), name="aisa_entry_words_or_number"),
            models.CheckConstraint(
                condition=Q(number__isnull=False) | ~Q(words="") | ~Q(why=""), name="aisa_entry_taken_out_says_why"
            ),
            models.CheckConstraint(condition=Q(number=None) | Q(number__lte=LARGEST), name="aisa_entry_countable"),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.of} {self.year}"

    @property
    def value(self) -> str | int | None:
        """What it says; None where it was taken out."""
        return self.words or self.number


class AisaStepKind(models.TextChoices):
    """What a person says of a year."""

    COMPLETE = "complete", "Complete"
    SHARED = "shared", "Shown to the other parties"
    REOPENED = "reopened", "Reopened"


class AisaStep(Recorded):
    """A year said to be complete, shown to the other parties, or reopened with a reason. The newest counts."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="aisa_steps")
    year = models.PositiveSmallIntegerField("financial year, by the calendar year it ends in")
    kind = models.CharField(max_length=8, choices=AisaStepKind)
    why = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("recorded at")

    class Meta:
        constraints = [
            one_of("kind", AisaStepKind.values, "aisa_step_kind_known"),
            models.CheckConstraint(
                condition=~Q(kind=AisaStepKind.REOPENED) | ~Q(why=""), name="aisa_step_reopened_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.year}"
