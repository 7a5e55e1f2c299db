"""Every step of an agreement's life, as a row that never changes."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate

from agreements.choices import AtEnd, Status
from agreements.lifecycle import BY_NAME
from agreements.models.agreement import Agreement
from agreements.variation_lifecycle import STARTED, VARIATION_BY_NAME
from people.models import User
from records.constraints import one_of
from records.models import Recorded
from records.words import nz_date


class StatusChange(Recorded):
    """From which status to which, by whom, when recorded (``at``), true from which day (``on``), and why."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="status_changes")
    terms = models.ForeignKey("agreements.Terms", on_delete=models.PROTECT, null=True, related_name="+")
    step = models.CharField(max_length=20)
    source = models.CharField("from", max_length=10, choices=Status.choices, blank=True)
    target = models.CharField("to", max_length=10, choices=Status.choices)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("recorded at")
    on = models.DateField("true from")
    why = models.TextField(max_length=2000, blank=True)
    variation = models.PositiveSmallIntegerField("of variation", null=True)
    sections = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    checked_by = models.CharField("who outside the team checked it", max_length=200, blank=True)
    checked_for = models.CharField("of which organisation", max_length=200, blank=True)
    checked_on = models.DateField("checked on", null=True, blank=True)
    checked_document = models.CharField("what they wrote, and where it is kept", max_length=300, blank=True)
    disposal = models.CharField("what became of the information", max_length=12, choices=AtEnd.choices, blank=True)
    disposal_note = models.TextField("how we know", max_length=2000, blank=True)

    class Meta:
        indexes = [models.Index(fields=["agreement", "-at", "-id"], name="status_change_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(checked_by="", checked_for="", checked_on=None, checked_document="")
                | ~Q(checked_by="") & ~Q(checked_for="") & Q(checked_on__isnull=False) & ~Q(checked_document=""),
                name="status_change_check_is_whole",
            ),
            one_of("target", Status.values, "status_change_target_known"),
            one_of("disposal", ["", *AtEnd.values], "status_change_disposal_known"),
        ]

    @property
    def said(self) -> str:
        """The step in a few words: Submitted for review, Ended."""
        if self.variation:
            said = STARTED if self.step == "vary_start" else VARIATION_BY_NAME[self.step].done
            return said.replace("Variation", f"Variation {self.variation}", 1)
        words = {"create": "Started", "record": "Recorded as it stood", "import": "Imported"}
        words |= {
            "replaces": "Put in the place of another",
            "replaced": "Replaced by another",
            "replaces_no_more": "No longer in the place of another",
        }
        return words.get(self.step) or BY_NAME[self.step].done

    @property
    def outside_check(self) -> str:
        """Who outside a team of one checked it, in a sentence; empty where the approver was somebody else."""
        if not self.checked_by:
            return ""
        who = f"{self.checked_by}, {self.checked_for}, on {nz_date(self.checked_on)}"
        return (
            f"Approved by its author, since nobody else here could. Checked outside by {who}: {self.checked_document}"
        )

    @property
    def is_backdated(self) -> bool:
        """Whether it was true from another day than it was recorded on."""
        return self.on != localdate(self.at)

    def __str__(self) -> str:
        return f"{self.get_target_display()} on {nz_date(self.on)}"
