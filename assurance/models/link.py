"""A link between a record and an agreement: one made by mistake is set aside with a reason, and the row stays."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q

from people.models import User
from records.constraints import together
from records.models import Recorded


class LinkQuerySet(models.QuerySet[Any]):
    """Links, those set aside included."""

    def standing(self) -> Self:
        """Those that were not set aside."""
        return self.filter(aside_at=None)


class Link(Recorded):
    """What every such link holds beside its record and its agreement."""

    aside_at = models.DateTimeField(null=True, blank=True)
    aside_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    aside_why = models.CharField(max_length=1000, blank=True)

    objects = LinkQuerySet.as_manager()

    class Meta:
        abstract = True

    def set_aside(self, why: str, by: User, now: datetime) -> None:
        """Say who took it back, when and why; whoever calls saves it."""
        self.aside_at, self.aside_by, self.aside_why = now, by, why


def said_why(name: str) -> list[models.BaseConstraint]:
    """Who set a link aside, when and why stand together; ``name`` begins the names of the constraints."""
    return [
        together("aside_at", "aside_by", f"{name}_aside_by"),
        models.CheckConstraint(
            condition=Q(aside_at=None, aside_why="") | Q(aside_at__isnull=False) & ~Q(aside_why=""),
            name=f"{name}_aside_why",
        ),
    ]
