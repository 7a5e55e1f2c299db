"""Take the figures of a statement: kept with lists, definitions and exceptions exactly as they were."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from assurance.actions.statement import lock_statement
from assurance.due.statement import tell_whose_turn
from assurance.figures.base import Figure, figures
from assurance.figures.standing import third_party
from assurance.models import Briefing, Statement, StatementFigure, StatementGroup, StatementRow, StatementState
from assurance.policies.statement import check_may_draft
from assurance.statement.ledger_state import LedgerState
from people.models import User
from people.progress import Tell, quiet
from records import bulk
from records.acting import action

TIERS = {"critical": "High risk", "high": "High risk", "medium": "Medium risk", "low": "Low risk"}
NOT_RATED = "Risk not rated"
ORDER = ("High risk", "Medium risk", "Low risk", NOT_RATED)


@action
def take_figures(*, statement: Statement, ledger: LedgerState, by: User, now: datetime, tell: Tell = quiet) -> Briefing:
    """Compute every figure as at the statement's day and keep it; what was answered before is answered anew.

    ``ledger`` is what verification said just before; ``tell`` hears of steps 2 and 3.
    Raises NotPermitted, NotYours, NotNow.
    """
    locked = lock_statement(statement)
    check_may_draft(locked, by)
    made = Briefing(
        statement=locked, at=now, by=by, ledger_ok=ledger.ok, ledger_says=ledger.says,
        ledger_seq=ledger.head.seq, ledger_head=ledger.head.hash,
    )  # fmt: skip
    made.save()
    tell(2, None)
    found = figures(locked.agency, locked.day)
    tell(3, None)
    bulk.create([_figure(made, place, one) for place, one in enumerate(found, start=1)])
    tiers = {one.reference: TIERS.get(one.residual, NOT_RATED) for one in third_party(locked.agency, locked.day)}
    _keep_exceptions(made, found, tiers)
    locked.state = StatementState.ANSWERING
    locked.save()
    tell_whose_turn(locked, by, now)
    return made


def _figure(briefing: Briefing, place: int, one: Figure) -> StatementFigure:
    return StatementFigure(
        briefing=briefing, place=place, part=one.part, key=one.key, label=one.label, definition=one.definition,
        value=one.value, of=one.of, unknown=one.unknown, later=one.later, says=one.says, wanted=one.wanted,
        rows=[[row.reference, row.title, row.url, row.note] for row in one.rows],
    )  # fmt: skip


def _keep_exceptions(briefing: Briefing, found: Iterable[Figure], tiers: Mapping[str, str]) -> None:
    """Every line of a figure that has to be answered for, by requirement and tier of risk.

    The tiers of the plan repeat what all of it says, so only the whole is looked at.
    """
    groups: dict[tuple[str, str], StatementGroup] = {}
    rows: list[StatementRow] = []
    for figure in (one for one in found if not one.key.startswith("plan.") or one.key == "plan.all.overdue"):
        lines = [(tiers.get(row.reference, NOT_RATED), row) for row in figure.rows if row.outcome]
        for place, (tier, row) in enumerate(sorted(lines, key=lambda one: ORDER.index(one[0]))):
            key = (figure.key, tier)
            if key not in groups:
                groups[key] = StatementGroup(
                    briefing=briefing, place=len(groups), key=figure.key, title=figure.label, tier=tier
                )
            rows.append(
                StatementRow(
                    group=groups[key], place=place, reference=row.reference, title=row.title[:300], url=row.url,
                    outcome=row.outcome, note=row.note,
                )
            )  # fmt: skip
    bulk.create(list(groups.values()))
    bulk.create(rows)
