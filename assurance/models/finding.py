"""Findings: what is not as it should be, about which requirement, and how it came to light. Closed ones stand."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from agreements.models import Agreement, Evidence, Organisation
from agreements.models.evidence import evidence_names_a_document
from assurance.models.activity import Activity
from conflicts.models.declaration import new_code
from people.models import Agency, User
from people.permissions import may
from people.roles import Permission
from records.constraints import one_of, together
from records.models import Recorded


class Severity(models.TextChoices):
    """How serious it is."""

    CRITICAL = "critical", "Critical"
    HIGH = "high", "High"
    MEDIUM = "medium", "Medium"
    LOW = "low", "Low"


class Origin(models.TextChoices):
    """How it came to light."""

    ACTIVITY = "activity", "An assurance activity"
    PROVIDER = "provider", "Something a provider told us"
    LATE = "late", "Something that was not done in time"
    SAMPLE = "sample", "An audit sample"
    CONCERN = "concern", "A concern or complaint"
    BREACH = "breach", "A privacy breach"
    PERSON = "person", "Somebody noticed it"


class FindingQuerySet(models.QuerySet["Finding"]):
    """Findings as somebody may read them."""

    def visible_to(self, user: User) -> Self:
        """Those of the user's own agency; without reading agreements, those of one's own actions alone."""
        found = self.filter(agency=user.agency)
        if may(user, Permission.READ_AGREEMENTS):
            return found
        return found.filter(actions__owner=user.person_id).distinct()

    def open(self) -> Self:
        """Those not closed; one whose risk is accepted is open."""
        return self.filter(closed_on=None)


class Finding(Recorded):
    """One thing that is not as it should be. What it says never changes; it is closed with a reason.

    ``requirement`` is the id of a requirement of the standards' files, or empty.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="findings")
    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, null=True, blank=True, related_name="findings")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, null=True, blank=True, related_name="findings")
    requirement = models.CharField("requirement it is about", max_length=40, blank=True)
    severity = models.CharField("severity", max_length=8, choices=Severity)
    title = models.CharField("in one line", max_length=200)
    detail = models.TextField("what was found", max_length=5000)
    origin = models.CharField("how it came to light", max_length=8, choices=Origin)
    opened_on = models.DateField("found on")
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField("recorded at")
    closed_on = models.DateField(null=True, blank=True)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_why = models.CharField("why it is closed", max_length=1000, blank=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["agency", "-id"], condition=Q(closed_on=None), name="finding_open"),
        ]
        constraints = [
            one_of("severity", Severity.values, "finding_severity_known"),
            one_of("origin", Origin.values, "finding_origin_known"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(detail=""), name="finding_says_what"),
            together("closed_on", "closed_by", "finding_closed_by_somebody"),
            together("closed_on", "closed_at", "finding_closed_at_a_time"),
            models.CheckConstraint(
                condition=Q(closed_on=None, closed_why="") | Q(closed_on__isnull=False) & ~Q(closed_why=""),
                name="finding_closed_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("finding", args=[self.code])

    @property
    def is_open(self) -> bool:
        """Whether it is not closed."""
        return self.closed_on is None

    @property
    def story(self) -> "models.QuerySet[FindingStep]":
        """What happened to it and its actions, the oldest first."""
        return self.steps.select_related("by__person", "action").order_by("at", "pk")


class StepKind(models.TextChoices):
    """What happened to a finding or to one of its actions."""

    OPENED = "opened", "Finding opened"
    ADDED = "added", "Action added"
    MOVED = "moved", "Action moved"
    DONE = "done", "Action done"
    SENT_BACK = "sent_back", "Action sent back"
    VERIFIED = "verified", "Action verified"
    DROPPED = "dropped", "Action dropped"
    ACCEPTED = "accepted", "Risk accepted"
    WITHDRAWN = "withdrawn", "Acceptance withdrawn"
    CLOSED = "closed", "Finding closed"


class FindingStep(Recorded, Evidence):
    """One thing that happened to a finding or to an action of it, by whom, when and why. Never changed.

    ``on`` is the day it is true from; ``due_on`` the day an action is due from then on, the end of an acceptance.
    What was shown when an action was said to be done stays here, also where it was sent back.
    """

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="steps")
    action = models.ForeignKey("Action", on_delete=models.PROTECT, null=True, blank=True, related_name="steps")
    kind = models.CharField(max_length=9, choices=StepKind)
    said = models.CharField("what changed", max_length=300, blank=True)
    why = models.TextField(max_length=5000, blank=True)
    due_on = models.DateField(null=True, blank=True)
    evidence_note = models.CharField("evidence in words", max_length=300, blank=True)
    on = models.DateField("true from")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("recorded at")

    class Meta:
        verbose_name = "step of a finding"
        indexes = [models.Index(fields=["finding", "at", "id"], name="finding_step_order")]
        constraints = [
            one_of("kind", StepKind.values, "finding_step_kind_known"),
            evidence_names_a_document("finding_step_evidence_names_a_document"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}{f': {self.said}' if self.said else ''}"
