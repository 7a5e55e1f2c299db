"""Answer for the exceptions of a statement: the deputy says what is done, the head of the agency accepts or returns."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.timezone import localdate

from agreements.actions.changes import check_and_save, refuse
from agreements.errors import NotNow
from assurance.actions.statement import lock_statement
from assurance.due.statement import tell_whose_turn
from assurance.models import GroupAnswer, GroupDecision, RowAnswer, StatementGroup
from assurance.policies.statement import check_is_signatory, check_may_answer_rows, newest_briefing
from assurance.statement.groups import GroupState, group_states
from people.models import User
from records import bulk
from records.acting import action


@action
def answer_rows(
    *, group: StatementGroup, rows: Sequence[int], what: str, by_when: date, by: User, now: datetime
) -> int:
    """Say for these exceptions of a group what is done and by when; how many. Only the accountable deputy.

    Raises NotYours, NotNow, ValidationError.
    """
    statement = lock_statement(group.briefing.statement)
    check_may_answer_rows(statement, by)
    state = _state(group)
    if state.is_accepted:
        raise NotNow("This group was accepted: what was said stands")
    chosen = [one.row for one in state.rows if one.row.pk in set(rows)]
    if not chosen:
        raise refuse("rows", "Choose at least one exception")
    if not what.strip():
        raise refuse("what", "Say what is done")
    if by_when < localdate(now):
        raise refuse("by_when", "This day has passed: say by when it will be done")
    bulk.create([RowAnswer(row=one, what=what.strip(), by_when=by_when, by=by, at=now) for one in chosen])
    tell_whose_turn(statement, by, now)
    return len(chosen)


@action
def answer_group(
    *, group: StatementGroup, decision: str, why: str, by: User, now: datetime, seen: str | None = None
) -> GroupAnswer:
    """Accept a group with a reason, or return it to the deputy. Only the head of the agency who signs.

    ``seen`` is GroupState.seen of what stood before them: what was answered since is not accepted unread.
    Raises NotYours, NotPermitted, NotNow, ValidationError.
    """
    statement = lock_statement(group.briefing.statement)
    check_is_signatory(statement, by, localdate(now))
    state = _state(group)
    if state.is_accepted:
        raise NotNow("You have accepted this group already")
    if seen is not None and seen != state.seen:
        raise NotNow(f"{statement.deputy} answered after you opened this: read it as it stands now, and answer again")
    if decision == GroupDecision.ACCEPTED and state.open:
        many = len(state.open)
        raise NotNow(f"{statement.deputy} has not answered {many} exception{'s' if many > 1 else ''} of this group yet")
    if not why.strip():
        raise refuse("why", "Say why: your reason stands in the statement")
    made = GroupAnswer(group=group, decision=decision, why=why.strip(), by=by, at=now)
    check_and_save(made)
    tell_whose_turn(statement, by, now)
    return made


def _state(group: StatementGroup) -> GroupState:
    newest = newest_briefing(group.briefing.statement)
    if newest is None or newest.pk != group.briefing_id:
        raise NotNow("The figures were taken anew: answer the exceptions as they stand now")
    return group_states(newest, only=group.pk)[0]
