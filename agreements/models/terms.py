"""The numbered terms of an agreement: everything that changes only by a variation once approved."""

from typing import TYPE_CHECKING, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from agreements.choices import (
    AtEnd,
    Choice,
    Exclusion,
    NoticeException,
    OverseasGround,
    Reason,
    TermsState,
    VariationKind,
)
from agreements.models.agreement import Agreement, joined, with_last_use, with_pauses
from records.choices import YesNoUnknown, yes_no_unknown
from records.constraints import in_order, one_of
from records.models import Recorded

if TYPE_CHECKING:
    from people.models import User

LONG = 20_000
OPEN_STATES = (TermsState.DRAFT, TermsState.IN_REVIEW, TermsState.APPROVED, TermsState.SIGNED)
OPEN_VARIATION = Q(based_on__isnull=False, state__in=[state.value for state in OPEN_STATES])


def long_text(label: str) -> "models.TextField[str, str]":
    """A column for an answer in sentences, at most 20,000 characters."""
    return models.TextField(label, max_length=LONG, blank=True)


# SQL that finds the terms that stand by the keys of their agreements. As an array, the planner looks them up by their
# key; as a subquery, it reads all terms there are.
THAT_STAND = (
    "agreements_terms.id = ANY(ARRAY(SELECT a.current_terms_id FROM agreements_agreement a WHERE a.id = ANY(%s)))"
)


class TermsQuerySet(models.QuerySet["Terms"]):
    """Terms as someone may see them."""

    def visible_to(self, user: "User") -> Self:
        """The terms of the user's own agency's agreements."""
        return self.filter(agreement__agency=user.agency)

    def open_variations(self) -> Self:
        """Variations under way: neither in force yet nor given up."""
        return self.filter(OPEN_VARIATION)

    def whole(self) -> Self:
        """With everything they hold, in a fixed number of queries."""
        return self.prefetch_related(
            with_pauses("parties"),
            joined("legal_bases", "LegalBasis", "provision"),
            "flows__information",
            with_last_use("provisions"),
            "responsibilities",
        )


