"""Declaration rounds: who is asked to declare, by when, how they stand, and samples that check what came back."""

from datetime import date
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from conflicts.choices import InvitationState, Occasion
from conflicts.models.declaration import Declaration, new_code
from people.models import Agency, Person, Unit, User
from people.roles import Role
from records.constraints import in_order, one_of, together
from records.models import Recorded


class RoundQuerySet(models.QuerySet["Round"]):
    """Rounds as somebody may see them."""

    def visible_to(self, user: User) -> Self:
        """Those of the user's own agency."""
        return self.filter(agency=user.agency)


class Round(Recorded):
    """One round. Its audience is everybody of the agency, narrowed by units, roles and seniority."""

    never_empty = ("title",)

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="rounds")
    title = models.CharField(max_length=120)
    occasion = models.CharField("why?", max_length=16, choices=Occasion, default=Occasion.ANNUAL)
    roles = ArrayField(models.CharField(max_length=20, choices=Role), default=list, blank=True)
    senior_only = models.BooleanField("senior leaders only", default=False)
    opens_on = models.DateField("opens on")
    due_on = models.DateField("to be answered by")
    note = models.TextField("what people read first", max_length=1000, blank=True)
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    launched_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="round_has_a_title"),
            models.UniqueConstraint(
                fields=["agency", "title"],
                name="round_title_once",
                violation_error_message="Another round of your agency has this title",
            ),
            one_of("occasion", Occasion.values, "round_occasion_known"),
            in_order("opens_on", "due_on", "round_in_order", "It cannot be due before it opens"),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(launched_at__isnull=False), name="round_closed_once_launched"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("conflicts:round", args=[self.pk])

    @property
    def running(self) -> bool:
        """Whether it was launched and is not closed."""
        return self.launched_at is not None and self.closed_at is None


class RoundUnit(Recorded):
    """A unit whose people, and those of the units below it, are asked."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="round_units")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "unit"], name="round_unit_once")]

    def __str__(self) -> str:
        return str(self.unit)


OPEN_STATES = (InvitationState.WAITING, InvitationState.STARTED)
DUE = Coalesce("extended_to", "round__due_on")  # the last day to answer


def due_in(round_: Round) -> Coalesce:
    """The same within one round, without asking the round of each of its rows."""
    return Coalesce("extended_to", Value(round_.due_on, output_field=models.DateField()))


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations over time, and as somebody may see them."""

    def visible_to(self, user: User) -> Self:
        """Those of the user's own agency."""
        return self.filter(round__agency=user.agency)

    def open(self) -> Self:
        """Those not answered."""
        return self.filter(state__in=OPEN_STATES)

    def running(self) -> Self:
        """Those of rounds that were launched and are not closed."""
        return self.filter(round__launched_at__isnull=False, round__closed_at=None)

    def late(self, on: date) -> Self:
        """Those that were to be answered before that day and were not."""
        return self.open().alias(due=DUE).filter(due__lt=on)


class Invitation(Recorded):
    """One person asked in a round. ``code`` and ``version`` are in the mailed link, which is signed and expires.

    ``manager`` and ``unit`` are those of the person while they have not answered; the daily tick keeps them.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="invitations")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="invitations")
    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    version = models.PositiveSmallIntegerField(default=1, help_text="Links that carry an earlier one no longer open.")
    manager = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=8, choices=InvitationState, default=InvitationState.WAITING)
    declaration = models.OneToOneField(
        Declaration, on_delete=models.PROTECT, null=True, blank=True, related_name="invitation"
    )
    extended_to = models.DateField("extended to", null=True, blank=True)
    extended_why = models.CharField("why", max_length=300, blank=True)
    extended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    returned_on = models.DateField("returned on", null=True, blank=True)
    excused_why = models.CharField("why excused", max_length=300, blank=True)
    excused_on = models.DateField("excused on", null=True, blank=True)
    asked_on = models.DateField("asked on", null=True, blank=True, help_text="Empty: with the launch of the round.")
    misdirected_at = models.DateTimeField("reached somebody else", null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "person"], name="invitation_once"),
            one_of("state", InvitationState.values, "invitation_state_known"),
            together("extended_to", "extended_by", "invitation_extended_by_somebody"),
            models.CheckConstraint(
                condition=Q(extended_to=None) | ~Q(extended_why=""), name="invitation_extended_with_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(state=InvitationState.RETURNED, returned_on__isnull=False, declaration__isnull=False)
                | ~Q(state=InvitationState.RETURNED) & Q(returned_on=None),
                name="invitation_returned_with_a_declaration",
            ),
            models.CheckConstraint(
                condition=Q(state=InvitationState.EXCUSED) & ~Q(excused_why="")
                | ~Q(state=InvitationState.EXCUSED) & Q(excused_why=""),
                name="invitation_excused_with_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["round", "state"], name="invitation_by_state"),
            models.Index(fields=["manager", "state"], name="invitation_of_team"),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.round}"

    @property
    def due_on(self) -> date:
        """The last day to answer: the round's, or the day it was extended to."""
        return self.extended_to or self.round.due_on

    @property
    def is_open(self) -> bool:
        """Whether an answer is still awaited."""
        return self.state in (InvitationState.WAITING, InvitationState.STARTED)

    def is_late(self, on: date) -> bool:
        """Whether it was to be answered before that day and was not."""
        return self.is_open and self.due_on < on


class SampleQuerySet(models.QuerySet["Sample"]):
    """Samples as somebody may see them."""

    def visible_to(self, user: User) -> Self:
        """Those of the user's own agency."""
        return self.filter(round__agency=user.agency)


class Sample(Recorded):
    """A spot check: so many returned declarations drawn by chance, from a seed that lets anybody draw them again."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="samples")
    seed = models.CharField(max_length=32)
    size = models.PositiveSmallIntegerField("how many")
    drawn_from = models.PositiveIntegerField("from how many")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("drawn at")

    objects = SampleQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Sample of {self.size}, {self.round}"


class SampleResult(models.TextChoices):
    """What a spot check of one declaration found."""

    OPEN = "open", "Not looked at yet"
    SOUND = "sound", "Nothing missing"
    GAP = "gap", "Something missing"


class SampledDeclarationQuerySet(models.QuerySet["SampledDeclaration"]):
    """Sampled declarations as somebody may see them."""

    def visible_to(self, user: User) -> Self:
        """Those of the user's own agency."""
        return self.filter(sample__round__agency=user.agency)


class SampledDeclaration(Recorded):
    """One declaration of a sample, and what was found."""

    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="sampled")
    declaration = models.ForeignKey(Declaration, on_delete=models.PROTECT, related_name="+")
    result = models.CharField(max_length=5, choices=SampleResult, default=SampleResult.OPEN)
    note = models.TextField("what was found", max_length=1000, blank=True)
    checked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    checked_on = models.DateField("looked at on", null=True, blank=True)

    objects = SampledDeclarationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sample", "declaration"], name="sampled_once"),
            one_of("result", SampleResult.values, "sampled_result_known"),
            together("checked_by", "checked_on", "sampled_checked_by_somebody"),
            models.CheckConstraint(
                condition=~Q(result=SampleResult.GAP) | ~Q(note=""),
                name="sampled_gap_says_what",
                violation_error_message="Say what is missing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.declaration}: {self.get_result_display()}"
