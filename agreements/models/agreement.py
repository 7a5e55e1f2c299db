"""An arrangement under which information is shared: what stays the same while its terms change."""

from copy import copy
from datetime import date
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import F, Q

from agreements.choices import Classification, Kind, Origin, Status
from people.models import Agency, Person
from records.choices import YesNoUnknown, yes_no_unknown
from records.constraints import one_of
from records.models import Recorded

if TYPE_CHECKING:
    from people.models import User


def joined(path: str, model: str, named: str) -> models.Prefetch:
    """Rows of a model that stands in a later file, each read together with what it names."""
    rows: models.QuerySet[models.Model] = (
        models.QuerySet(apps.get_model("agreements", model)).select_related(named).order_by("pk")
    )
    return models.Prefetch(path, rows)


def with_pauses(path: str) -> models.Prefetch:
    """Parties with their organisations; ``paused`` says whether the agreement's own agency has paused one."""
    pauses: models.QuerySet[models.Model] = models.QuerySet(apps.get_model("agreements", "Pause")).filter(
        organisation=models.OuterRef("organisation"), agency=models.OuterRef("terms__agreement__agency"), lifted_on=None
    )
    parties: models.QuerySet[models.Model] = models.QuerySet(apps.get_model("agreements", "Party"))
    rows = parties.select_related("organisation").annotate(paused=models.Exists(pauses)).order_by("pk")
    return models.Prefetch(path, rows)


def with_last_use(path: str) -> models.Prefetch:
    """Provisions, each with the day it was last used (``last_used``), which is not whether it stands there."""
    used: models.QuerySet[models.Model] = models.QuerySet(apps.get_model("agreements", "Exercise")).filter(
        agreement=models.OuterRef("terms__agreement"), code=models.OuterRef("code")
    )
    newest = models.Subquery(used.order_by("-on").values("on")[:1])
    rows = (
        models.QuerySet(apps.get_model("agreements", "Provision")).select_related("evidence").annotate(last_used=newest)
    )
    return models.Prefetch(path, rows)


def in_force(on: date) -> Q:
    """Signed, started and not past the end on that day; an unknown start counts as started."""
    started = Q(current_terms__starts_on=None) | Q(current_terms__starts_on__lte=on)
    going_on = Q(current_terms__ends_on=None) | Q(current_terms__ends_on__gte=on)
    return started & going_on & Q(status=Status.SIGNED)


def not_yet_in_force(on: date) -> Q:
    """Signed but starting later."""
    return Q(status=Status.SIGNED, current_terms__starts_on__gt=on)


def past_end(on: date) -> Q:
    """Signed, past the end and not ended by anyone: still in use as far as the register knows."""
    return Q(status=Status.SIGNED, current_terms__ends_on__lt=on)


IN_USE = (Status.SIGNED, Status.SUSPENDED)  # past its end too, until somebody ends it (domain.md 8.5)
ONCE_SIGNED = [*IN_USE, Status.ENDED, Status.CLOSED_OUT]


class AgreementQuerySet(models.QuerySet["Agreement"]):
    """Agreements as someone may see them, and as dates make them."""

    def visible_to(self, user: "User") -> Self:
        """The agreements of the user's own agency. Signed faces of others: see signed_faces_for()."""
        return self.filter(agency=user.agency)

    def signed_faces_for(self, agency: Agency) -> Self:
        """Other agencies' signed agreements to which ``agency`` is a party (design: only the signed face is shown)."""
        party = Q(current_terms__parties__organisation__agency=agency)
        return self.filter(party, status__in=ONCE_SIGNED).exclude(agency=agency).distinct()

    def in_force(self, on: date) -> Self:
        """Those of the rule in_force."""
        return self.filter(in_force(on))

    def not_yet_in_force(self, on: date) -> Self:
        """Those of the rule not_yet_in_force."""
        return self.filter(not_yet_in_force(on))

    def past_end(self, on: date) -> Self:
        """Those of the rule past_end."""
        return self.filter(past_end(on))

    def whole(self) -> Self:
        """With everything that its page and its PDF show, in a fixed number of queries."""
        return self.around("current_terms").prefetch_related(
            with_pauses("current_terms__parties"),
            joined("current_terms__legal_bases", "LegalBasis", "provision"),
            "current_terms__flows__information",
            with_last_use("current_terms__provisions"),
            "current_terms__responsibilities",
        )

    def around(self, *more: str) -> Self:
        """With everything but terms: the people, who has access, what it replaces or was replaced by."""
        people = ["owner", "manager", "senior_owner", "technical_adviser", "security_officer"]
        others = ["agency", "copied_from", "batch", "replaces", "replaced_by", *more]
        return self.select_related(*people, *others).prefetch_related(
            joined("access_holders", "AccessHolder", "organisation")
        )

    def for_search(self) -> Self:
        """With what lists and search look through and no more: a third of the time of whole(), at every save."""
        return self.select_related("current_terms").prefetch_related(
            "access_holders",
            joined("current_terms__parties", "Party", "organisation"),
            "current_terms__parties__organisation__names",
            "current_terms__legal_bases",
            "current_terms__flows__information",
            "current_terms__provisions",
            "current_terms__responsibilities",
        )

    def in_use(self) -> Self:
        """Everything that has not been withdrawn."""
        return self.exclude(status=Status.WITHDRAWN)


