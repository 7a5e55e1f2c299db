"""How somebody wants to be reminded of what is due."""

from django.db import models

from people.models.person import Person
from records.constraints import one_of
from records.models import Recorded


class DigestChoice(models.TextChoices):
    """When the mail with what is due comes; never more than one a day."""

    DAILY = "daily", "Every day on which something is due"
    WHEN_DUE = "when_due", "Only when something is new, or due that day"
    NONE = "none", "Never"


class Reminders(Recorded):
    """One person's choice. Whoever never chose is reminded when something is new or due that day.

    The address of the calendar is signed over ``calendar_number``: it is kept nowhere, and another number ends it.
    """

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="reminders")
    digest = models.CharField(
        "mail about what is due", max_length=8, choices=DigestChoice, default=DigestChoice.WHEN_DUE
    )
    calendar_open = models.BooleanField(default=False)
    calendar_number = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "reminders"
        constraints = [one_of("digest", DigestChoice.values, "reminders_digest_known")]

    def __str__(self) -> str:
        return f"Reminders of {self.person}"
