"""Policies of the agency with their owner, and every approval and review as a row of its own (letter, opening: L0)."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from assurance.models.kept_file import KeptFile
from people.models import Agency, Person, User
from records.constraints import one_of
from records.models import Recorded
from records.words import nz_date


class PolicyArea(models.TextChoices):
    """The three areas in which the Commissioner expects strong policies."""

    PRIVACY = "privacy", "Privacy and information sharing"
    CONTRACTS = "contracts", "Contract management"
    CONFLICTS = "conflicts", "Conflicts of interest"


class PolicyQuerySet(models.QuerySet["Policy"]):
    """Policies as somebody may read them."""

    def visible_to(self, user: User) -> Self:
        """Those of the user's own agency: everybody there may read its policies."""
        return self.filter(agency=user.agency)

    def in_use(self) -> Self:
        """Those that were not withdrawn."""
        return self.filter(ended_on=None)


class Policy(Recorded):
    """A policy. ``approved_on``, ``reviewed_on``, ``next_review`` and ``ended_on`` are those of its newest rows."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="policies")
    title = models.CharField(max_length=200)
    area = models.CharField(max_length=9, choices=PolicyArea)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="policies")
    address = models.URLField("internet or intranet address", max_length=500, blank=True)
    document = models.CharField("document", max_length=300, blank=True)
    approved_on = models.DateField("approved on")
    reviewed_on = models.DateField("last reviewed on")
    next_review = models.DateField("next review")
    ended_on = models.DateField("withdrawn on", null=True, blank=True)

    objects = PolicyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "policies"
        constraints = [
            one_of("area", PolicyArea.values, "policy_area_known"),
            models.CheckConstraint(
                condition=Q(reviewed_on__gte=F("approved_on")), name="policy_reviewed_once_approved"
            ),
            models.CheckConstraint(
                condition=Q(next_review__gt=F("reviewed_on")),
                name="policy_reviewed_again_later",
                violation_error_message="The next review comes after this one",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("policy", args=[self.pk])

    def is_overdue(self, on: date) -> bool:
        """Whether it is in use and its review is late."""
        return self.ended_on is None and self.next_review < on


class PolicyStepKind(models.TextChoices):
    """What happened to a policy."""

    APPROVED = "approved", "Approved"
    REVIEWED = "reviewed", "Reviewed, it stands"
    WITHDRAWN = "withdrawn", "Withdrawn"


class PolicyStep(Recorded):
    """An approval, a review or the withdrawal of a policy. Never changed: figures are computed from these rows."""

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField("what happened?", max_length=9, choices=PolicyStepKind)
    on = models.DateField("on")
    next_review = models.DateField("next review", null=True, blank=True)
    note = models.CharField(max_length=1000, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("recorded at")

    class Meta:
        indexes = [models.Index(fields=["policy", "-id"], name="policy_step_newest")]
        constraints = [
            one_of("kind", PolicyStepKind.values, "policy_step_known"),
            models.CheckConstraint(
                condition=Q(kind=PolicyStepKind.WITHDRAWN, next_review=None)
                | ~Q(kind=PolicyStepKind.WITHDRAWN) & Q(next_review__gt=F("on")),
                name="policy_step_reviewed_again_later",
                violation_error_message="The next review comes after this one",
            ),
            models.CheckConstraint(
                condition=~Q(kind=PolicyStepKind.WITHDRAWN) | ~Q(note=""),
                name="policy_step_withdrawn_says_why",
                violation_error_message="Say why it is withdrawn",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {nz_date(self.on)}"


class PolicyFile(Recorded, KeptFile):
    """The policy itself, as it was on a day; the newest is what is in use, and the earlier ones stay."""

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="files")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["policy", "file"], name="policy_file_once")]
