"""Heads of the ledger that were given to the outside, against which it can be verified."""

from django.db import models

from records.models.recorded import Recorded


class HeadSent(Recorded):
    """The ledger's head, written somewhere outside the database."""

    seq = models.BigIntegerField()
    head = models.CharField(max_length=64)
    where = models.CharField(max_length=500)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.seq} {self.head}"
