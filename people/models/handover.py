"""What a leaver owned and who takes it over."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from people.models.agency import Agency
from people.models.person import Person
from records.constraints import together
from records.models import Recorded

if TYPE_CHECKING:
    from people.models.user import User


class HandoverQuerySet(models.QuerySet["Handover"]):
    """The hand-over list."""

    def visible_to(self, user: "User") -> Self:
        """The hand-overs of the user's own agency."""
        return self.filter(agency=user.agency)

    def open(self) -> Self:
        """What nobody has taken over yet."""
        return self.filter(done_on=None)


class Handover(Recorded):
    """One thing to hand over; ``kind`` and ``subject`` name it for the app that owns it (settings.OWNED_ITEMS)."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="handovers")
    leaver = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="handovers")
    kind = models.CharField(max_length=40, help_text="What the leaver was, for example owner of an agreement.")
    subject = models.CharField(max_length=40, help_text="The reference of the record.")
    title = models.CharField(max_length=300)
    due_on = models.DateField("hand over by")
    taken_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="taken_over")
    done_on = models.DateField(null=True, blank=True)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["leaver", "kind", "subject"], condition=Q(done_on=None), name="handover_open_once"
            ),
            together("taken_by", "done_on", "handover_taken_and_done_together"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.title}"
