"""The plan for existing arrangements: one item an arrangement, moved by people with a reason (letter, paragraph 1)."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from agreements.models import Agreement
from people.models import Person, User
from records.constraints import one_of, together
from records.models import Recorded


class PlanState(models.TextChoices):
    """How far an item has come."""

    NOT_STARTED = "not_started", "Not started"
    IN_PROGRESS = "in_progress", "In progress"
    DONE = "done", "Done"


class RiskTier(models.TextChoices):
    """The tier that follows from the score (plan_weights.toml)."""

    HIGH = "high", "High"
    MEDIUM = "medium", "Medium"
    LOW = "low", "Low"


class PlanItemQuerySet(models.QuerySet["PlanItem"]):
    """Items as somebody may read them."""

    def visible_to(self, user: User) -> Self:
        """Those of the user's own agency."""
        return self.filter(agreement__agency=user.agency)


class PlanItem(Recorded):
    """What has to be done about one arrangement from before the Standard, by whom, in which quarter.

    ``reasons`` explains the score: ``[[points, sentence], ...]``, the heaviest first. ``target`` is the last day of the
    quarter. It leaves the plan only by being done or by ending; ``left_on`` says since when it is out of scope.
    """

    agreement = models.OneToOneField(Agreement, on_delete=models.PROTECT, related_name="plan_item")
    cohort = models.CharField(max_length=8)
    score = models.PositiveSmallIntegerField()
    tier = models.CharField(max_length=6, choices=RiskTier)
    reasons = models.JSONField(default=list)
    state = models.CharField(max_length=11, choices=PlanState, default=PlanState.NOT_STARTED)
    action = models.CharField("what has to be done", max_length=500, blank=True)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="plan_items")
    target = models.DateField("to be done by", null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    left_on = models.DateField("no longer asked since", null=True, blank=True)
    made_on = models.DateField()

    objects = PlanItemQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-score", "id"], name="plan_item_order")]
        constraints = [
            one_of("tier", RiskTier.values, "plan_item_tier_known"),
            one_of("state", PlanState.values, "plan_item_state_known"),
            one_of("cohort", ["existing", "interim", "unknown"], "plan_item_cohort_known"),
            together("done_on", "done_by", "plan_item_done_by_somebody"),
            models.CheckConstraint(
                condition=Q(state=PlanState.DONE, done_on__isnull=False)
                | ~Q(state=PlanState.DONE) & Q(done_on__isnull=True),
                name="plan_item_done_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"Plan item of {self.agreement_id}"

    def is_overdue(self, on: date) -> bool:
        """Whether its quarter has passed and it is not done."""
        return self.target is not None and self.target < on and self.state != PlanState.DONE


class PlanMove(Recorded):
    """One change of an item by a person: of its target, its owner or its state, and why. Never changed."""

    item = models.ForeignKey(PlanItem, on_delete=models.PROTECT, related_name="moves")
    said = models.CharField("what changed", max_length=300)
    why = models.TextField(max_length=1000)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(why=""), name="plan_move_says_why")]

    def __str__(self) -> str:
        return self.said
