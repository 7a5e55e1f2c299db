"""Where things can be read: the evidence of rows as this person may see it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from agreements.models import Document, Evidence
from people.models import User

Row = TypeVar("Row", bound=Evidence)


@dataclass(frozen=True)
class Pointer:
    """Where something can be read; without the document where the person may not read it."""

    document: Document | None
    page: str
    on: date | None

    @property
    def hidden(self) -> bool:
        """Whether it points to a document that this person may not read."""
        return self.document is None


def pointed(rows: Iterable[Row], user: User) -> list[tuple[Row, Pointer | None]]:
    """Each row with where it can be read, None where it says nothing of that; one query, none without evidence."""
    listed = list(rows)
    wanted = {row.evidence_id for row in listed if row.evidence_id}
    readable = Document.objects.visible_to(user).in_bulk(list(wanted)) if wanted else {}
    return [(row, _pointer(row, readable.get(row.evidence_id or 0))) for row in listed]


def _pointer(row: Evidence, document: Document | None) -> Pointer | None:
    return Pointer(document, row.evidence_page, row.evidence_on) if row.evidence_id else None
