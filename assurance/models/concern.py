"""Concerns: raised by name or anonymously, acknowledged within a clock, never closed without an answer (F4, F5)."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from agreements.models import Agreement
from people.models import Agency, Person, User
from people.permissions import may
from people.roles import Permission
from records.constraints import in_order, one_of, together
from records.models import Recorded


class ConcernAbout(models.TextChoices):
    """What a concern is about."""

    INFORMATION = "information", "How personal information is looked after or used"
    CONFLICT = "conflict", "A conflict of interest"
    PROCESS = "process", "How something was done or decided"
    PROVIDER = "provider", "What a provider does or does not do"
    OTHER = "other", "Something else"


class ConcernOutcome(models.TextChoices):
    """What came of it."""

    PUT_RIGHT = "put_right", "It was so, and is put right or being put right"
    PARTLY = "partly", "Some of it was so"
    NOT_SO = "not_so", "Looked into, and not found to be so"
    PASSED_ON = "passed_on", "Passed on to who can deal with it"


class ConcernStepKind(models.TextChoices):
    """What a row is about."""

    RAISED = "raised", "Raised"
    ACKNOWLEDGED = "acknowledged", "Acknowledged"
    ASKED = "asked", "Question to whoever raised it"
    ANSWERED = "answered", "Answer of whoever raised it"
    NOTE = "note", "Note"
    OWNER = "owner", "Given to somebody"
    ESCALATED = "escalated", "Escalated"
    CLOSED = "closed", "Answered and closed"
    REOPENED = "reopened", "Opened again"


class ConcernQuerySet(models.QuerySet["Concern"]):
    """Concerns as somebody may read them."""

    def visible_to(self, user: User) -> Self:
        """Those of the agency, to who handles concerns; but nobody handles what they raised themselves."""
        if not may(user, Permission.HANDLE_CONCERNS):
            return self.none()
        return self.filter(agency=user.agency).exclude(raised_by__isnull=False, raised_by=user.person_id)

    def raised_by_user(self, user: User) -> Self:
        """The user's own, raised by name while signed in."""
        return self.filter(agency=user.agency, raised_by=user.person_id)

    def open(self) -> Self:
        """Those without an answer."""
        return self.filter(closed_on=None)

    def late(self, on: date) -> Self:
        """Not acknowledged, or not answered, by its day."""
        late = Q(acknowledged_on=None, acknowledge_by__lt=on) | Q(answer_by__lt=on)
        return self.open().filter(late)


class Concern(Recorded):
    """One concern. Of an anonymous one nothing is kept but what was written and when it came.

    ``receipt_hash`` is the SHA-256 of the code with which whoever raised it follows it: nobody can read the code here.
    """

    never_empty = ("text",)

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="concerns")
    reference = models.CharField(max_length=40, unique=True)
    receipt_hash = models.CharField(max_length=64, unique=True)
    anonymous = models.BooleanField()
    raised_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="concerns")
    name = models.CharField("your name", max_length=200, blank=True)
    contact = models.CharField("how we reach you", max_length=200, blank=True)
    about = models.CharField("what is it about?", max_length=11, choices=ConcernAbout)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, null=True, blank=True, related_name="concerns")
    text = models.TextField("what concerns you?", max_length=8000)
    raised_on = models.DateField()
    acknowledge_by = models.DateField()
    acknowledged_on = models.DateField(null=True, blank=True)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="concerns_owned")
    answer_by = models.DateField()
    escalated_on = models.DateField(null=True, blank=True)
    outcome = models.CharField("what came of it", max_length=9, choices=ConcernOutcome, blank=True)
    answer = models.TextField("what whoever raised it is told", max_length=4000, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = ConcernQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["agency", "-raised_on"], name="concern_of_agency")]
        constraints = [
            one_of("about", ConcernAbout.values, "concern_about_known"),
            one_of("outcome", ["", *ConcernOutcome.values], "concern_outcome_known"),
            models.CheckConstraint(condition=~Q(text=""), name="concern_says_what"),
            models.CheckConstraint(
                condition=Q(anonymous=False) | Q(raised_by=None, name="", contact=""),
                name="concern_anonymous_is_nobody",
            ),
            models.CheckConstraint(
                condition=Q(anonymous=True) | Q(raised_by__isnull=False) | ~Q(name=""), name="concern_named_by_somebody"
            ),
            models.CheckConstraint(
                condition=Q(owner=None) | Q(raised_by=None) | ~Q(owner=F("raised_by")), name="concern_owner_is_another"
            ),
            in_order("raised_on", "acknowledged_on", "concern_acknowledged_after", "Not before it was raised"),
            in_order("raised_on", "closed_on", "concern_closed_after", "Not before it was raised"),
            together("closed_on", "closed_by", "concern_closed_by_somebody"),
            models.CheckConstraint(
                condition=Q(closed_on=None) | ~Q(outcome="") & ~Q(answer="") & Q(acknowledged_on__isnull=False),
                name="concern_never_closed_silently",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def state(self) -> str:
        """Where it stands (config/states.py)."""
        if self.closed_on:
            return "concern_answered"
        return "concern_looked_into" if self.acknowledged_on else "concern_new"

    def due_on(self) -> date | None:
        """By when it is acknowledged, then answered; nothing once it is."""
        if self.closed_on:
            return None
        return self.answer_by if self.acknowledged_on else min(self.acknowledge_by, self.answer_by)


class ConcernStep(Recorded):
    """A row of what happened: shown to whoever raised it, or kept among those who handle it. It stands."""

    never_empty = ("said",)

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=12, choices=ConcernStepKind)
    said = models.TextField(max_length=4000)
    shown = models.BooleanField("whoever raised it sees it")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()

    class Meta:
        constraints = [
            one_of("kind", ConcernStepKind.values, "concern_step_kind_known"),
            models.CheckConstraint(condition=~Q(said=""), name="concern_step_says_what"),
        ]

    def __str__(self) -> str:
        return self.said


class ConcernClock(Recorded):
    """Within how many working days an agency acknowledges a concern, and answers it."""

    agency = models.OneToOneField(Agency, on_delete=models.PROTECT, related_name="concern_clock")
    acknowledge_days = models.PositiveSmallIntegerField("working days to acknowledge", default=5)
    answer_days = models.PositiveSmallIntegerField("working days to answer", default=20)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(acknowledge_days__gte=1, answer_days__lte=120, answer_days__gte=F("acknowledge_days")),
                name="concern_clock_in_order",
                violation_error_message="From 1 to 120 working days, and no answer before it is acknowledged",
            )
        ]

    def __str__(self) -> str:
        return f"{self.acknowledge_days} and {self.answer_days} working days"
