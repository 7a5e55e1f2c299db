"""Complaints about the use of information: from whom, about what theme, what came of them; they add up by theme."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from agreements.models import Agreement
from assurance.models.link import Link, said_why
from people.models import Agency, Person, User
from people.permissions import may
from people.roles import Permission
from records.constraints import in_order, one_of, together
from records.models import Recorded


class ComplaintSource(models.TextChoices):
    """From whom it came."""

    PERSON = "person", "The person it is about, or somebody for them"
    COMMISSIONER = "commissioner", "The Privacy Commissioner"
    OMBUDSMAN = "ombudsman", "The Ombudsman"
    OTHER = "other", "Somebody else"


class ComplaintTheme(models.TextChoices):
    """What it is about, so that complaints add up."""

    COLLECTION = "collection", "What was collected, or how"
    TOLD = "told", "Not told what it is for"
    ACCESS = "access", "Access or correction"
    ACCURACY = "accuracy", "It is wrong or out of date"
    USE = "use", "Used for something else"
    DISCLOSURE = "disclosure", "Given to somebody else"
    SECURITY = "security", "Not kept safe"
    RETENTION = "retention", "Kept too long"
    OTHER = "other", "Something else"


class ComplaintOutcome(models.TextChoices):
    """What came of it."""

    UPHELD = "upheld", "Upheld"
    PARTLY = "partly", "Upheld in part"
    NOT_UPHELD = "not_upheld", "Not upheld"
    SETTLED = "settled", "Settled"
    WITHDRAWN = "withdrawn", "Withdrawn"


class ComplaintStepKind(models.TextChoices):
    """What a row is about."""

    RECORDED = "recorded", "Recorded"
    NOTE = "note", "Note"
    LINKED = "linked", "Linked"
    UNLINKED = "unlinked", "Link set aside"
    OWNER = "owner", "Who answers it"
    CLOSED = "closed", "Answered and closed"
    REOPENED = "reopened", "Opened again"


class ComplaintQuerySet(models.QuerySet["Complaint"]):
    """Complaints as somebody may read them."""

    def visible_to(self, user: User) -> Self:
        """Those of the agency, to who answers complaints."""
        if not may(user, Permission.HANDLE_CONCERNS):
            return self.none()
        return self.filter(agency=user.agency)

    def open(self) -> Self:
        """Those without an answer."""
        return self.filter(closed_on=None)


class Complaint(Recorded):
    """One complaint."""

    never_empty = ("text",)

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="complaints")
    reference = models.CharField(max_length=40, unique=True)
    received_on = models.DateField("received on")
    source = models.CharField("from whom?", max_length=12, choices=ComplaintSource)
    their_reference = models.CharField("their reference", max_length=100, blank=True)
    theme = models.CharField("what is it about?", max_length=10, choices=ComplaintTheme)
    text = models.TextField("what is the complaint?", max_length=4000)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="complaints_owned")
    answer_by = models.DateField("to be answered by")
    outcome = models.CharField("what came of it", max_length=10, choices=ComplaintOutcome, blank=True)
    answer = models.TextField("what was answered", max_length=4000, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["agency", "-received_on"], name="complaint_of_agency")]
        constraints = [
            one_of("source", ComplaintSource.values, "complaint_source_known"),
            one_of("theme", ComplaintTheme.values, "complaint_theme_known"),
            one_of("outcome", ["", *ComplaintOutcome.values], "complaint_outcome_known"),
            models.CheckConstraint(condition=~Q(text=""), name="complaint_says_what"),
            in_order("received_on", "closed_on", "complaint_closed_after", "Not before it was received"),
            in_order("received_on", "answer_by", "complaint_answered_after", "Not before it was received"),
            together("closed_on", "closed_by", "complaint_closed_by_somebody"),
            models.CheckConstraint(
                condition=Q(closed_on=None) | ~Q(outcome="") & ~Q(answer=""), name="complaint_closed_with_an_answer"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def state(self) -> str:
        """Where it stands (config/states.py)."""
        return "concern_answered" if self.closed_on else "concern_looked_into"

    def is_late(self, on: date) -> bool:
        """Whether its day has passed without an answer."""
        return self.closed_on is None and self.answer_by < on


class ComplaintStep(Recorded):
    """A row of what happened. It stands."""

    never_empty = ("said",)

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=8, choices=ComplaintStepKind)
    said = models.TextField(max_length=4000)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            one_of("kind", ComplaintStepKind.values, "complaint_step_kind_known"),
            models.CheckConstraint(condition=~Q(said=""), name="complaint_step_says_what"),
        ]

    def __str__(self) -> str:
        return self.said


class ComplaintAgreement(Link):
    """An agreement that the complaint is about."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="agreement_links")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="complaint_links")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["complaint", "agreement"], condition=Q(aside_at=None), name="complaint_agreement_standing_once"
            ),
            *said_why("complaint_agreement"),
        ]

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.agreement_id}"
