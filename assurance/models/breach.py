"""Privacy breaches and near misses: what is known, who was told, a log that stands (Privacy Act 2020, Part 6)."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Least

from agreements.models import Agreement, Organisation
from assurance.models.kept_file import KeptFile
from assurance.models.link import Link, said_why
from people.models import Agency, Person, User
from people.permissions import may
from people.roles import Permission
from records.choices import YesNoUnknown, yes_no_unknown
from records.constraints import in_order, one_of, together
from records.models import Recorded

YES, NO, UNKNOWN = YesNoUnknown.YES, YesNoUnknown.NO, YesNoUnknown.UNKNOWN


class BreachKind(models.TextChoices):
    """Whether anybody's privacy was breached."""

    BREACH = "breach", "Privacy breach"
    NEAR_MISS = "near_miss", "Near miss"


class BreachSeverity(models.TextChoices):
    """How bad it is or could become, as far as is known."""

    UNKNOWN = "unknown", "Not known yet"
    MINOR = "minor", "Minor"
    MODERATE = "moderate", "Moderate"
    SERIOUS = "serious", "Serious"


class BreachStepKind(models.TextChoices):
    """What a row of the log is about."""

    RECORDED = "recorded", "Recorded"
    CHANGED = "changed", "What is known changed"
    DECIDED = "decided", "Decided"
    COMMISSIONER = "commissioner", "Commissioner notified"
    PEOPLE = "people", "People notified"
    PEOPLE_NOT = "people_not", "People not notified, or later"
    LINKED = "linked", "Linked"
    UNLINKED = "unlinked", "Link set aside"
    FILE = "file", "Evidence added"
    OWNER = "owner", "Given to somebody"
    NOTE = "note", "Step taken"
    CLOSED = "closed", "Closed"
    REOPENED = "reopened", "Opened again"


class PrivacyBreachQuerySet(models.QuerySet["PrivacyBreach"]):
    """Breaches as somebody may read them."""

    def visible_to(self, user: User) -> Self:
        """Those of the user's own agency, where the user may read or keep them."""
        if not (may(user, Permission.READ_BREACHES) or may(user, Permission.KEEP_BREACHES)):
            return self.none()
        return self.filter(agency=user.agency)

    def running(self) -> Self:
        """Breaches about which the Commissioner was neither notified nor is not to be."""
        return self.filter(kind=BreachKind.BREACH, closed_at=None, commissioner_at=None).exclude(notifiable=NO)


