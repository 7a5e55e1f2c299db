"""Lists that a person gave a name to."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.urls import reverse

from people.models import Person
from records.models import Recorded

if TYPE_CHECKING:
    from people.models import User


# The lists whose addresses can be kept, and where each is shown.
LISTS = {
    "agreements": "agreements:register",
    "contracts": "agreements:contracts",
    "reviews": "agreements:reviews",
    "conformance": "conformance_matrix",
    "declarations": "conflicts:declarations",
    "activities": "activities",
    "findings": "findings",
    "actions": "finding_actions",
}


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    """Saved views as someone may see them."""

    def visible_to(self, user: "User") -> Self:
        """The user's own."""
        return self.filter(person=user.person)

    def of_list(self, name: str) -> Self:
        """Those of one list, as it shows them."""
        return self.filter(list_name=name).order_by("name")


class SavedView(Recorded):
    """A named list: which list, and its filters as they stand in the address."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="saved_views")
    name = models.CharField(max_length=80)
    list_name = models.CharField(max_length=40, default="agreements")
    query = models.CharField(max_length=2000, blank=True)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "list_name", "name"],
                name="saved_view_name_once",
                violation_error_message="You already have a view of this name",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def list_url(self) -> str:
        """The list itself, with no filter."""
        return reverse(LISTS[self.list_name])

    @property
    def url(self) -> str:
        """The list as it was kept."""
        return f"{self.list_url}?{self.query}"
