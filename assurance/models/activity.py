"""Assurance activities: what is to be looked at and by when, done with evidence, and from then on never changed."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from agreements.models import Agreement, Evidence
from agreements.models.evidence import evidence_names_a_document
from conflicts.models.declaration import new_code
from people.models import Person, User
from records.constraints import one_of, together
from records.models import Recorded


class ActivityKind(models.TextChoices):
    """The ways to see for oneself that an agreement is kept (domain.md 1.7)."""

    CONFIRMATION = "confirmation", "Confirmation of compliance"
    REPORT = "report", "Third-party report"
    ACCESS_LOG = "access_log", "Access-log review"
    AUDIT = "audit", "Audit"
    INVESTIGATION = "investigation", "Investigation"
    SITE_VISIT = "site_visit", "Site visit"
    CERTIFICATE = "certificate", "Certificate of destruction"


K = ActivityKind
# The provision that is exercised by doing one: present and exercised are separate facts (domain.md 6, F8).
EXERCISES = {
    K.CONFIRMATION: "C13", K.REPORT: "C16", K.ACCESS_LOG: "C12", K.AUDIT: "C14",
    K.INVESTIGATION: "C15", K.SITE_VISIT: "C12", K.CERTIFICATE: "C19",
}  # fmt: skip


class ActivityOutcome(models.TextChoices):
    """What came of it; anything but the first opens a finding."""

    SATISFACTORY = "satisfactory", "Satisfactory"
    PARTLY = "partly", "Satisfactory in part"
    UNSATISFACTORY = "unsatisfactory", "Not satisfactory"


class ActivityQuerySet(models.QuerySet["Activity"]):
    """Activities as somebody may read them."""

    def visible_to(self, user: User) -> Self:
        """Those of the user's own agency: a party's signed face never shows any."""
        return self.filter(agreement__agency=user.agency)

    def open(self) -> Self:
        """Neither done nor cancelled."""
        return self.filter(done_on=None, cancelled_on=None)

    def answered_by(self, person: int | None) -> Self:
        """Those that this person is to do, by key: named, else managing the agreement, else owning it."""
        manages = Q(agreement__manager=person) | Q(agreement__manager=None, agreement__owner=person)
        return self.filter(Q(responsible=person) | Q(responsible=None) & manages) if person else self.none()


class Activity(Recorded):
    """One look at one agreement. ``scheduled``: the register made it from the cycle of ``months`` that it rests on.

    Where nobody is named as responsible, the manager of the agreement is, and where there is none its owner.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="activities")
    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    kind = models.CharField("what is to be done?", max_length=16, choices=ActivityKind)
    due_on = models.DateField("due on")
    responsible = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="activities", verbose_name="who does it"
    )
    asked = models.TextField("what is looked at", max_length=2000, blank=True)
    scheduled = models.BooleanField("made from a cycle", default=False)
    months = models.PositiveSmallIntegerField("months of the cycle", null=True, blank=True)
    planned_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()
    done_on = models.DateField("done on", null=True, blank=True)
    done_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    done_at = models.DateTimeField("recorded at", null=True, blank=True)
    outcome = models.CharField("what came of it?", max_length=14, choices=ActivityOutcome, blank=True)
    summary = models.TextField("what was looked at, and what was seen?", max_length=5000, blank=True)
    cancelled_on = models.DateField(null=True, blank=True)
    cancelled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    cancelled_why = models.CharField("why it is not done", max_length=1000, blank=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = "assurance activity"
        verbose_name_plural = "assurance activities"
        indexes = [
            models.Index(fields=["due_on", "id"], condition=Q(done_on=None, cancelled_on=None), name="activity_open"),
            models.Index(fields=["agreement", "kind", "-done_on"], name="activity_last"),
        ]
        constraints = [
            one_of("kind", ActivityKind.values, "activity_kind_known"),
            one_of("outcome", ["", *ActivityOutcome.values], "activity_outcome_known"),
            together("done_on", "done_by", "activity_done_by_somebody"),
            together("done_on", "done_at", "activity_done_at_a_time"),
            together("cancelled_on", "cancelled_by", "activity_cancelled_by_somebody"),
            models.CheckConstraint(
                condition=Q(done_on=None, outcome="", summary="")
                | Q(done_on__isnull=False, cancelled_on=None) & ~Q(outcome="") & ~Q(summary=""),
                name="activity_done_says_what_came_of_it",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_on=None, cancelled_why="") | Q(cancelled_on__isnull=False) & ~Q(cancelled_why=""),
                name="activity_cancelled_says_why",
            ),
            models.UniqueConstraint(
                fields=["agreement", "kind"],
                condition=Q(scheduled=True, done_on=None, cancelled_on=None),
                name="activity_one_scheduled_of_a_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.agreement}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("activity", args=[self.code])

    @property
    def is_open(self) -> bool:
        """Neither done nor cancelled."""
        return self.done_on is None and self.cancelled_on is None

    @property
    def answering(self) -> Person | None:
        """Who is to do it, as far as somebody is named."""
        return self.responsible or self.agreement.manager or self.agreement.owner

    @property
    def provision(self) -> str:
        """The code of the provision that doing it exercises."""
        return EXERCISES[ActivityKind(self.kind)]

    def is_late(self, on: date) -> bool:
        """Whether it was due before that day and is still to be done."""
        return self.is_open and self.due_on < on


class ActivityStep(Recorded):
    """What was said of an activity before it was done: planned by a person, moved, handed on. Never changed.

    ``due_before`` and ``due_on`` are the days before and after, so that what was late on a past day stays known.
    """

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="steps")
    said = models.CharField("what changed", max_length=300)
    why = models.CharField(max_length=1000)
    due_before = models.DateField(null=True, blank=True)
    due_on = models.DateField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "step of an activity"
        constraints = [models.CheckConstraint(condition=~Q(why=""), name="activity_step_says_why")]

    def __str__(self) -> str:
        return self.said


class ActivityEvidence(Recorded, Evidence):
    """What shows the outcome of an activity: a document that is kept here, or in words where it is. Only ever added."""

    never_empty: ClassVar[tuple[str, ...]] = ()

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="shown_by")
    evidence_note = models.CharField("evidence in words", max_length=300, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("recorded at")

    class Meta:
        verbose_name = "evidence of an activity"
        constraints = [
            evidence_names_a_document("activity_evidence_names_a_document"),
            models.CheckConstraint(
                condition=Q(evidence__isnull=False) | ~Q(evidence_note=""), name="activity_evidence_shows_something"
            ),
        ]

    def __str__(self) -> str:
        return self.evidence_note or str(self.evidence)
