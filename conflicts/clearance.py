"""Is an agreement clear of conflicts? The rules of the letter, each once, over days and counts: pure, without a clock.

Asked by the checks of assurance and by what readers of agreements see: cleared, a plan in force, or a gap and what is
missing. No sentence names anybody or says what was declared.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from conflicts.about import ConflictsFact, ConversationFact, SubcontractorFact
from conflicts.choices import Stage
from conflicts.conversation_thresholds import stages_needed
from conflicts.in_advance import InAdvance, of_dates


class Clear(StrEnum):
    """What readers of agreements see; empty where nothing is asked and nothing was declared."""

    CLEARED = "cleared"
    PLAN = "plan"
    GAP = "gap"
    NOTHING = ""


@dataclass(frozen=True)
class Clearance:
    """How an agreement stands, and what is missing in sentences."""

    state: Clear
    missing: tuple[str, ...] = ()


def clearance(
    conversations: Sequence[ConversationFact],
    subcontracts: Iterable[SubcontractorFact],
    conflicts: ConflictsFact,
    lacking: Iterable[Stage],
    on: date,
    *,
    asked: bool,
) -> Clearance:
    """How it stands on a day; ``asked`` is False where every party belongs to the State services."""
    words = [f"A conversation about conflicts: {stage.label.lower()}" for stage in lacking] if asked else []
    words += [wrong for wrong in (wrong_below(subcontracts, on), wrong_declared(conflicts, on)) if wrong]
    if words:
        return Clearance(Clear.GAP, tuple(words))
    if conflicts.plans:
        return Clearance(Clear.PLAN)
    return Clearance(Clear.CLEARED if conversations or conflicts.declared else Clear.NOTHING)


def in_time(conversations: Iterable[ConversationFact], signed_on: date | None) -> list[ConversationFact]:
    """The conversations that were no later than the signing; all of them before it (8.5 rule 9)."""
    return [one for one in conversations if signed_on is None or one.on <= signed_on]


def stages_lacking(conversations: Iterable[ConversationFact], values: Iterable[str], risk: str) -> list[Stage]:
    """The stages that value and risk ask a conversation for, and that have none."""
    had = {one.stage for one in conversations}
    return [stage for stage in stages_needed(values, risk) if stage not in had]


def working(subcontracts: Iterable[SubcontractorFact], on: date) -> list[SubcontractorFact]:
    """Those whose last day has not passed."""
    return [one for one in subcontracts if one.ends_on is None or one.ends_on >= on]


def wrong_below(subcontracts: Iterable[SubcontractorFact], on: date) -> str:
    """What is wrong with the subcontractors, the gravest first; empty where nothing is (letter, 2; 8.5 rule 10)."""
    still = working(subcontracts, on)
    silent = sum(one.declared_on is None for one in still)
    if any(one.starts_on is None for one in still):
        return "It is not recorded since when each subcontractor takes part"
    found = [of_dates(one.starts_on, one.approved_on, on) for one in still if one.conflict]
    if InAdvance.LATE in found:
        return "A subcontractor started before the agency approved the plan for its conflict"
    if InAdvance.MISSING in found:
        return "A subcontractor has started, and no plan for its conflict is approved"
    who = "a subcontractor" if silent == 1 else f"{silent} subcontractors"
    return f"No declaration of interests is recorded of {who}" if silent else ""


def wrong_declared(said: ConflictsFact, on: date) -> str:
    """What is wrong with what was declared, the gravest first; empty where nothing is (8.5 rules 10 to 12)."""
    found = [of_dates(one.begins_on, one.approved_on, on) for one in said.plans]
    unplanned = any(one.begins_on is None and one.approved_on is None for one in said.plans)
    wrong = [
        (said.unmanageable, "A conflict that cannot be managed is open: it has to be over first"),
        (said.unreasoned, "A decision has no reasons, and “no conflict” needs them too"),
        (said.waiting, "What was declared about it is not decided yet"),
        (InAdvance.LATE in found, "The plan for a conflict was approved after the work began"),
        (InAdvance.MISSING in found, "The work has begun, and no plan for a conflict is approved"),
        (unplanned, "A conflict has no approved plan yet"),
    ]
    return next((words for holds, words in wrong if holds), "")
