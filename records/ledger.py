"""The ledger's head: what to print on a document and to keep outside the database."""

from dataclasses import dataclass
from datetime import datetime

from records.models import LedgerLink

BEFORE_ALL = "0" * 64


@dataclass(frozen=True)
class Head:
    """A point in history: the number, hash and time of a link."""

    seq: int
    hash: str
    at: datetime | None

    @property
    def short(self) -> str:
        """Enough of the hash for a person to compare."""
        return self.hash[:16]

    def __str__(self) -> str:
        return f"{self.seq} {self.hash} {self.at.isoformat() if self.at else '-'}"


def head() -> Head:
    """The newest committed link. It cannot cover the transaction that asks."""
    last = LedgerLink.objects.order_by("-seq").first()
    return Head(last.seq, bytes(last.head).hex(), last.at) if last else Head(0, BEFORE_ALL, None)
