"""A person who works for an agency, with or without a sign-in, and where they have worked."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from people.models.agency import Agency
from records.constraints import in_order, one_of
from records.models import Recorded

if TYPE_CHECKING:
    from people.models.user import User


class Engagement(models.TextChoices):
    """How a person is engaged by the agency."""

    STAFF = "staff", "Staff"
    CONTRACTOR = "contractor", "Contractor"
    SECONDEE = "secondee", "Secondee"
    PANEL_MEMBER = "panel_member", "Panel member"


def here(on: date) -> Q:
    """Had started and not yet left on that day."""
    return (Q(started_on=None) | Q(started_on__lte=on)) & (Q(left_on=None) | Q(left_on__gt=on))


class PersonQuerySet(models.QuerySet["Person"]):
    """People as someone may see them."""

    def visible_to(self, user: "User") -> Self:
        """The people of the user's own agency."""
        return self.filter(agency=user.agency)

    def here_on(self, on: date) -> Self:
        """Those who had started and not yet left on that day."""
        return self.filter(here(on))


class Person(Recorded):
    """Someone who owns, manages, approves or works on agreements. Never deleted: they leave on a date."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="people")
    name = models.CharField(max_length=200)
    email = models.EmailField("e-mail address", blank=True)
    engagement = models.CharField(max_length=12, choices=Engagement, default=Engagement.STAFF)
    senior = models.BooleanField("senior leader", default=False)
    started_on = models.DateField("started on", null=True, blank=True)
    left_on = models.DateField("left on", null=True, blank=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "people"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "email"],
                condition=~Q(email=""),
                name="person_email_once_an_agency",
                violation_error_message="Someone in this agency already has this e-mail address",
            ),
            one_of("engagement", Engagement.values, "person_engagement_known"),
            in_order("started_on", "left_on", "person_left_after_starting", "They cannot leave before they started"),
        ]

    def __str__(self) -> str:
        return self.name

    def has_left(self, on: date) -> bool:
        """Whether the person had left by that day."""
        return self.left_on is not None and self.left_on <= on
