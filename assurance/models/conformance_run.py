"""What an assessment against the standards found: one row a re-assessment, never rewritten (design.md section 6)."""

from typing import TYPE_CHECKING, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from agreements.models import Agreement, Terms
from people.models import User
from records.constraints import one_of
from records.models import Recorded

if TYPE_CHECKING:
    from assurance.outcome import Outcome


class RunCause(models.TextChoices):
    """What made an assessment necessary."""

    CHANGE = "change", "The agreement was changed"
    TIME = "time", "Time went by"
    STANDARD = "standard", "Another edition of a standard"


class ConformanceRunQuerySet(models.QuerySet["ConformanceRun"]):
    """Runs as somebody may read them."""

    def visible_to(self, user: User) -> Self:
        """Those of the user's own agency: a party's signed face never shows any."""
        return self.filter(agreement__agency=user.agency)


class ConformanceRun(Recorded):
    """One assessment of one agreement: the facts, and for each requirement its outcome and why.

    ``results`` is ``{requirement: [outcome, why]}``. The database refuses to change or remove a run.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="conformance_runs")
    terms = models.ForeignKey(Terms, on_delete=models.PROTECT, related_name="+")
    cause = models.CharField(max_length=8, choices=RunCause)
    on = models.DateField("as at")
    at = models.DateTimeField("recorded at")
    editions = ArrayField(models.CharField(max_length=80), help_text="Standard and edition of each.")
    facts = models.JSONField()
    results = models.JSONField()
    met = models.PositiveSmallIntegerField()
    not_met = models.PositiveSmallIntegerField()
    unknown = models.PositiveSmallIntegerField()
    not_applicable = models.PositiveSmallIntegerField()

    objects = ConformanceRunQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["agreement", "-id"], name="conformance_run_newest")]
        constraints = [one_of("cause", RunCause.values, "conformance_run_cause_known")]

    def __str__(self) -> str:
        return f"Assessment of {self.agreement_id} as at {self.on}"


class ConformanceEntry(models.Model):
    """The newest run of an agreement as lists look it through: derived, and without history."""

    agreement = models.OneToOneField(Agreement, on_delete=models.CASCADE, primary_key=True, related_name="conformance")
    run = models.OneToOneField(ConformanceRun, on_delete=models.PROTECT, related_name="+")
    not_met = ArrayField(models.CharField(max_length=40), default=list)
    unknown = ArrayField(models.CharField(max_length=40), default=list)
    met = ArrayField(models.CharField(max_length=40), default=list)
    critical = models.BooleanField(default=False)
    cohort = models.CharField(max_length=8, help_text="new, interim, existing or unknown, by the day of signing")
    in_scope = models.CharField(max_length=7, help_text="of the Standard: yes, no or unknown")
    standing = models.CharField(max_length=8, default="", help_text="the worst that is said of the Standard")

    class Meta:
        verbose_name_plural = "conformance entries"
        indexes = [
            GinIndex(fields=["not_met"], name="conformance_entry_not_met"),
            GinIndex(fields=["unknown"], name="conformance_entry_unknown"),
        ]

    def __str__(self) -> str:
        return f"Conformance of {self.agreement_id}"

    def outcome_of(self, requirement: str) -> "Outcome":
        """The newest outcome of one requirement."""
        from assurance.outcome import Outcome

        for outcome in (Outcome.NOT_MET, Outcome.UNKNOWN, Outcome.MET):
            if requirement in getattr(self, outcome):
                return outcome
        return Outcome.NOT_APPLICABLE


class RunOutcome(models.Model):
    """What a run says of each standard as a whole: derived, without history, and narrow, for whoever reads thousands.

    The standards by their ids: something of it not met, else something unknown, else all that applies met.
    """

    run = models.OneToOneField(ConformanceRun, on_delete=models.CASCADE, primary_key=True, related_name="outcome")
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="+")
    on = models.DateField("as at")
    not_met = ArrayField(models.CharField(max_length=80), default=list)
    unknown = ArrayField(models.CharField(max_length=80), default=list)
    met = ArrayField(models.CharField(max_length=80), default=list)

    def __str__(self) -> str:
        return f"Outcome of assessment {self.run_id}"
