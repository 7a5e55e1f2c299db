"""A pause on an organisation: nothing new is agreed with it in the agency that set it (domain.md 6, F12)."""

from typing import Self

from django.db import models
from django.db.models import Q

from agreements.models.organisation import Organisation
from people.models import Agency, User
from records.constraints import in_order, together
from records.models import Recorded


class PauseQuerySet(models.QuerySet["Pause"]):
    """Pauses over time, and as somebody may read them."""

    def visible_to(self, user: User) -> Self:
        """Those that the user's own agency set; of others it is only known that there are some."""
        return self.filter(agency=user.agency)

    def open(self) -> Self:
        """Those not lifted."""
        return self.filter(lifted_on=None)


class Pause(Recorded):
    """Set by a delegate with a reason, and lifted by a delegate with a reason."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="pauses")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="pauses")
    reason = models.TextField("why is it paused?", max_length=2000)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    on = models.DateField("paused from")
    at = models.DateTimeField("recorded at")
    lifted_on = models.DateField("lifted on", null=True, blank=True)
    lifted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    lifted_why = models.TextField("why it is lifted", max_length=2000, blank=True)

    objects = PauseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "agency"],
                condition=Q(lifted_on=None),
                name="pause_once_an_agency",
                violation_error_message="Your agency has paused this organisation already",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="pause_says_why"),
            together("lifted_on", "lifted_by", "pause_lifted_by_somebody"),
            models.CheckConstraint(condition=Q(lifted_on=None) | ~Q(lifted_why=""), name="pause_lifted_says_why"),
            in_order("on", "lifted_on", "pause_in_order", "A pause cannot be lifted before it began"),
        ]

    def __str__(self) -> str:
        return f"Pause of {self.organisation}"
