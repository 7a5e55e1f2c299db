"""The figures of a statement as they were taken, with their lists, definitions and exceptions: rows of record."""

from django.db import models

from assurance.figures.spoken import Spoken
from assurance.models.statement import Statement
from people.models import User
from records.models import Recorded


class Briefing(Recorded):
    """One taking of the figures; the newest is what is answered and signed.

    ``ledger_ok`` is what verification of the whole history said then, ``ledger_says`` in words.
    """

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="briefings")
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ledger_ok = models.BooleanField()
    ledger_says = models.TextField()
    ledger_seq = models.BigIntegerField()
    ledger_head = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"Figures of {self.statement.code}"


class StatementFigure(Spoken, Recorded):
    """One figure as it was taken: number, definition, and the list behind it as ``[[reference, title, url, note]]``."""

    briefing = models.ForeignKey(Briefing, on_delete=models.PROTECT, related_name="figures")
    place = models.PositiveSmallIntegerField()
    part = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=60)
    label = models.CharField(max_length=200)
    definition = models.TextField()
    value = models.IntegerField()
    of = models.IntegerField(null=True)
    unknown = models.IntegerField(default=0)
    later = models.IntegerField(default=0)
    says = models.CharField(max_length=200, blank=True)
    wanted = models.IntegerField(null=True)
    rows = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["briefing", "key"], name="statement_figure_once")]

    def __str__(self) -> str:
        return self.label


class StatementGroup(Recorded):
    """Exceptions of one requirement and one tier of risk: the head of the agency answers them together."""

    briefing = models.ForeignKey(Briefing, on_delete=models.PROTECT, related_name="groups")
    place = models.PositiveSmallIntegerField()
    key = models.CharField("of which figure", max_length=60)
    title = models.CharField(max_length=200)
    tier = models.CharField("tier of risk", max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["briefing", "key", "tier"], name="statement_group_once")]

    def __str__(self) -> str:
        return f"{self.title}, {self.tier[:1].lower()}{self.tier[1:]}"


class StatementRow(Recorded):
    """One exception: which agreement, and what is not met, unknown or overdue."""

    group = models.ForeignKey(StatementGroup, on_delete=models.PROTECT, related_name="rows")
    place = models.PositiveIntegerField()
    reference = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=300)
    url = models.CharField(max_length=300, blank=True)
    outcome = models.CharField(max_length=20)
    note = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"
