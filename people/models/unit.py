"""Units of an agency and who worked in them, for whom, from when until when."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from people.models.agency import Agency
from people.models.person import Person
from records.constraints import in_order
from records.models import Recorded

if TYPE_CHECKING:
    from people.models.user import User


class UnitQuerySet(models.QuerySet["Unit"]):
    """Units as someone may see them."""

    def visible_to(self, user: "User") -> Self:
        """The units of the user's own agency."""
        return self.filter(agency=user.agency)

    def on(self, day: date) -> Self:
        """Those that exist on that day; the last day counts."""
        return self.filter(Q(starts_on=None) | Q(starts_on__lte=day), Q(ends_on=None) | Q(ends_on__gte=day))


class Unit(Recorded):
    """A team, branch or group; it exists from a date until a date."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="units")
    name = models.CharField(max_length=200)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    starts_on = models.DateField("from", null=True, blank=True)
    ends_on = models.DateField("until", null=True, blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "name"],
                condition=Q(ends_on=None),
                name="unit_name_once",
                violation_error_message="A unit of this agency already has this name",
            ),
            in_order("starts_on", "ends_on", "unit_dates_in_order", "The unit cannot end before it begins"),
        ]

    def __str__(self) -> str:
        return self.name


class PlacementQuerySet(models.QuerySet["Placement"]):
    """Placements over time."""

    def on(self, day: date) -> Self:
        """Those that hold on that day; the last day counts."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)


class Placement(Recorded):
    """Where a person works, in which position, under which manager, over a period."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="placements")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="placements")
    manager = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="reports")
    position = models.CharField(max_length=200, blank=True)
    starts_on = models.DateField("from")
    ends_on = models.DateField("until", null=True, blank=True)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(ends_on=None), name="placement_one_open_a_person"),
            in_order("starts_on", "ends_on", "placement_dates_in_order", "A placement cannot end before it begins"),
            models.CheckConstraint(
                condition=Q(manager=None) | ~Q(manager=models.F("person")),
                name="placement_not_own_manager",
                violation_error_message="Nobody is their own manager",
            ),
        ]

    def __str__(self) -> str:
        return self.position or (str(self.unit) if self.unit else "No unit")
