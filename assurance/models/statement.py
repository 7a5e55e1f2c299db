"""The written assurance of a chief executive: who drafted, answers and signs it, and what is said in it."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from people.models import Agency, Person, User
from records.constraints import in_order, one_of
from records.models import Recorded


class StatementState(models.TextChoices):
    """Where a statement stands."""

    DRAFT = "draft", "Draft"
    ANSWERING = "answering", "Being answered"
    SIGNED = "signed", "Signed"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Implemented(models.TextChoices):
    """Whether the Standard is implemented, as the head of the agency says it (letter, paragraph 1)."""

    YES = "yes", "Yes"
    PARTLY = "partly", "Partly"
    NO = "no", "No"


OPEN = (StatementState.DRAFT, StatementState.ANSWERING)


class StatementQuerySet(models.QuerySet["Statement"]):
    """Statements as somebody may read them."""

    def visible_to(self, user: User) -> Self:
        """Those of the user's own agency."""
        return self.filter(agency=user.agency)

    def signed(self) -> Self:
        """Those that were signed, the newest first."""
        return self.filter(state=StatementState.SIGNED).order_by("-day", "-pk")


class Statement(Recorded):
    """One statement as at a day. Once signed the database refuses to change it; a correction is a new one."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="statements")
    code = models.CharField(max_length=24, unique=True, editable=False)
    day = models.DateField("as at")
    period_from = models.DateField("for the period from")
    period_to = models.DateField("until")
    addressee = models.CharField("to whom", max_length=300)
    covering = models.TextField("covering words", max_length=10_000, blank=True)
    implemented = models.CharField(
        "is the Standard implemented?", max_length=6, choices=Implemented, blank=True, default=""
    )
    implemented_why = models.TextField("why do you say so?", max_length=4000, blank=True)
    deputy = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", verbose_name="who answers for the exceptions?"
    )
    signatory = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name="who signs?")
    sign_by = models.DateField("to be signed by", null=True, blank=True)
    state = models.CharField(max_length=9, choices=StatementState, default=StatementState.DRAFT)
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrections")
    corrects_why = models.TextField("what is corrected?", max_length=2000, blank=True)
    withdrawn_why = models.CharField("why it was withdrawn", max_length=1000, blank=True)
    drafted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", editable=False)
    drafted_at = models.DateTimeField(editable=False)

    objects = StatementQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("state", StatementState.values, "statement_state_known"),
            one_of("implemented", ["", *Implemented.values], "statement_implemented_known"),
            in_order("period_from", "period_to", "statement_period_in_order", "The period cannot end before it begins"),
            in_order("day", "sign_by", "statement_signed_after_its_day", "It is signed on its day or later"),
            models.CheckConstraint(
                condition=Q(period_to__lte=F("day")), name="statement_period_is_over",
                violation_error_message="The period ends on the day of the figures or before",
            ),
            models.CheckConstraint(
                condition=Q(corrects=None, corrects_why="") | Q(corrects__isnull=False) & ~Q(corrects_why=""),
                name="statement_correction_says_what",
                violation_error_message="Say what is corrected",
            ),
            models.CheckConstraint(
                condition=~Q(state=StatementState.SIGNED) | ~Q(implemented="") & ~Q(covering=""),
                name="statement_signed_says_it",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Written assurance {self.code}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("statement", args=[self.code])

    @property
    def is_open(self) -> bool:
        """Whether its words can still be changed."""
        return self.state in OPEN

    @property
    def is_signed(self) -> bool:
        """Whether it is frozen."""
        return self.state == StatementState.SIGNED


class StatementComment(Recorded):
    """Something said of a statement while it is made. Never changed."""

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="comments")
    text = models.TextField("comment", max_length=4000)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="statement_comment_says_something")]

    def __str__(self) -> str:
        return f"Comment of {self.by}"


class StatementSent(Recorded):
    """To whom a signed statement went, when and how; ``onward``: sent on by whoever had it. Never changed."""

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="sent")
    to = models.CharField("to whom", max_length=300)
    how = models.CharField("how", max_length=200)
    on = models.DateField("on")
    onward = models.BooleanField("it was sent on, by somebody who had it from us", default=False)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("recorded at")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(to="") & ~Q(how=""), name="statement_sent_says_to_whom")]

    def __str__(self) -> str:
        return f"Sent to {self.to}"
