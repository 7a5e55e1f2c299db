"""Giving the ledger's head to the outside."""

from datetime import datetime
from pathlib import Path

from records.acting import Actor, action
from records.ledger import head
from records.models import HeadSent


@action
def send_head(*, by: Actor, to: Path, at: datetime) -> HeadSent:
    """Append the newest head to a file outside the database, one line `number hash time`, and note that it was.

    The file should stand where whoever owns the database cannot write; see docs/history.md.
    """
    point = head()
    sent = HeadSent.objects.create(seq=point.seq, head=point.hash, where=str(to), at=at)
    to.parent.mkdir(parents=True, exist_ok=True)
    with to.open("a") as heads:
        heads.write(f"{point}\n")
    return sent
