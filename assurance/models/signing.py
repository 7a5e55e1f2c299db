"""Answers to the exceptions of a statement, and its signature: rows of record that the database never changes."""

from django.db import models
from django.db.models import F, Q

from assurance.models.briefing import Briefing, StatementGroup, StatementRow
from assurance.models.statement import Statement
from people.models import Person, User
from records.constraints import one_of
from records.models import Recorded, StoredFile


class RowAnswer(Recorded):
    """What is done about one exception, and by when; said by the accountable deputy. The newest counts."""

    row = models.ForeignKey(StatementRow, on_delete=models.PROTECT, related_name="answers")
    what = models.TextField("what is done?", max_length=2000)
    by_when = models.DateField("by when?")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(what=""), name="row_answer_says_what")]

    def __str__(self) -> str:
        return self.what


class GroupDecision(models.TextChoices):
    """What the head of the agency says to a group."""

    ACCEPTED = "accepted", "Accepted"
    RETURNED = "returned", "Returned"


class GroupAnswer(Recorded):
    """A group accepted with a reason, or returned for better answers. The newest counts."""

    group = models.ForeignKey(StatementGroup, on_delete=models.PROTECT, related_name="answers")
    decision = models.CharField(max_length=8, choices=GroupDecision)
    why = models.TextField("why?", max_length=2000)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            one_of("decision", GroupDecision.values, "group_answer_known"),
            models.CheckConstraint(condition=~Q(why=""), name="group_answer_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.get_decision_display()}: {self.why}"


class Signing(Recorded):
    """The signature: by whom, of which figures, and the SHA-256 of everything that was signed.

    ``by`` signed, or recorded the paper on which ``signatory`` signed; ``scan`` is that paper.
    """

    statement = models.OneToOneField(Statement, on_delete=models.PROTECT, related_name="signing")
    briefing = models.OneToOneField(Briefing, on_delete=models.PROTECT, related_name="signing")
    signatory = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    signed_as = models.CharField("in which office", max_length=200)
    signed_on = models.DateField("signed on")
    scan = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    scan_name = models.CharField(max_length=150, blank=True)
    sha256 = models.CharField(max_length=64)
    ledger_ok = models.BooleanField()
    ledger_says = models.TextField()
    ledger_seq = models.BigIntegerField()
    ledger_head = models.CharField(max_length=64)
    drafted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(scan__isnull=False) | ~Q(by=F("drafted_by")), name="signing_not_by_the_drafter",
                violation_error_message="Whoever drafted it does not sign it",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Signature of {self.signatory}"

    @property
    def on_paper(self) -> bool:
        """Whether it was signed on paper."""
        return self.scan_id is not None
