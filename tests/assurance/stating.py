"""Statements that reached their state by real actions: drafted, figures taken, answered, signed."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate

from assurance.actions.answering import answer_group, answer_rows
from assurance.actions.briefing import take_figures
from assurance.actions.signing import sign_statement
from assurance.actions.statement import draft_statement
from assurance.models import Briefing, Signing, Statement
from assurance.statement.groups import group_states
from assurance.statement.ledger_state import LedgerState
from records.ledger import Head
from tests.cast import Cast

WHOLE = LedgerState(ok=True, says="Everything is as it was written.", head=Head(7, "a" * 64, None))
BROKEN = LedgerState(
    ok=False, says="The history does not hold together. Link 3 was altered.", head=Head(7, "a" * 64, None)
)


def drafted(cast: Cast, **values: Any) -> Statement:
    """A draft by the privacy officer as at today, answered by the approver, signed by the chief executive."""
    day: date = values.get("day", localdate())
    given = {
        "day": day,
        "period_from": day - timedelta(days=364),
        "period_to": day,
        "addressee": "Public Service Commissioner",
        "covering": "We share what we must and protect what we share.",
        "implemented": "partly",
        "implemented_why": "Some older agreements are still being updated.",
        "deputy": cast.approver.who,
        "signatory": cast.chief_executive.who,
    }
    return draft_statement(values=given | values, by=cast.privacy_officer, now=timezone.now())


def taken(cast: Cast, statement: Statement) -> Briefing:
    """Its figures."""
    return take_figures(statement=statement, ledger=WHOLE, by=cast.privacy_officer, now=timezone.now())


def answered(cast: Cast, statement: Statement) -> None:
    """Every exception answered by the deputy and every group accepted."""
    for state in group_states(statement.briefings.latest("pk")):
        answer_rows(
            group=state.group, rows=[one.row.pk for one in state.rows], what="Varied by June",
            by_when=localdate() + timedelta(days=90), by=cast.approver, now=timezone.now(),
        )  # fmt: skip
        answer_group(
            group=state.group, decision="accepted", why="It is under way", by=cast.chief_executive, now=timezone.now()
        )


def signed(cast: Cast, **values: Any) -> Signing:
    """A signed statement."""
    statement = drafted(cast, **values)
    taken(cast, statement)
    answered(cast, statement)
    return sign_statement(statement=statement, ledger=WHOLE, by=cast.chief_executive, now=timezone.now())
