"""Who does what, and who has access at each party."""

from django.db import models

from agreements.choices import Duty
from agreements.models.agreement import Agreement
from agreements.models.organisation import Organisation
from agreements.models.party import Party
from agreements.models.terms import Terms
from people.models import Person
from records.constraints import in_order, one_of
from records.models import Recorded


class Responsibility(Recorded):
    """A duty and the party accountable for it. Two rows of one duty say that two parties claim it."""

    terms = models.ForeignKey(Terms, on_delete=models.CASCADE, related_name="responsibilities")
    duty = models.CharField(max_length=20, choices=Duty.choices)
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="responsibilities")
    person_named = models.CharField("who there", max_length=200, blank=True)
    starts_on = models.DateField("from", null=True, blank=True)
    ends_on = models.DateField("until", null=True, blank=True)

    class Meta:
        verbose_name_plural = "responsibilities"
        constraints = [
            models.UniqueConstraint(
                fields=["terms", "duty", "party"],
                name="responsibility_once_a_party",
                violation_error_message="This party already has this responsibility",
            ),
            one_of("duty", Duty.values, "responsibility_duty_known"),
            in_order("starts_on", "ends_on", "responsibility_in_order", "It cannot end before it begins"),
        ]

    def __str__(self) -> str:
        return f"{self.get_duty_display()}: {self.party}"


class AccessHolder(Recorded):
    """A person, or a kind of person, who can reach the information at one of the parties; not part of the terms."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="access_holders")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="access_holders")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="access_held")
    described_as = models.CharField("who", max_length=200, help_text="A name or a role, for example case workers.")
    starts_on = models.DateField("from", null=True, blank=True)
    ends_on = models.DateField("until", null=True, blank=True)

    class Meta:
        constraints = [
            in_order("starts_on", "ends_on", "access_holder_in_order", "Access cannot end before it begins"),
        ]

    def __str__(self) -> str:
        return f"{self.described_as} ({self.organisation})"
