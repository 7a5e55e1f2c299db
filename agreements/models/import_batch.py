"""A spreadsheet of existing arrangements on its way into the register."""

from typing import TYPE_CHECKING, Self

from django.db import models

from people.models import Agency, User
from records.constraints import one_of
from records.models import Recorded, StoredFile

if TYPE_CHECKING:
    from agreements.models.agreement import Agreement


class BatchState(models.TextChoices):
    """How far an import has come."""

    UPLOADED = "uploaded", "Uploaded"
    CHECKED = "checked", "Checked"
    DONE = "done", "Imported"
    UNDONE = "undone", "Undone"
    DROPPED = "dropped", "Discarded"


class ImportBatchQuerySet(models.QuerySet["ImportBatch"]):
    """Imports as someone may see them."""

    def visible_to(self, user: "User") -> Self:
        """The imports of the user's own agency."""
        return self.filter(agency=user.agency)


class ImportBatch(Recorded):
    """One uploaded sheet: which column means what, and what became of it."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="import_batches")
    file_name = models.CharField(max_length=200)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    sheet = models.CharField(max_length=100, blank=True)
    encoding = models.CharField(max_length=40, blank=True)
    columns = models.JSONField(default=list, help_text="The headings as they stand in the sheet.")
    mapping = models.JSONField(default=dict, help_text="Number of the column to what it means.")
    choices = models.JSONField(
        default=dict, help_text="What the person decided: date order, names to join, words to read."
    )
    state = models.CharField(max_length=8, choices=BatchState, default=BatchState.UPLOADED)
    heading_line = models.PositiveIntegerField(default=1)
    summary = models.JSONField(default=dict, help_text="What the last check found: counts, and names to be added.")
    rows_total = models.PositiveIntegerField(default=0)
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_why = models.CharField(max_length=300, blank=True)

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "import batches"
        constraints = [one_of("state", BatchState.values, "import_batch_state_known")]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        """The import's own page."""
        from django.urls import reverse

        return reverse("agreements:import_batch", args=[self.pk])

    @property
    def open(self) -> bool:
        """Whether it can still be changed: it was neither imported nor discarded."""
        return self.state in (BatchState.UPLOADED, BatchState.CHECKED)


class ImportRowQuerySet(models.QuerySet["ImportRow"]):
    """Rows by what the check found."""

    def with_level(self, level: str) -> Self:
        """Rows about which there is something of this level to say."""
        return self.filter(problems__contains=[{"level": level}])

    def good(self) -> Self:
        """Rows that will be recorded."""
        return self.filter(skipped=False).exclude(problems__contains=[{"level": "error"}])


class ImportRow(models.Model):
    """One row of the sheet as it was read: working material, without history of its own."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(help_text="Its line in the sheet, as Excel counts.")
    values = models.JSONField(help_text="The texts of its cells, by column.")
    notes = models.JSONField(default=dict, help_text="What reading had to say, by the number of the column.")
    problems = models.JSONField(default=list)
    skipped = models.BooleanField(default=False)
    edited = models.BooleanField("put right in the page", default=False)
    anyway = models.BooleanField("imported although it looks like another", default=False)
    agreement: "models.ForeignKey[Agreement | None, Agreement | None]" = models.ForeignKey(
        "agreements.Agreement", on_delete=models.SET_NULL, null=True, related_name="+"
    )

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="import_row_number_once")]

    def __str__(self) -> str:
        return f"Row {self.number}"
