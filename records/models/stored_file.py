"""Files by their content: written once, never changed, found by hash."""

from hashlib import sha256

from django.core.files.storage import default_storage
from django.db import models

from records.errors import Refused
from records.models.recorded import Recorded


class Damaged(Refused):
    """A stored file is missing, disposed of, or no longer what its hash says."""


class StoredFile(Recorded):
    """One file's bytes, named by their SHA-256."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    # The type found by looking at the bytes, whatever name they came with.
    sniffed_type = models.CharField(max_length=100)
    disposed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.sha256[:12]

    @property
    def name(self) -> str:
        """Where the storage keeps it."""
        return f"{self.sha256[:2]}/{self.sha256[2:4]}/{self.sha256}"

    def read(self) -> bytes:
        """The bytes; raises Damaged when they are gone or altered."""
        if self.disposed_at:
            raise Damaged(f"The stored file {self} was disposed of on {self.disposed_at:%d %B %Y}.")
        try:
            with default_storage.open(self.name) as stored:
                content: bytes = stored.read()
        except FileNotFoundError:
            raise Damaged(f"The stored file {self} is missing.") from None
        if sha256(content).hexdigest() != self.sha256:
            raise Damaged(f"The stored file {self} is not what was stored.")
        return content