class Terms(Recorded):
    """One version of what was agreed."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="terms")
    number = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=9, choices=TermsState, default=TermsState.DRAFT)

    # What a variation was made from, and why (actions/variation.py)
    based_on = models.ForeignKey("self", on_delete=models.PROTECT, null=True, editable=False, related_name="variations")
    base_seen = models.CharField("digest of those when last looked at", max_length=16, blank=True, editable=False)
    variation_kind = models.CharField(max_length=8, choices=VariationKind, blank=True, editable=False)
    variation_why = models.TextField("why they change", max_length=2000, blank=True, editable=False)
    in_force_from = models.DateField("in force from", null=True, blank=True, editable=False)
    # What the variation changes that asks for more than an approval, written when it is submitted (material.py)
    material_changes = ArrayField(models.CharField(max_length=20), default=list, editable=False)
    weakened = ArrayField(models.CharField(max_length=3), default=list, editable=False)
    # Which provisions the first terms had when they were last approved: sent back, they are not weakened in silence
    provisions_approved = ArrayField(models.CharField(max_length=3), null=True, blank=True, editable=False)

    # Scope (ISS-01)
    personal_information = yes_no_unknown("is personal information shared?")
    outside_state_services = yes_no_unknown("is any other party outside the State services?")
    public_service = yes_no_unknown("does it deliver or support a public service?")
    exclusion = models.CharField(max_length=12, choices=Exclusion.choices, blank=True, default=Exclusion.NONE)
    exclusion_reference = models.CharField("order or reference", max_length=200, blank=True)

    # Purpose (ISS-02)
    purpose = long_text("what is it for?")
    permitted_uses = long_text("which uses are allowed?")
    service = models.CharField("public service it serves", max_length=300, blank=True)
    benefits = long_text("what good does it do?")
    reason_for_sharing = models.CharField(max_length=12, choices=Reason.choices, default=Reason.UNKNOWN)
    public_summary = long_text("summary for the public")

    # Necessity and the people concerned
    necessity = long_text("why is it necessary?")
    less_identifying_alternative = long_text("what less identifying way was considered?")
    individual_choice = models.CharField(max_length=8, choices=Choice.choices, default=Choice.UNKNOWN)
    individual_choice_why = long_text("why this choice?")
    how_people_are_told = long_text("how are people told?")
    people_affected = models.PositiveIntegerField("people affected in a year", null=True, blank=True)
    indirect_collection = yes_no_unknown("is it collected from somebody other than the person?")
    notice_by = models.CharField("who tells them", max_length=200, blank=True)
    notice_where = models.CharField("where the notice stands", max_length=500, blank=True)
    notice_on = models.DateField("told since", null=True, blank=True)
    notice_exception = models.CharField(
        max_length=20, choices=NoticeException.choices, blank=True, default=NoticeException.NOT_RELIED_ON
    )
    notice_exception_why = long_text("why the exception applies")

    # Safeguards
    safeguards = long_text("how is it kept safe?")
    breach_hours = models.PositiveSmallIntegerField("hours to tell us of a breach", null=True, blank=True)
    overseas = yes_no_unknown("is any of it stored or seen outside New Zealand?")
    overseas_countries = models.CharField("which countries", max_length=300, blank=True)
    overseas_ground = models.CharField(
        max_length=14, choices=OverseasGround.choices, blank=True, default=OverseasGround.NONE
    )
    retention = long_text("how long is it kept?")
    at_end = models.CharField("at the end", max_length=12, choices=AtEnd.choices, default=AtEnd.UNKNOWN)

    # Māori data (ISS-18)
    maori_data = yes_no_unknown("is any of it Māori data?")
    maori_data_why = long_text("why do you say so?")
    maori_engaged = models.CharField("iwi, hapū or rōpū engaged", max_length=500, blank=True)
    maori_engaged_on = models.DateField("engaged on", null=True, blank=True)
    maori_outcome = long_text("what came of it?")
    maori_governance = long_text("who governs the data?")
    maori_conditions = long_text("special conditions")

    # Automated decisions
    automated = yes_no_unknown("does a machine decide or recommend?")
    automated_what = long_text("what does it decide, and who checks it?")

    # Instrument and dates
    binding = yes_no_unknown("is it legally binding?")
    instrument = models.CharField("instrument", max_length=200, blank=True)
    signed_on = models.DateField("signed on", null=True, blank=True)
    starts_on = models.DateField("starts on", null=True, blank=True)
    ends_on = models.DateField("ends on", null=True, blank=True)
    open_ended = yes_no_unknown("has it no end date?")
    cycle_months = models.PositiveSmallIntegerField("months from one assurance to the next", null=True, blank=True)

    objects = TermsQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "terms"
        indexes = [models.Index(fields=["ends_on"], name="terms_ends_on")]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="terms_number_once_an_agreement"),
            one_of("state", TermsState.values, "terms_state_known"),
            one_of("variation_kind", ["", *VariationKind.values], "terms_variation_kind_known"),
            models.CheckConstraint(
                condition=Q(number=1, based_on=None) | Q(number__gt=1, based_on__isnull=False),
                name="terms_later_than_the_first_have_a_base",
            ),
            models.UniqueConstraint(
                fields=["agreement"], condition=OPEN_VARIATION, name="terms_one_open_variation_an_agreement"
            ),
            in_order("starts_on", "ends_on", "terms_end_after_start", "The agreement cannot end before it starts"),
            models.CheckConstraint(
                condition=~Q(open_ended=YesNoUnknown.YES) | Q(ends_on=None),
                name="terms_open_ended_has_no_end",
                violation_error_message="Without an end date it cannot have one: clear the date or change the answer",
            ),
            *(
                one_of(field, YesNoUnknown.values, f"terms_{field}_known")
                for field in (
                    "personal_information",
                    "outside_state_services",
                    "public_service",
                    "indirect_collection",
                    "overseas",
                    "maori_data",
                    "automated",
                    "binding",
                    "open_ended",
                )
            ),
            models.CheckConstraint(
                condition=Q(cycle_months=None) | Q(cycle_months__gte=1, cycle_months__lte=120),
                name="terms_cycle_is_months",
                violation_error_message="Give between 1 and 120 months",
            ),
            one_of("reason_for_sharing", Reason.values, "terms_reason_known"),
            one_of("individual_choice", Choice.values, "terms_choice_known"),
            one_of("at_end", AtEnd.values, "terms_at_end_known"),
            one_of("exclusion", Exclusion.values, "terms_exclusion_known"),
            one_of("overseas_ground", OverseasGround.values, "terms_overseas_ground_known"),
            one_of("notice_exception", NoticeException.values, "terms_notice_exception_known"),
        ]

    def __str__(self) -> str:
        return f"Terms {self.number}"

    @property
    def standing(self) -> str:
        """What they are beside the terms that stand: past, or a variation in its state."""
        if self.state == TermsState.PAST:
            return "Past terms"
        return f"Variation {self.number}, {self.get_state_display().lower()}"
