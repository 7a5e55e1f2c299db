"""What an instance read from history carries: it is a picture of the past and cannot be saved."""

from dataclasses import dataclass
from datetime import date, datetime


class Frozen(TypeError):
    """A picture of the past was about to be saved or deleted."""


@dataclass(frozen=True)
class Mark:
    """Which history row an instance was read from."""

    at: datetime
    true_from: date | None
    backfill_id: int | None

    @property
    def entered_afterwards(self) -> bool:
        """Whether it came through a declared backfill, dated in the past."""
        return self.backfill_id is not None
