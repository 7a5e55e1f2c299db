"""What a provider is asked to confirm, about which agreements, by when; the link itself is never kept."""

from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.timezone import localdate

from agreements.models import Agreement, Organisation, Terms
from assurance.models.activity import Activity, ActivityOutcome
from assurance.models.finding import Finding
from conflicts.models.declaration import new_code
from people.models import Agency, Person, User
from records.constraints import one_of, together
from records.models import Recorded

OPENS_FOR = timedelta(days=60)  # a link, from the mail that carries it
WAITING = Q(submitted_at=None, withdrawn_at=None)
WITH_A_GAP = (ActivityOutcome.PARTLY, ActivityOutcome.UNSATISFACTORY)


def followed_by(person: int | None) -> Q:
    """The person, by key, asked, or took it over from whoever did."""
    return Q(owner=person or 0) | Q(owner=None, asked_by__person=person or 0)


class ProviderRequestQuerySet(models.QuerySet["ProviderRequest"]):
    """Requests as somebody may read them."""

    def visible_to(self, user: User) -> Self:
        """Those of the user's own agency."""
        return self.filter(agency=user.agency)

    def waiting(self) -> Self:
        """Neither answered nor withdrawn."""
        return self.filter(WAITING)

    def followed_by(self, person: int | None) -> Self:
        """Those that the person, by key, follows up."""
        return self.filter(followed_by(person))


class ProviderRequest(Recorded):
    """One request to one organisation; ``code`` and ``version`` stand in its link.

    ``version`` counts up where earlier links shall open no more. ``called`` and the head are how the organisation was
    called, and where the ledger stood, when it answered. Once answered, nothing of it changes any more, but for two
    organisations that become one.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="provider_requests")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="provider_requests")
    reference = models.CharField(max_length=40, unique=True, editable=False)
    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    receipt = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    contact = models.CharField("who is asked", max_length=200)
    email = models.EmailField("their e-mail address")
    due_on = models.DateField("to be answered by")
    ring = models.CharField("whom they can ring", max_length=200)
    note = models.TextField("a word of your own", max_length=1000, blank=True)
    version = models.PositiveSmallIntegerField(default=1)
    mails = models.PositiveSmallIntegerField("times mailed", default=1)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("asked at")
    owner = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="who follows it up", help_text="Whoever asked, where nobody took it over.",
    )  # fmt: skip
    misdirected_at = models.DateTimeField("reached somebody else", null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_why = models.CharField(max_length=1000, blank=True)
    submitted_at = models.DateTimeField("answered at", null=True, blank=True)
    answered_by = models.CharField("who answered", max_length=200, blank=True)
    position = models.CharField("their position", max_length=200, blank=True)
    called = models.CharField("what the organisation was called", max_length=200, blank=True)
    head_seq = models.BigIntegerField("link of the ledger", null=True, blank=True)
    head = models.CharField("head of the ledger", max_length=64, blank=True)

    objects = ProviderRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "request to a provider"
        verbose_name_plural = "requests to providers"
        indexes = [models.Index(fields=["agency", "-id"], name="provider_request_of_agency")]
        constraints = [
            models.CheckConstraint(condition=~Q(contact="") & ~Q(ring=""), name="provider_request_names_people"),
            together("withdrawn_at", "withdrawn_by", "provider_request_withdrawn_by"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_why="")
                | Q(withdrawn_at__isnull=False, submitted_at=None) & ~Q(withdrawn_why=""),
                name="provider_request_withdrawn_says_why",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at=None, answered_by="", position="", called="", head="", head_seq=None)
                | Q(submitted_at__isnull=False, head_seq__isnull=False)
                & ~Q(answered_by="") & ~Q(position="") & ~Q(called="") & ~Q(head=""),
                name="provider_request_says_who_answered",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Confirmation asked of {self.called or self.organisation}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("provider_request", args=[self.reference])

    @property
    def title(self) -> str:
        """What its pages are called."""
        return str(self)

    @property
    def with_a_gap(self) -> bool:
        """Whether anything was not confirmed of any agreement."""
        return any(one.outcome in WITH_A_GAP for one in self.asked.all())

    @property
    def link_until(self) -> date:
        """The last day on which the link opens that was mailed last."""
        last = max((step.at for step in self.steps.all()), default=self.asked_at)
        return localdate(last + OPENS_FOR)

    @property
    def follower_id(self) -> int | None:
        """The key of the person who follows it up."""
        return self.owner_id or self.asked_by.person_id

    @property
    def is_waiting(self) -> bool:
        """Neither answered nor withdrawn."""
        return self.submitted_at is None and self.withdrawn_at is None

    def is_late(self, on: date) -> bool:
        """Whether it was to be answered before that day, and is not."""
        return self.is_waiting and self.due_on < on

    def state(self, on: date) -> str:
        """Where it stands (config/states.py)."""
        if self.withdrawn_at:
            return "withdrawn"
        if self.submitted_at:
            return "provider_answered"
        if self.misdirected_at:
            return "provider_astray"
        return "provider_late" if self.due_on < on else "provider_waiting"


class ProviderStepKind(models.TextChoices):
    """What was done about a request while it waited. Each mails its link anew."""

    AGAIN = "again", "Sent again"
    REPLACED = "replaced", "New link sent"
    EXTENDED = "extended", "Given more time"


class ProviderStep(Recorded):
    """Something that was done about a request while it waited, by whom and why. Never changed.

    ``to`` is the address that the mail went to; ``due_before`` and ``due_on`` are the days by which to answer.
    """

    asking = models.ForeignKey(ProviderRequest, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=8, choices=ProviderStepKind)
    to = models.EmailField("to whom")
    why = models.CharField(max_length=1000, blank=True)
    due_before = models.DateField()
    due_on = models.DateField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "step of a request to a provider"
        constraints = [
            one_of("kind", ProviderStepKind.values, "provider_step_kind_known"),
            models.CheckConstraint(
                condition=~Q(kind=ProviderStepKind.EXTENDED, why=""), name="provider_step_more_time_says_why"
            ),
            models.CheckConstraint(condition=Q(due_on__gte=F("due_before")), name="provider_step_never_shortens"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class AskedAgreement(Recorded):
    """An agreement that the request is about. What came of it, and of which terms, is kept when it is answered."""

    asking = models.ForeignKey(ProviderRequest, on_delete=models.PROTECT, related_name="asked")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="provider_asked")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="provider_asked")
    terms = models.ForeignKey(Terms, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.CharField(max_length=14, choices=ActivityOutcome, blank=True)
    late_finding = models.ForeignKey(Finding, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["asking", "agreement"], name="asked_agreement_once"),
            one_of("outcome", ["", *ActivityOutcome.values], "asked_agreement_outcome_known"),
        ]

    def __str__(self) -> str:
        return f"{self.agreement}"

    @property
    def tone(self) -> str:
        """How its outcome looks."""
        return "good" if self.outcome == ActivityOutcome.SATISFACTORY else "warn"
