"""Work that takes longer than a person waits: asked for on a page, done by the worker, found again on its own page."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from people.models.agency import Agency
from records.constraints import one_of
from records.models import Recorded, StoredFile

if TYPE_CHECKING:
    from people.models.user import User


class WorkState(models.TextChoices):
    """How far a piece of work has come. That a running one was interrupted is computed: people/progress.py."""

    WAITING = "waiting", "Waiting"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    FAILED = "failed", "Not done"


OPEN = Q(state__in=["waiting", "running"])


class WorkQuerySet(models.QuerySet["Work"]):
    """Work as someone may see it."""

    def visible_to(self, user: "User") -> Self:
        """What the user asked for, for the agency they are in now."""
        return self.filter(asked_by=user, agency=user.agency)

    def open(self) -> Self:
        """What waits or runs."""
        return self.filter(OPEN)


class Work(Recorded):
    """One piece of work of a kind (settings.LONG_WORK): who asked, for what, how it stands, and what came of it.

    How far a running one is stands beside it (people/progress.py): it changes while its transaction is still open.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    kind = models.CharField(max_length=20)
    about = models.CharField(max_length=300, help_text="For what, in words.")
    given = models.JSONField(default=dict, help_text="What its kind needs to do it.")
    key = models.CharField(max_length=64, help_text="The digest of that: nobody waits for the same twice.")
    total = models.PositiveIntegerField(null=True, help_text="How many rows it has; none where it is not counted.")
    state = models.CharField(max_length=7, choices=WorkState, default=WorkState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=500, blank=True)
    url = models.CharField(max_length=300, blank=True, help_text="The page of what came of it.")
    file: "models.ForeignKey[StoredFile | None, StoredFile | None]" = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, related_name="+"
    )
    file_name = models.CharField(max_length=200, blank=True)

    objects = WorkQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "work"
        constraints = [
            one_of("state", WorkState.values, "work_state_known"),
            models.UniqueConstraint(fields=["asked_by", "kind", "key"], condition=OPEN, name="work_open_once"),
            models.CheckConstraint(
                condition=(OPEN & Q(ended_at=None)) | (~OPEN & Q(ended_at__isnull=False)),
                name="work_ended_when_over",
            ),
            models.CheckConstraint(
                condition=(Q(state="failed") & ~Q(error="")) | (~Q(state="failed") & Q(error="")),
                name="work_failed_says_why",
            ),
            models.CheckConstraint(condition=Q(file=None) | Q(state="done"), name="work_file_when_done"),
        ]
        indexes = [models.Index(fields=["asked_by", "-asked_at"], name="work_of_somebody")]

    def __str__(self) -> str:
        return self.about

    def get_absolute_url(self) -> str:
        """Its page, with how far it is."""
        return reverse("people:work", args=[self.pk])

    @property
    def over(self) -> bool:
        """Whether it is done or given up."""
        return self.state in (WorkState.DONE, WorkState.FAILED)
