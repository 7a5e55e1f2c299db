"""An agency that keeps its agreements in this register."""

from functools import cached_property
from typing import TYPE_CHECKING, Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from people.roles import Role
from records.constraints import one_of
from records.models import Recorded

if TYPE_CHECKING:
    from people.models.user import User


class AgencyQuerySet(models.QuerySet["Agency"]):
    """Agencies as someone may see them."""

    def visible_to(self, user: "User") -> Self:
        """The user's own agency."""
        return self.filter(pk=user.agency.pk)


class Agency(Recorded):
    """A public service agency; nothing crosses from one to another except signed faces."""

    code = models.CharField(
        max_length=8,
        unique=True,
        help_text="Capital letters; begins every reference, for example MSD in MSD-2026-0001.",
        validators=[RegexValidator(r"^[A-Z]{2,8}$", "Use two to eight capital letters, for example MSD")],
    )
    name = models.CharField(max_length=200, unique=True)
    name_mi = models.CharField("name in te reo Māori", max_length=200, blank=True)
    head_title = models.CharField(
        "title of the head",
        max_length=60,
        default="chief executive",
        help_text="What the head of the agency is called: chief executive, secretary, commissioner.",
    )
    marking = models.CharField(
        "classification marking",
        max_length=60,
        default="IN CONFIDENCE",
        help_text="Printed at the top and bottom of every page and PDF.",
    )
    privacy_email = models.EmailField("privacy team's e-mail address", blank=True)
    names_shared = models.BooleanField(
        "other agencies may see that we have arrangements with an organisation", default=False
    )
    demo = models.BooleanField("invented, for demonstration", default=False)

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "agencies"
        constraints = [
            models.CheckConstraint(condition=Q(code__regex=r"^[A-Z]{2,8}$"), name="agency_code_is_capitals"),
        ]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def own_words(self) -> dict[str, str]:
        """What it calls a role, for those it renamed. One query; none for whoever is signed in (people.sign_in)."""
        return dict(self.role_labels.values_list("role", "label"))


class RoleLabel(Recorded):
    """What an agency calls a role, where it does not use the register's own word."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="role_labels")
    role = models.CharField(max_length=20, choices=Role.choices)
    label = models.CharField("what we call it", max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "role"], name="role_label_once_an_agency"),
            one_of("role", Role.values, "role_label_role_known"),
        ]

    def __str__(self) -> str:
        return self.label