class Agreement(Recorded):
    """The arrangement. Its content stands in numbered Terms; owner, contacts and reviews stand here."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="agreements")
    reference = models.CharField(max_length=20, unique=True, editable=False)
    title = models.CharField(
        max_length=200, help_text="What people call it, without the names of the parties if you can."
    )
    known_as = models.CharField("also known as", max_length=200, blank=True)
    kind = models.CharField("kind of arrangement", max_length=20, choices=Kind.choices)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.NEW)
    current_terms = models.OneToOneField(
        "agreements.Terms", on_delete=models.PROTECT, null=True, editable=False, related_name="current_of"
    )
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="agreements_owned")
    manager = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="agreements_managed",
        verbose_name="contract manager",
    )
    senior_owner = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="agreements_led"
    )
    technical_adviser = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="agreements_advised"
    )
    security_officer = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="agreements_secured"
    )
    classification = models.CharField(
        max_length=14, choices=Classification.choices, default=Classification.IN_CONFIDENCE
    )
    service_contract = yes_no_unknown("is there a contract for services?")
    procurement_ref = models.CharField("contract or procurement reference", max_length=120, blank=True)
    review_due_on = models.DateField("next review", null=True, blank=True)
    recorded_from = models.CharField(
        "recorded from which document", max_length=300, blank=True, help_text="The document and where it is kept."
    )
    batch = models.ForeignKey(
        "agreements.ImportBatch", on_delete=models.PROTECT, null=True, editable=False, related_name="agreements"
    )
    copied_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, editable=False, related_name="copies")
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, editable=False, related_name="replaced_by"
    )
    created_by = models.ForeignKey("people.User", on_delete=models.PROTECT, editable=False, related_name="+")
    created_at = models.DateTimeField(editable=False)

    # Not a column: see with_terms().
    terms_at_hand: "Terms | None" = None

    objects = AgreementQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["agency", "status"], name="agreement_agency_status"),
        ]
        constraints = [
            one_of("status", Status.values, "agreement_status_known"),
            one_of("kind", Kind.values, "agreement_kind_known"),
            one_of("origin", Origin.values, "agreement_origin_known"),
            one_of("classification", Classification.values, "agreement_classification_known"),
            one_of("service_contract", YesNoUnknown.values, "agreement_service_contract_known"),
            models.CheckConstraint(condition=~Q(title=""), name="agreement_has_a_title"),
            models.CheckConstraint(
                condition=Q(replaces=None) | ~Q(replaces=F("id")), name="agreement_does_not_replace_itself"
            ),
            models.CheckConstraint(
                condition=Q(reference__regex=r"^[A-Z]{2,8}-\d{4}-\d{4,}$"), name="agreement_reference_form"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    def get_absolute_url(self) -> str:
        """The agreement's own page; with other terms at hand, the page of those."""
        from django.urls import reverse

        if self.terms_at_hand is None:
            return reverse("agreements:agreement", args=[self.reference])
        page = "variation" if self.terms_at_hand.based_on_id else "terms"
        return reverse(f"agreements:{page}", args=[self.reference, self.terms_at_hand.number])

    def with_terms(self, terms: "Terms | None") -> Self:
        """The same agreement with other terms at hand: what shows or changes terms then means these.

        Only in memory: the terms in force stay in ``current_terms``. None puts those at hand again.
        """
        other = copy(self)
        other.terms_at_hand = terms
        return other

    @property
    def terms_now(self) -> "Terms":
        """The terms at hand: a variation's, where one was put there, else those that stand."""
        if self.terms_at_hand is not None:
            return self.terms_at_hand
        if self.current_terms is None:
            raise ValueError(f"{self} was never finished: it has no terms")
        return self.current_terms

    def standing(self, on: date) -> str:
        """In force, not yet in force, past its end, or the status where dates do not matter.

        Of other terms at hand than those that stand: what these are.
        """
        if self.terms_at_hand is not None and self.terms_at_hand.pk != self.current_terms_id:
            return self.terms_at_hand.standing
        if self.status != Status.SIGNED:
            return self.get_status_display()
        terms = self.terms_now
        if terms.starts_on and terms.starts_on > on:
            return "Not yet in force"
        return "Past its end" if terms.ends_on and terms.ends_on < on else "In force"


if TYPE_CHECKING:
    from agreements.models.terms import Terms


class ReferenceCounter(Recorded):
    """The last number given to an agreement of an agency in a year; locked while the next is taken."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "year"], name="reference_counter_once_a_year")]

    def __str__(self) -> str:
        return f"{self.agency.code}-{self.year}-{self.last:04d}"
