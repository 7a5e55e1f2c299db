"""What lists and search look through: one row an agreement, rebuilt after each change, without history."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from agreements.choices import Sensitivity
from agreements.models.agreement import Agreement


class SearchEntry(models.Model):
    """The normalised words of one agreement: title, reference, names of parties, information, purpose."""

    agreement = models.OneToOneField(Agreement, on_delete=models.CASCADE, primary_key=True, related_name="search_entry")
    names = models.TextField(help_text="Title, reference and every name of every party, for slips of the finger.")
    vector = SearchVectorField(null=True)
    parties = ArrayField(models.CharField(max_length=200), default=list, help_text="Names as lists show them.")
    sensitivity = models.CharField(max_length=8, choices=Sensitivity.choices, default=Sensitivity.UNKNOWN)
    flags = ArrayField(models.CharField(max_length=12), default=list, help_text="children, health, maori, overseas")
    touched_at = models.DateTimeField("last changed", null=True, db_index=True)
    sectors = ArrayField(
        models.CharField(max_length=7), default=list, help_text="Whether the other parties are in the State services."
    )
    parts = ArrayField(
        models.CharField(max_length=40),
        default=list,
        help_text="Of each other party: its role, its organisation's key, and both with a colon between.",
    )
    missing = ArrayField(models.CharField(max_length=20), default=list, help_text="Sections not complete.")

    class Meta:
        verbose_name_plural = "search entries"
        indexes = [
            GinIndex(fields=["vector"], name="search_entry_vector"),
            GinIndex(fields=["missing"], name="search_entry_missing"),
            GinIndex(fields=["parts"], name="search_entry_parts"),
            GinIndex(fields=["names"], opclasses=["gin_trgm_ops"], name="search_entry_names"),
        ]

    def __str__(self) -> str:
        return f"Search entry of {self.agreement_id}"
