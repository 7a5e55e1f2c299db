"""What ran by itself, and when."""

from typing import Self

from django.db import models
from django.utils.timezone import localdate

from records.models.recorded import Recorded


class TickRunQuerySet(models.QuerySet["TickRun"]):
    """Runs of the daily tick."""

    def newest_of_each_step(self) -> Self:
        """The last run of each step, failed or not."""
        return self.order_by("step", "-at", "-pk").distinct("step")


class TickRun(Recorded):
    """One step of one daily tick: the day it was for, how many things it did, or the kind of error that stopped it."""

    step = models.CharField(max_length=200)
    on = models.DateField("for the day")
    at = models.DateTimeField()
    done = models.PositiveIntegerField(default=0)
    failed = models.CharField(max_length=200, blank=True, help_text="The kind of error; empty where there was none.")

    objects = TickRunQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["step", "-at"], name="tick_run_newest")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(failed="") | models.Q(done=0), name="tick_run_failed_did_nothing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step} for {self.on}"

    @property
    def label(self) -> str:
        """The step in words: "reviews due"."""
        return self.step.rpartition(".")[2].replace("_", " ").replace("hand over", "hand-over")

    @property
    def is_for_another_day(self) -> bool:
        """Whether it made up for a day that was missed."""
        return self.on != localdate(self.at)
