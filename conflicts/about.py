"""What conflicts know about one agreement, frozen: counts and days; never whose, and no word of what was declared."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class ConversationFact:
    """A conversation with the third parties about conflicts: at which stage, and the day."""

    stage: str
    on: date


@dataclass(frozen=True)
class SubcontractorFact:
    """A subcontractor of the terms or of a contract that serves them, at any depth.

    ``declared_on`` is the day of its newest declaration, ``conflict`` whether one was found to need a plan, and
    ``approved_on`` the day its first plan was approved.
    """

    organisation: int
    name: str
    starts_on: date | None = None
    ends_on: date | None = None
    declared_on: date | None = None
    conflict: bool = False
    approved_on: date | None = None


@dataclass(frozen=True)
class PlanFact:
    """A plan that an open conflict needs: the first day of the work, and the day of its approval."""

    begins_on: date | None = None
    approved_on: date | None = None


@dataclass(frozen=True)
class ConflictsFact:
    """What was declared about the agreement, in counts and days: never by whom, and no word of it.

    ``waiting`` are not decided, ``unreasoned`` decided without reasons, ``unmanageable`` open;
    ``reviewed_on`` is the last day somebody looked at them.
    """

    declared: int = 0
    waiting: int = 0
    unreasoned: int = 0
    unmanageable: int = 0
    plans: tuple[PlanFact, ...] = ()
    reviewed_on: date | None = None
