"""Draft a written assurance, change its words, comment, withdraw, and record to whom a signed one went."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from agreements.actions.changes import check_and_save, refuse
from agreements.digest import digest
from agreements.errors import NotNow, NotYours
from assurance.due.statement import statements_due, tell_whose_turn
from assurance.models import RowAnswer, Statement, StatementComment, StatementSent, StatementState
from assurance.policies.statement import check_day, check_may_draft, check_open, holders, newest_briefing
from people.models import Person, User
from people.permissions import check_may
from people.roles import Permission
from records.acting import action
from records.errors import Refused
from records.locks import hold

WORDS = (
    "period_from", "period_to", "addressee", "covering", "implemented", "implemented_why", "deputy", "signatory",
    "corrects_why", "sign_by",
)  # fmt: skip


class ChangedMeanwhile(Refused):
    """Somebody changed the words after this person opened them; nothing was saved and nothing typed is lost."""


@action
def draft_statement(
    *, values: Mapping[str, Any], by: User, now: datetime, corrects: Statement | None = None
) -> Statement:
    """Begin a statement as at a day; ``corrects`` is the signed one that it takes the place of.

    Raises NotPermitted, NotNow (a day in the future, or before the first record), ValidationError.
    """
    check_may_draft(None, by)
    today = localdate(now)
    check_day(by.agency, values["day"], today)
    if corrects is not None and (corrects.agency_id != by.agency.pk or not corrects.is_signed):
        raise NotNow("Only a signed statement of your own agency is corrected")
    made = Statement(agency=by.agency, day=values["day"], corrects=corrects, drafted_by=by, drafted_at=now)
    made.code = _next_code(by, values["day"])
    _say(made, values, today)
    check_and_save(made)
    return made


def _next_code(by: User, day: date) -> str:
    """MCW-WA-2026-1: of the agency, the year it is about, and counted up."""
    hold(f"statement {by.agency.pk}")
    stem = f"{by.agency.code}-WA-{day.year}-"
    return f"{stem}{Statement.objects.filter(code__startswith=stem).count() + 1}"


def _say(made: Statement, values: Mapping[str, Any], today: date) -> None:
    for name in WORDS:
        if name in values:
            setattr(made, name, values[name])
    if made.deputy_id == made.signatory_id:
        raise refuse("deputy", "Whoever signs does not answer for the exceptions: choose somebody else")
    if made.deputy not in holders(made.agency, Permission.READ_STATEMENTS, today):
        raise refuse("deputy", "Choose somebody who may read statements")
    if made.signatory not in holders(made.agency, Permission.SIGN_STATEMENTS, today):
        raise refuse("signatory", f"Choose the {made.agency.head_title}: nobody else signs")


@action
def change_words(*, statement: Statement, values: Mapping[str, Any], seen: str, by: User, now: datetime) -> Statement:
    """Change what is said, never a figure. ``seen`` is the digest of words_of() when the person opened it.

    Raises NotPermitted, NotYours, NotNow, ChangedMeanwhile, ValidationError.
    """
    locked = lock_statement(statement)
    check_may_draft(locked, by)
    if digest(words_of(locked)) != seen:
        raise ChangedMeanwhile("Somebody changed these words after you opened them: read them below, and save again")
    if values.get("deputy", locked.deputy) != locked.deputy:
        _check_nothing_answered(locked)
    _say(locked, values, localdate(now))
    check_and_save(locked)
    tell_whose_turn(locked, by, now)
    return locked


def _check_nothing_answered(statement: Statement) -> None:
    """Nobody is named for what somebody else has answered."""
    briefing = newest_briefing(statement)
    if RowAnswer.objects.filter(row__group__briefing=briefing).exists():
        anew = "take the figures anew first, and whoever is named then answers all of it"
        raise refuse("deputy", f"{statement.deputy} has answered exceptions already: {anew}")


def words_of(statement: Statement) -> dict[str, Any]:
    """What can be changed until it is signed."""
    return {name: getattr(statement, name) for name in WORDS}


@action
def comment_on(*, statement: Statement, text: str, by: User, now: datetime) -> StatementComment:
    """Say something of a statement that is being made. Raises NotPermitted, NotYours, NotNow, ValidationError."""
    check_may(by, Permission.READ_STATEMENTS)
    locked = lock_statement(statement)
    if locked.agency_id != by.agency.pk:
        raise NotYours("This statement belongs to another agency")
    check_open(locked)
    made = StatementComment(statement=locked, text=text.strip(), by=by, at=now)
    check_and_save(made)
    return made


@action
def withdraw_statement(*, statement: Statement, why: str, by: User, now: datetime) -> Statement:
    """Give up a statement that is not signed. Raises NotPermitted, NotYours, NotNow, ValidationError."""
    locked = lock_statement(statement)
    check_may_draft(locked, by)
    if not why.strip():
        raise refuse("why", "Say why it is withdrawn")
    locked.state, locked.withdrawn_why = StatementState.WITHDRAWN, why.strip()
    check_and_save(locked)
    statements_due(localdate(now))
    return locked


@action
def hand_over_statement(
    *, statement: Statement, part: str, leaver: Person, to: Person, by: User, now: datetime
) -> Statement:
    """Put ``to`` where the leaver was named as ``part``: deputy or signatory. Words, figures and answers stand.

    Raises NotPermitted, NotYours, NotNow (somebody else is named by now, or ``to`` may not be).
    """
    check_may(by, Permission.HAND_OVER)
    locked = lock_statement(statement)
    if locked.agency_id != by.agency.pk:
        raise NotYours("This statement belongs to another agency")
    if not locked.is_open or getattr(locked, part) != leaver:
        raise NotNow("It is over, or somebody else is named by now: nothing is left to hand over")
    _check_takes_over(locked, part, to, localdate(now))
    setattr(locked, part, to)
    check_and_save(locked)
    tell_whose_turn(locked, by, now)
    return locked


def _check_takes_over(statement: Statement, part: str, to: Person, today: date) -> None:
    needed = Permission.SIGN_STATEMENTS if part == "signatory" else Permission.READ_STATEMENTS
    if to not in holders(statement.agency, needed, today):
        raise NotNow(f"{to} holds no role that may do this: {needed.lower()}")
    if to in (statement.deputy, statement.signatory):
        raise NotNow("Whoever signs does not answer for the exceptions: choose somebody else")


@action
def note_sent(*, statement: Statement, values: Mapping[str, Any], by: User, now: datetime) -> StatementSent:
    """Record to whom a signed statement went. Raises NotPermitted, NotYours, NotNow, ValidationError."""
    check_may(by, Permission.DRAFT_STATEMENTS)
    locked = lock_statement(statement)
    if locked.agency_id != by.agency.pk:
        raise NotYours("This statement belongs to another agency")
    if not locked.is_signed:
        raise NotNow("Only a signed statement is sent")
    if values["on"] > localdate(now) or values["on"] < locked.signing.signed_on:
        raise refuse("on", "Give a day from the signing to today")
    made = StatementSent(statement=locked, by=by, at=now, **values)
    check_and_save(made)
    return made


def lock_statement(statement: Statement) -> Statement:
    """As it stands now, locked until the transaction ends."""
    rows = Statement.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("agency", "deputy", "signatory", "drafted_by__person").get(pk=statement.pk)
