"""From what about_rows.py finds to facts: counts and days, nobody's name and nothing that was declared."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from conflicts.about import ConflictsFact, ConversationFact, PlanFact, SubcontractorFact
from conflicts.choices import BEING_WRITTEN, OPEN_CONFLICT, WAITING, DeclarationStatus, Stage
from records.days import day, day_or_none

Row = Mapping[str, Any]
REVIEWS = (Stage.IN_TERM, Stage.RENEWAL)  # a conversation at these stages looks at the conflicts anew


def conversations_of(row: Row) -> tuple[ConversationFact, ...]:
    """Every conversation of the agreement and of the contracts that serve it, the oldest first."""
    found = [*row["found_conversations"], *row["found_contract_conversations"]]
    return tuple(
        sorted({ConversationFact(one["stage"], day(one["on"])) for one in found}, key=lambda one: (one.on, one.stage))
    )


def subcontracts_of(row: Row) -> tuple[SubcontractorFact, ...]:
    """Subcontractors of the terms and of the contracts, each with what it declared about this agreement."""
    named = [
        SubcontractorFact(one["organisation"], one["name"], day_or_none(one["starts_on"]), day_or_none(one["ends_on"]))
        for one in (*row["found_subcontractors"], *row["found_below"])
    ]
    by_body: dict[int, list[Row]] = {}
    for one in _declarations(row):
        by_body.setdefault(one["organisation"] or 0, []).append(one)
    every = {_with(one, by_body.get(one.organisation, ())) for one in named}
    return tuple(sorted(every, key=str))


def _with(one: SubcontractorFact, declared: Iterable[Row]) -> SubcontractorFact:
    days = [day(row["submitted_on"]) for row in declared]
    planned = [row for row in declared if row["approved_on"] or row["status"] in OPEN_CONFLICT]
    approved = [day(row["approved_on"]) for row in planned if row["approved_on"]]
    return SubcontractorFact(
        one.organisation, one.name, one.starts_on, one.ends_on, max(days, default=None), bool(planned),
        max(approved) if planned and len(approved) == len(planned) else None,
    )  # fmt: skip


def conflicts_of(row: Row, conversations: Iterable[ConversationFact], starts_on: date | None) -> ConflictsFact:
    """What the declarations come to; ``starts_on`` of the terms is the first day of work of which nothing else says."""
    rows = _declarations(row)
    days = [day_or_none(one[name]) for one in rows for name in ("submitted_on", "decided_on", "reviewed_on")]
    days += [one.on for one in conversations if one.stage in REVIEWS]
    status = [one["status"] for one in rows]
    return ConflictsFact(
        declared=len(rows),
        waiting=sum(one in (*WAITING, *BEING_WRITTEN) for one in status),
        unreasoned=sum(one["unreasoned"] for one in rows),
        unmanageable=status.count(DeclarationStatus.UNMANAGEABLE),
        plans=tuple(sorted((_plan(one, starts_on) for one in rows if _needs_plan(one)), key=str)),
        reviewed_on=max((one for one in days if one), default=None),
    )


def _declarations(row: Row) -> list[Row]:
    """Each once, however many ways lead from it to the agreement."""
    found = [*row["found_declared"], *row["found_contract_declared"], *row["found_below_declared"]]
    return list({one["id"]: one for one in found}.values())


def _needs_plan(one: Row) -> bool:
    return one["status"] in OPEN_CONFLICT and one["status"] != DeclarationStatus.UNMANAGEABLE


def _plan(one: Row, starts_on: date | None) -> PlanFact:
    """By the first day of the work, as conflicts/in_advance.py finds it.

    No day where every interest came about after it: such a plan is asked for, and cannot have come in advance.
    """
    begins = _begins(one, starts_on)
    return PlanFact(begins if one["foreseeable"] or not begins else None, day_or_none(one["approved_on"]))


def _begins(one: Row, starts_on: date | None) -> date | None:
    if one["below"]:
        return day_or_none(one["below_starts_on"])
    if one["begins_on"]:
        return day(one["begins_on"])
    return day_or_none(one["contract_starts_on"]) if one["contract"] else starts_on
