"""What may go wrong with an agreement, in sentences meant for the person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from records.errors import Refused


class NotNow(Refused):
    """The agreement's state does not allow it now."""


class NotYours(Refused):
    """The person may not do this to this agreement."""


class NotTheirs(NotYours):
    """It is whoever owns it that does this, or a role does, and this person has neither: pages do not offer it."""

    never = True


class NotReady(NotNow):
    """Something has to be done before this step: each of ``reasons`` is a sentence a person can act on."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__(". ".join(reasons))
        self.reasons = list(reasons)


@dataclass(frozen=True)
class Difference:
    """One answer that somebody else changed since the person opened the section."""

    field: str
    theirs: object
    yours: object


class Stale(Refused):
    """Somebody saved the same section after this person opened it; nothing was saved and nothing typed is lost."""

    def __init__(self, who: str, when: datetime | None, differences: list[Difference], seen: str) -> None:
        """``seen`` is the digest of what stands now: sent again, it says that the person has seen it."""
        super().__init__(f"{who} saved this section after you opened it")
        self.who, self.when, self.differences, self.seen = who, when, differences, seen
