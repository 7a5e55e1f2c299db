"""Organisations: shared by every agency, known by many names, owned by one another."""

from typing import TYPE_CHECKING, Self

from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from stdnum import ean

from agreements.choices import Confidence, NameKind, OrganisationKind
from agreements.normalise import normalise
from people.models import Agency
from records.choices import YesNoUnknown, yes_no_unknown
from records.constraints import in_order, one_of
from records.models import Recorded

if TYPE_CHECKING:
    from people.models import User


def check_nzbn(value: str) -> None:
    """Refuse a New Zealand Business Number whose length or GS1 check digit is wrong (ValidationError)."""
    if len(value) != 13 or not ean.is_valid(value):
        raise ValidationError("An NZBN has 13 digits and its last one checks the others: this one does not add up")


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Organisations as someone may see them."""

    def visible_to(self, user: "User") -> Self:
        """Everyone who is signed in sees every organisation: they are shared so that nobody enters one twice."""
        return self if user.is_active else self.none()

    def current(self) -> Self:
        """Those not merged into another."""
        return self.filter(merged_into=None)


class Organisation(Recorded):
    """A body that is, or may become, party to agreements."""

    name = models.CharField(max_length=200)
    normalised = models.CharField(max_length=200, editable=False, db_index=True)
    kind = models.CharField(max_length=40, choices=OrganisationKind.choices, default=OrganisationKind.UNKNOWN)
    state_services = yes_no_unknown("part of the State services")
    public_service = yes_no_unknown("public service agency")
    nzbn = models.CharField("New Zealand Business Number (NZBN)", max_length=13, blank=True, validators=[check_nzbn])
    country = models.CharField(max_length=80, default="New Zealand")
    website = models.URLField(blank=True)
    agency = models.OneToOneField(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="organisation")
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged")
    source = models.CharField(max_length=500, blank=True, help_text="Where the register has this organisation from.")
    confidence = models.CharField(max_length=10, choices=Confidence.choices, blank=True)
    # Null, not empty: the column came later, and rows that were there before it stay as they were recorded.
    reference_key = models.CharField(  # noqa: DJ001
        max_length=200,
        null=True,
        unique=True,
        editable=False,
        help_text="By which the reference data knows it again after it was renamed or merged.",
    )
    demo = models.BooleanField("invented, for demonstration", default=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        indexes = [GinIndex(fields=["normalised"], opclasses=["gin_trgm_ops"], name="organisation_like")]
        constraints = [
            models.UniqueConstraint(
                fields=["nzbn"],
                condition=~Q(nzbn="") & Q(merged_into=None),
                name="organisation_nzbn_once",
                violation_error_message="Another organisation already has this NZBN",
            ),
            models.UniqueConstraint(
                fields=["normalised"],
                condition=Q(merged_into=None),
                name="organisation_name_once",
                violation_error_message="There is already an organisation of this name",
            ),
            one_of("kind", OrganisationKind.values, "organisation_kind_known"),
            one_of("state_services", YesNoUnknown.values, "organisation_state_services_known"),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="organisation_not_into_itself"),
        ]

    def __str__(self) -> str:
        return self.name

    def set_name(self, name: str) -> None:
        """Give the organisation its name; the normalised one follows."""
        self.name, self.normalised = name, normalise(name)[:200]


class OrganisationName(Recorded):
    """Another name by which an organisation is known."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="names")
    name = models.CharField(max_length=200)
    normalised = models.CharField(max_length=200, editable=False, db_index=True)
    kind = models.CharField(max_length=12, choices=NameKind.choices, default=NameKind.OTHER)

    class Meta:
        indexes = [GinIndex(fields=["normalised"], opclasses=["gin_trgm_ops"], name="organisation_name_like")]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "normalised", "kind"], name="organisation_name_kind_once"),
            one_of("kind", NameKind.values, "organisation_name_kind_known"),
        ]

    def __str__(self) -> str:
        return self.name


class OrganisationLink(Recorded):
    """One organisation owns or controls another, over a period."""

    class LinkKind(models.TextChoices):
        """How the owner holds the owned."""

        OWNER = "owner", "Owns"
        PARENT = "parent", "Is the parent body of"

    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="owns")
    owned = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="owned_by")
    kind = models.CharField(max_length=8, choices=LinkKind.choices, default=LinkKind.OWNER)
    share = models.DecimalField("share in per cent", max_digits=5, decimal_places=2, null=True, blank=True)
    starts_on = models.DateField("from", null=True, blank=True)
    ends_on = models.DateField("until", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "owned", "kind"], condition=Q(ends_on=None), name="organisation_link_open_once"
            ),
            models.CheckConstraint(condition=~Q(owner=F("owned")), name="organisation_link_not_to_itself"),
            models.CheckConstraint(
                condition=Q(share=None) | Q(share__gt=0, share__lte=100), name="organisation_link_share_is_a_share"
            ),
            in_order("starts_on", "ends_on", "organisation_link_in_order", "It cannot end before it begins"),
        ]

    def __str__(self) -> str:
        return f"{self.owner} {self.get_kind_display().lower()} {self.owned}"
