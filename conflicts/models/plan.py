"""Management plans: what is done about a conflict, approved in advance, kept, reviewed, and what came of it."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from conflicts.models.declaration import Declaration
from conflicts.plan_options import OPTION_CHOICES
from people.models import Person, User
from records.constraints import in_order, one_of, together
from records.models import Recorded
from records.words import nz_date


class PlanQuerySet(models.QuerySet["ManagementPlan"]):
    """Plans by where they stand."""

    def being_written(self) -> Self:
        """Drafts that nobody has approved yet; at most one a declaration."""
        return self.filter(ended_on=None, approved_at=None)

    def visible_to(self, user: User) -> Self:
        """Those of declarations that the user reads, and those in force that the user sees to."""
        theirs = Declaration.objects.visible_to(user).values("pk")
        kept = Q(monitored_by=user.person_id, ended_on=None, approved_at__isnull=False)
        return self.filter(kept | Q(declaration__in=theirs), declaration__agency=user.agency)

    def in_force(self) -> Self:
        """Approved and not ended; at most one a declaration, also while a new one is being written."""
        return self.filter(ended_on=None, approved_at__isnull=False)


class ManagementPlan(Recorded):
    """The plan for the conflicts of one declaration. Once approved it stands; a later one takes its place.

    Whether it was approved in advance is computed from dates alone: see in_advance.py (letter, 2, paragraph 5).
    """

    never_empty = ("risk",)

    declaration = models.ForeignKey(Declaration, on_delete=models.PROTECT, related_name="plans")
    risk = models.TextField("what could go wrong?", max_length=2000)
    options = ArrayField(models.CharField(max_length=20, choices=OPTION_CHOICES), verbose_name="what is done about it?")
    why_these = models.TextField("why these, and what else was considered?", max_length=2000, blank=True)
    told = models.TextField("who is told, and what?", max_length=1000, blank=True)
    restricted = models.TextField("which information is kept from them?", max_length=1000, blank=True)
    monitored_by = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="who sees that it is kept?",
    )
    review_on = models.DateField("to be reviewed on", null=True, blank=True)
    ends_when = models.CharField("it ends when", max_length=300, blank=True)
    writers = ArrayField(models.BigIntegerField(), default=list, editable=False)
    drafted_at = models.DateTimeField()
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_on = models.DateField("approved on", null=True, blank=True)
    conditions = models.CharField("on what conditions", max_length=1000, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    ended_on = models.DateField("ended on", null=True, blank=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(risk=""), name="plan_says_the_risk"),
            together("approved_by", "approved_at", "plan_approved_by_somebody"),
            together("approved_at", "approved_on", "plan_approved_on_a_day"),
            in_order("approved_on", "ended_on", "plan_in_order", "A plan cannot end before it was approved"),
            models.CheckConstraint(
                condition=Q(acknowledged_at=None) | Q(approved_at__isnull=False), name="plan_acknowledged_once_approved"
            ),
            models.UniqueConstraint(
                fields=["declaration"],
                condition=Q(ended_on=None, approved_at=None),
                name="plan_one_draft_a_declaration",
            ),
            models.UniqueConstraint(
                fields=["declaration"],
                condition=Q(ended_on=None, approved_at__isnull=False),
                name="plan_one_in_force_a_declaration",
            ),
        ]

    def __str__(self) -> str:
        return f"Management plan for {self.declaration.declarant}"


class PlanStepQuerySet(models.QuerySet["PlanStep"]):
    """Steps of plans, and who may see one without the declaration behind it."""

    def visible_to(self, user: User) -> Self:
        """Those the user has to take, and those of plans whose declaration they read."""
        theirs = Declaration.objects.visible_to(user).values("pk")
        own = Q(owner=user.person_id, plan__approved_at__isnull=False)
        return self.filter(own | Q(plan__declaration__in=theirs), plan__declaration__agency=user.agency)

    def to_take(self) -> Self:
        """Those of plans in force that are not done."""
        return self.filter(plan__ended_on=None, plan__approved_at__isnull=False, done_on=None)


class PlanStep(Recorded):
    """One thing to be done under a plan, by whom and until when."""

    never_empty = ("what",)

    plan = models.ForeignKey(ManagementPlan, on_delete=models.PROTECT, related_name="steps")
    what = models.CharField("what is done", max_length=500)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name="by whom")
    due_on = models.DateField("until", null=True, blank=True)
    done_on = models.DateField("done on", null=True, blank=True)
    done_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField("how we know", max_length=500, blank=True)

    objects = PlanStepQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="plan_step_says_what"),
            together("done_on", "done_by", "plan_step_done_by_somebody"),
        ]

    def __str__(self) -> str:
        return self.what


class ReviewFinding(models.TextChoices):
    """What a review of a plan found."""

    CONFIRMED = "confirmed", "It is kept and still fits"
    VARIED = "varied", "It has to change"
    OVER = "over", "The conflict is over"


class PlanReview(Recorded):
    """A plan was looked at on a day: what was found, and when it is looked at next."""

    plan = models.ForeignKey(ManagementPlan, on_delete=models.PROTECT, related_name="reviews")
    on = models.DateField("reviewed on")
    finding = models.CharField("what was found", max_length=9, choices=ReviewFinding)
    note = models.TextField(max_length=2000)
    next_on = models.DateField("next review on", null=True, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("recorded at")

    class Meta:
        constraints = [
            one_of("finding", ReviewFinding.values, "plan_review_finding_known"),
            models.CheckConstraint(
                condition=Q(next_on=None) | Q(next_on__gt=F("on")),
                name="plan_review_next_is_later",
                violation_error_message="The next review is after this one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_finding_display()}, {nz_date(self.on)}"


class NonCompliance(Recorded):
    """A plan, or the duty to declare, was not kept: what happened and what was done about it (domain.md 3.1, M8)."""

    never_empty = ("what", "action")

    declaration = models.ForeignKey(Declaration, on_delete=models.PROTECT, related_name="breaches")
    on = models.DateField("on")
    what = models.TextField("what happened?", max_length=2000)
    action = models.TextField("what was done about it?", max_length=2000)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("recorded at")

    class Meta:
        verbose_name_plural = "non-compliance"
        constraints = [models.CheckConstraint(condition=~Q(what="") & ~Q(action=""), name="non_compliance_says_what")]

    def __str__(self) -> str:
        return f"Not kept, {nz_date(self.on)}"
