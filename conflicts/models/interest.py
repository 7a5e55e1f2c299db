"""Interests: they belong to a person or an organisation and live on from declaration to declaration."""

from typing import Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from agreements.models import Organisation
from conflicts.interest_kinds import BY_NAME, KIND_CHOICES, InterestKind
from people.models import Agency, Person, User
from records.constraints import in_order, one_of, together
from records.models import Recorded


class InterestContent(models.Model):
    """What is said of an interest, in the declarant's own words; of other people no more than is needed."""

    kind = models.CharField("what kind is it?", max_length=20, choices=KIND_CHOICES)
    named_as = models.CharField(
        "which organisation or matter?",
        max_length=200,
        help_text="As you would say it. Only those who deal with it see it.",
    )
    normalised = models.CharField(max_length=220, editable=False)
    nzbn = models.CharField("its NZBN, if you know it", max_length=13, blank=True)
    says = models.TextField("what is the interest?", max_length=2000, blank=True)
    connected = models.CharField(
        "who is connected, if not you?", max_length=200, blank=True, help_text="“My partner” is enough."
    )
    starts_on = models.DateField("since", null=True, blank=True)
    ends_on = models.DateField("until", null=True, blank=True)
    stand_down_until = models.DateField("stands down until", null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def of_kind(self) -> InterestKind:
        """What its kind is called and how it is explained."""
        return BY_NAME[self.kind]


# What an interest and what is declared of it have in common.
CONTENT = tuple(field.name for field in InterestContent._meta.fields)


class InterestQuerySet(models.QuerySet["Interest"]):
    """Interests over time, and as somebody may read them."""

    def standing(self) -> Self:
        """Those that were not said to have ended."""
        return self.filter(ended=False)


class Interest(Recorded, InterestContent):
    """One interest as it was last declared. An interest is not a conflict.

    ``organisation`` is set by the integrity team alone, so that no list offers what somebody declared.
    """

    never_empty = ("named_as", "normalised")

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="interests")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="interests")
    supplier = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="interests_held"
    )
    ended = models.BooleanField(default=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="interests_in"
    )
    linked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = InterestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person=None, supplier__isnull=False) | Q(person__isnull=False, supplier=None),
                name="interest_of_a_person_or_a_supplier",
            ),
            one_of("kind", BY_NAME, "interest_kind_known"),
            in_order("starts_on", "ends_on", "interest_in_order", "It cannot end before it began"),
            together("organisation", "linked_by", "interest_linked_by_somebody"),
            models.CheckConstraint(condition=~Q(named_as=""), name="interest_is_named"),
        ]
        indexes = [
            models.Index(fields=["agency", "ended"], name="interest_of_agency"),
            models.Index(fields=["normalised"], name="interest_by_name"),
            models.Index(fields=["nzbn"], condition=~Q(nzbn=""), name="interest_by_number"),
            GinIndex(fields=["normalised"], name="interest_name_alike", opclasses=["gin_trgm_ops"]),
        ]

    def __str__(self) -> str:
        return f"{self.of_kind.title}: {self.named_as}"
