"""Everything that was signed, read back from its rows in one fixed form, and the SHA-256 of it.

The hash stands in the signature, whose row is in the ledger. Whoever changes a frozen row behind the register's back
changes this, and the page says so when the statement is opened.
"""

from collections.abc import Sequence
from typing import Any

from assurance.models import Briefing, Statement
from assurance.statement.groups import GroupState, group_states
from records.actions.issue import digest

FORM = 1  # of the content; a later form gets a number of its own, so that older hashes can still be computed


def content_of(statement: Statement, briefing: Briefing, groups: Sequence[GroupState] | None = None) -> dict[str, Any]:
    """What is signed: who, of which day, the words, every figure with its list and definition, every answer.

    ``groups`` are those of the briefing where they were read already.
    """
    return {
        "form": FORM,
        "code": statement.code,
        "agency": statement.agency.name,
        "as_at": statement.day.isoformat(),
        "period": [statement.period_from.isoformat(), statement.period_to.isoformat()],
        "addressee": statement.addressee,
        "corrects": statement.corrects.code if statement.corrects else "",
        "corrects_why": statement.corrects_why,
        "covering": statement.covering,
        "implemented": statement.implemented,
        "implemented_why": statement.implemented_why,
        "deputy": statement.deputy_id,
        "signatory": statement.signatory_id,
        "figures_taken_at": briefing.at.isoformat(),
        "figures": [_figure(one) for one in briefing.figures.order_by("place")],
        "exceptions": [_group(one) for one in (group_states(briefing) if groups is None else groups)],
    }


def _figure(one: Any) -> dict[str, Any]:
    names = ("part", "key", "label", "definition", "value", "of", "unknown", "later", "says", "wanted", "rows")
    return {name: getattr(one, name) for name in names}


def _group(state: GroupState) -> dict[str, Any]:
    return {
        "figure": state.group.key,
        "title": state.group.title,
        "tier": state.group.tier,
        "rows": [
            {
                "reference": one.row.reference,
                "title": one.row.title,
                "outcome": one.row.outcome,
                "note": one.row.note,
                "done": one.answer.what if one.answer else "",
                "by_when": one.answer.by_when.isoformat() if one.answer else "",
            }
            for one in state.rows
        ],
        "decision": state.answer.decision if state.answer else "",
        "why": state.answer.why if state.answer else "",
    }


def hash_of(content: dict[str, Any]) -> str:
    """The SHA-256 of its JSON with sorted keys and no ASCII escapes (records.actions.issue.digest)."""
    return digest(content)


def is_untouched(statement: Statement, groups: Sequence[GroupState] | None = None) -> bool:
    """Whether the frozen rows still say what was signed; an unsigned one has nothing to compare."""
    signing = getattr(statement, "signing", None)
    return signing is None or hash_of(content_of(statement, signing.briefing, groups)) == signing.sha256
