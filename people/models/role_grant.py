"""Who holds which role, from when until when, and who gave it."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from people.models.person import Person
from people.roles import Role
from records.constraints import in_order, one_of
from records.models import Recorded


class RoleGrantQuerySet(models.QuerySet["RoleGrant"]):
    """Grants over time."""

    def on(self, day: date) -> Self:
        """Those that hold on that day; the last day counts."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)


class RoleGrant(Recorded):
    """A role given to a person."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="role_grants")
    role = models.CharField(max_length=20, choices=Role.choices)
    starts_on = models.DateField("from")
    ends_on = models.DateField("until", null=True, blank=True)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "role"], condition=Q(ends_on=None), name="role_grant_open_once"),
            one_of("role", Role.values, "role_grant_role_known"),
            in_order("starts_on", "ends_on", "role_grant_dates_in_order", "A role cannot end before it begins"),
        ]

    def __str__(self) -> str:
        return self.get_role_display()
