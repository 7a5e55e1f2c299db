"""What a check finds. Unknown is never compliant (domain.md 8.5 rule 22)."""

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """The four results; the values stand in runs and addresses."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"

    @property
    def label(self) -> str:
        """As people read it."""
        return {"met": "Met", "not_met": "Not met", "unknown": "Unknown", "not_applicable": "Not applicable"}[self]

    @property
    def is_open(self) -> bool:
        """Whether something is left to do: not met, or nobody knows."""
        return self in {Outcome.NOT_MET, Outcome.UNKNOWN}


@dataclass(frozen=True)
class Result:
    """An outcome, and why in a sentence for the page."""

    outcome: Outcome
    why: str


def met(why: str) -> Result:
    """It is so, and what shows it."""
    return Result(Outcome.MET, why)


def not_met(why: str) -> Result:
    """It is not so, and what is missing."""
    return Result(Outcome.NOT_MET, why)


def unknown(why: str) -> Result:
    """Nobody has said, and what would have to be known."""
    return Result(Outcome.UNKNOWN, why)


def not_applicable(why: str) -> Result:
    """It is not asked here, and why."""
    return Result(Outcome.NOT_APPLICABLE, why)
