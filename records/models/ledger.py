"""The ledger: the text and hash of every history row, in a chain with one link a transaction."""

from django.db import models


class LedgerEntry(models.Model):
    """One history row as it was written. Only the database writes here, by trigger."""

    id = models.BigAutoField(primary_key=True)
    txn = models.BigIntegerField()
    relation = models.TextField()
    history_id = models.BigIntegerField()
    # Empty only where the content was disposed of; the hash stays, so the chain still holds.
    payload = models.TextField(null=True)  # noqa: DJ001 - empty text would be another fact
    sha256 = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["txn", "id"], name="ledger_entry_txn")]


class LedgerLink(models.Model):
    """One transaction's entries, chained to the link before: head = sha256(prev, seq, at, entries, digest)."""

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    txn = models.BigIntegerField()
    first_id = models.BigIntegerField()
    last_id = models.BigIntegerField()
    entries = models.IntegerField()
    digest = models.BinaryField()
    prev = models.BinaryField(unique=True)
    head = models.BinaryField(unique=True)


class LedgerRename(models.Model):
    """A history table that got another name: its older entries carry the old one."""

    old = models.TextField(unique=True)
    new = models.TextField()
