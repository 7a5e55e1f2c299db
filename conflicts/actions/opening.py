"""Note who opened a declaration: the one thing that answering a GET may write."""

from collections.abc import Iterable
from datetime import datetime

from conflicts.models import Declaration, Opening
from people.models import User
from records.acting import action


@action
def note_opening(
    *, declaration: Declaration, by: User, now: datetime, purpose: str = "", refused: bool = False
) -> Opening:
    """Keep that it was opened, or that somebody tried who may not read it. The row stands."""
    row = Opening(declaration=declaration, by=by, at=now, purpose=" ".join(purpose.split()), refused=refused)
    row.save()
    return row


@action
def note_taken_along(*, declarations: Iterable[int], by: User, now: datetime, purpose: str) -> int:
    """Keep for each of these declarations, by key, that a list with it left the register. Gives how many."""
    rows = [Opening(declaration_id=key, by=by, at=now, purpose=purpose) for key in declarations]
    Opening.objects.bulk_create(rows, batch_size=2_000)
    return len(rows)