class PrivacyBreach(Recorded):
    """One breach or near miss. What an agent knows the agency is taken to know (sections 119 to 121).

    So ``aware_at`` is the earlier of the provider's and the agency's own awareness. Empty factors are not known yet.
    """

    never_empty = ("title", "what_happened")

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="breaches")
    reference = models.CharField(max_length=40, unique=True)
    kind = models.CharField("what is it?", max_length=9, choices=BreachKind)
    title = models.CharField("in a few words", max_length=200)
    what_happened = models.TextField("what happened?", max_length=4000)
    happened_on = models.DateField("when did it happen?", null=True, blank=True)
    found_how = models.TextField("how was it found?", max_length=1000, blank=True)
    agency_aware_at = models.DateTimeField("when was the agency told, or did it notice?")
    provider_aware_at = models.DateTimeField("when did the provider know?", null=True, blank=True)
    aware_at = models.DateTimeField("known since")
    severity = models.CharField(
        "how serious is it?", max_length=8, choices=BreachSeverity, default=BreachSeverity.UNKNOWN
    )
    people_affected = models.PositiveIntegerField("how many people does it touch?", null=True, blank=True)
    contained = yes_no_unknown("is it contained?")
    containment = models.TextField("what was done to contain it?", max_length=2000, blank=True)
    factor_mitigation = models.TextField("what was done to lower the risk of harm", max_length=2000, blank=True)
    factor_sensitivity = models.TextField("how sensitive the information is", max_length=2000, blank=True)
    factor_harm = models.TextField("what harm it could do, and to whom", max_length=2000, blank=True)
    factor_holder = models.TextField("who has it, or may have it", max_length=2000, blank=True)
    factor_security = models.TextField("how the information is protected", max_length=2000, blank=True)
    factor_other = models.TextField("anything else that matters", max_length=2000, blank=True)
    notifiable = yes_no_unknown("notifiable")
    commissioner_at = models.DateTimeField("Commissioner notified", null=True, blank=True)
    commissioner_reference = models.CharField("reference of the notice", max_length=100, blank=True)
    people_at = models.DateTimeField("people notified", null=True, blank=True)
    people_how = models.TextField("how they were notified", max_length=1000, blank=True)
    people_why_not = models.TextField("why they are told later, or not", max_length=1000, blank=True)
    lessons = models.TextField("what was learned", max_length=4000, blank=True)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="breaches_owned")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = PrivacyBreachQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "privacy breaches"
        indexes = [models.Index(fields=["agency", "-aware_at"], name="breach_of_agency")]
        constraints = [
            one_of("kind", BreachKind.values, "breach_kind_known"),
            one_of("severity", BreachSeverity.values, "breach_severity_known"),
            one_of("contained", YesNoUnknown.values, "breach_contained_known"),
            one_of("notifiable", YesNoUnknown.values, "breach_notifiable_known"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(what_happened=""), name="breach_says_what"),
            models.CheckConstraint(
                condition=Q(aware_at=Least("agency_aware_at", "provider_aware_at")), name="breach_aware_at_the_earlier"
            ),
            in_order("aware_at", "commissioner_at", "breach_commissioner_after_aware",
                     "The Commissioner cannot have been notified before anybody knew"),
            in_order("aware_at", "people_at", "breach_people_after_aware",
                     "People cannot have been notified before anybody knew"),
            together("closed_at", "closed_by", "breach_closed_by_somebody"),
            models.CheckConstraint(
                condition=Q(closed_at=None) | ~Q(lessons="")
                & (Q(kind=BreachKind.NEAR_MISS) | Q(notifiable=NO)
                   | Q(notifiable=YES, commissioner_at__isnull=False)
                   & (Q(people_at__isnull=False) | ~Q(people_why_not=""))),
                name="breach_closed_when_done",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    @property
    def state(self) -> str:
        """Where it stands (config/states.py)."""
        if self.closed_at:
            return "closed"
        if self.kind == BreachKind.NEAR_MISS:
            return "near_miss"
        if self.notifiable == UNKNOWN:
            return "breach_deciding"
        return "breach_notifiable" if self.notifiable == YES else "breach_not_notifiable"

    @property
    def clock_runs(self) -> bool:
        """Whether the Commissioner may still have to be notified."""
        open_now = self.kind == BreachKind.BREACH and self.closed_at is None
        return open_now and self.commissioner_at is None and self.notifiable != NO

    def hours_since_aware(self, now: datetime) -> int:
        """Whole hours since anybody knew."""
        return int((now - self.aware_at).total_seconds() // 3600)


class BreachDecision(Recorded):
    """Whether it has to be notified, and why (sections 112 and 113). A later decision is a further row. It stands."""

    never_empty = ("reasons",)

    breach = models.ForeignKey(PrivacyBreach, on_delete=models.PROTECT, related_name="decisions")
    notifiable = models.BooleanField()
    reasons = models.TextField(max_length=4000)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reasons=""), name="breach_decision_says_why")]

    def __str__(self) -> str:
        return "Notifiable" if self.notifiable else "Not notifiable"


class BreachStep(Recorded):
    """A row of the log: when something happened, and when and by whom it was written down. It stands."""

    never_empty = ("said",)

    breach = models.ForeignKey(PrivacyBreach, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=12, choices=BreachStepKind)
    at = models.DateTimeField("when it happened")
    said = models.TextField("what was done", max_length=4000)
    # How the breach stood once this was written: what figures as at a day are computed from.
    kind_then = models.CharField(max_length=9, choices=BreachKind, null=True, blank=True)  # noqa: DJ001 - not in old rows
    aware_then = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["breach", "-at"], name="breach_step_log")]
        constraints = [
            one_of("kind", BreachStepKind.values, "breach_step_kind_known"),
            models.CheckConstraint(condition=~Q(said=""), name="breach_step_says_what"),
            models.CheckConstraint(condition=Q(at__lte=F("recorded_at")), name="breach_step_not_ahead"),
        ]

    def __str__(self) -> str:
        return self.said


class BreachAgreement(Link):
    """An agreement that the breach is about."""

    breach = models.ForeignKey(PrivacyBreach, on_delete=models.PROTECT, related_name="agreement_links")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="breach_links")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["breach", "agreement"], condition=Q(aside_at=None), name="breach_agreement_standing_once"
            ),
            *said_why("breach_agreement"),
        ]

    def __str__(self) -> str:
        return f"{self.breach_id} {self.agreement_id}"


class BreachOrganisation(Recorded):
    """An organisation where it happened, or that had a part in it. Two that become one may stand here twice."""

    breach = models.ForeignKey(PrivacyBreach, on_delete=models.PROTECT, related_name="organisation_links")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="breach_links")

    def __str__(self) -> str:
        return f"{self.breach_id} {self.organisation_id}"


class BreachFile(Recorded, KeptFile):
    """A file that shows something of it: a letter, a log, a screen. It stands."""

    never_empty = ("what",)

    breach = models.ForeignKey(PrivacyBreach, on_delete=models.PROTECT, related_name="files")
    what = models.CharField("what does it show?", max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["breach", "file"], name="breach_file_once"),
            models.CheckConstraint(condition=~Q(what=""), name="breach_file_says_what"),
        ]
