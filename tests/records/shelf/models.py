"""A shelf with books: a record with children, and a book that tries every kind of field."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from records.models import Recorded


class Kind(models.TextChoices):
    """What stands on a shelf."""

    NOVEL = "novel", "Novel"
    ATLAS = "atlas", "Atlas of the world"


class Shelf(Recorded):
    """A record."""

    name = models.CharField(max_length=100)
    notes = models.TextField(blank=True)
    last_dusted = models.DateTimeField(null=True, blank=True)

    not_in_history: ClassVar[tuple[str, ...]] = ("last_dusted",)

    def __str__(self) -> str:
        return self.name


class Book(Recorded):
    """A child of a record."""

    shelf = models.ForeignKey(Shelf, on_delete=models.PROTECT, related_name="books")
    sequel_of = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="sequels")
    title = models.CharField("full title", max_length=200)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.NOVEL)
    price = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    weight = models.FloatField(null=True, blank=True)
    printed_on = models.DateField(null=True, blank=True)
    lent_at = models.DateTimeField(null=True, blank=True)
    opens_at = models.TimeField(null=True, blank=True)
    loan = models.DurationField(null=True, blank=True)
    facts = models.JSONField(default=dict, blank=True)
    tags = ArrayField(models.CharField(max_length=50), default=list, blank=True)
    code = models.UUIDField(null=True, blank=True)
    cover = models.BinaryField(default=b"")
    signed = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.title
