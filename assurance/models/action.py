"""Actions: what somebody does about a finding by a day, shown by evidence, and verified by somebody else."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from agreements.models import Evidence
from agreements.models.evidence import evidence_names_a_document
from assurance.models.finding import Finding
from conflicts.models.declaration import new_code
from people.models import Person, User
from people.permissions import may
from people.roles import Permission
from records.constraints import one_of, together
from records.models import Recorded


class ActionState(models.TextChoices):
    """Where an action stands."""

    OPEN = "open", "To be done"
    DONE = "done", "Done, to be verified"
    VERIFIED = "verified", "Verified"
    DROPPED = "dropped", "Dropped"


UNFINISHED = (ActionState.OPEN, ActionState.DONE)


class ActionQuerySet(models.QuerySet["Action"]):
    """Actions as somebody may read them."""

    def visible_to(self, user: User) -> Self:
        """Those of the user's own agency; without reading agreements, one's own alone."""
        found = self.filter(finding__agency=user.agency)
        return found if may(user, Permission.READ_AGREEMENTS) else found.filter(owner=user.person_id)

    def unfinished(self) -> Self:
        """To be done, or done and not verified: what keeps a finding from being closed."""
        return self.filter(state__in=UNFINISHED)

    def late(self, on: date) -> Self:
        """Due before that day and not done."""
        return self.filter(state=ActionState.OPEN, due_on__lt=on)


class Action(Recorded, Evidence):
    """One thing to be done about a finding. Verified or dropped, it never changes any more."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="actions")
    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    what = models.CharField("what has to be done?", max_length=500)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="actions", verbose_name="who does it")
    due_on = models.DateField("by when?")
    state = models.CharField(max_length=8, choices=ActionState, default=ActionState.OPEN)
    done_on = models.DateField("done on", null=True, blank=True)
    done_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    done_note = models.TextField("what was done?", max_length=2000, blank=True)
    evidence_note = models.CharField("evidence in words", max_length=300, blank=True)
    verified_on = models.DateField(null=True, blank=True)
    verified_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    verified_note = models.CharField("how it was verified", max_length=1000, blank=True)
    dropped_on = models.DateField(null=True, blank=True)

    objects = ActionQuerySet.as_manager()

    class Meta:
        verbose_name = "action"
        indexes = [models.Index(fields=["due_on", "id"], condition=Q(state="open"), name="action_open")]
        constraints = [
            one_of("state", ActionState.values, "action_state_known"),
            evidence_names_a_document("action_evidence_names_a_document"),
            together("done_on", "done_by", "action_done_by_somebody"),
            together("verified_on", "verified_by", "action_verified_by_somebody"),
            models.CheckConstraint(condition=~Q(what=""), name="action_says_what"),
            models.CheckConstraint(
                condition=Q(state=ActionState.DROPPED)
                | Q(state=ActionState.OPEN, done_on=None)
                | Q(state__in=[ActionState.DONE, ActionState.VERIFIED], done_on__isnull=False) & ~Q(done_note=""),
                name="action_done_says_what_was_done",
            ),
            models.CheckConstraint(
                condition=Q(done_on=None) | Q(evidence__isnull=False) | ~Q(evidence_note=""),
                name="action_done_shows_evidence",
            ),
            models.CheckConstraint(
                condition=Q(state=ActionState.VERIFIED, verified_on__isnull=False)
                | ~Q(state=ActionState.VERIFIED) & Q(verified_on=None, verified_note=""),
                name="action_verified_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state=ActionState.DROPPED, dropped_on__isnull=False)
                | ~Q(state=ActionState.DROPPED) & Q(dropped_on=None),
                name="action_dropped_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(verified_by=None) | ~Q(verified_by=F("done_by")),
                name="action_verified_by_somebody_else",
                violation_error_message="Somebody else than who did it verifies it",
            ),
        ]

    def __str__(self) -> str:
        return self.what

    def get_absolute_url(self) -> str:
        """Where it stands on the page of its finding."""
        return f"{reverse('finding', args=[self.finding.code])}#{self.code}"

    def is_late(self, on: date) -> bool:
        """Whether it was due before that day and is not done."""
        return self.state == ActionState.OPEN and self.due_on < on
