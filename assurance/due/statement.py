"""Whose turn it is in a written assurance: told on the list, by mail at once, and on the day in the calendar.

Each action of a statement calls ``tell_whose_turn``; the tick does it too (settings.TICK_STEPS). What a mail says is in
statement_letters.py.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from assurance.figures.base import figures
from assurance.models import Briefing, GroupDecision, Statement
from assurance.models.statement import OPEN
from assurance.policies.statement import newest_briefing
from assurance.statement.groups import GroupState, group_states
from assurance.statement.letters import letters_of
from people.actions.notice import keep_notices
from people.actions.system import system_user
from people.calendar import Day
from people.models import NoticeKind, Person, User
from people.notices import Due, who_may
from people.permissions import may
from people.roles import Permission
from records.actions.mail import queue_many
from records.words import nz_date

K = NoticeKind
TURNS = (K.STATEMENT_ANSWER, K.STATEMENT_ACCEPT, K.STATEMENT_SIGN, K.STATEMENT_WORDS, K.STATEMENT_RETURNED)
SAYS = {
    K.STATEMENT_ANSWER: "Exceptions of {code} wait for {who} to say what is done about them",
    K.STATEMENT_ACCEPT: "Exceptions of {code} are answered and wait for {who} to accept or return them",
    K.STATEMENT_SIGN: "{code} waits for {who} to sign it",
    K.STATEMENT_WORDS: "Every exception of {code} is accepted: its words are left to write",
    K.STATEMENT_RETURNED: "A group of exceptions of {code} was returned, and is answered anew",
    K.STATEMENT_MOVED: "Figures of {code} say something else as at today than when they were taken",
}


@dataclass(frozen=True)
class Turn:
    """Something that waits for somebody: since which day, and what it is told once for (the key of its mail)."""

    kind: NoticeKind
    statement: Statement
    briefing: Briefing
    since: date
    event: str
    groups: tuple[GroupState, ...]


def turns_of(statement: Statement, briefing: Briefing | None) -> Iterator[Turn]:
    """What waits now. Four queries; nothing of a statement that is over, or without figures."""
    if briefing is None or not statement.is_open:
        return
    groups = group_states(briefing)
    with_deputy = [one for one in groups if one.open]
    with_head = [one for one in groups if not one.open and not one.is_accepted]
    returned = [one for one in with_deputy if one.answer]

    def turn(kind: NoticeKind, about: list[GroupState], event: object = "", since: date | None = None) -> Turn:
        told = f"{kind.value} {briefing.pk} {event}".strip()
        return Turn(kind, statement, briefing, since or localdate(briefing.at), told, tuple(about))

    if with_deputy:
        yield turn(
            K.STATEMENT_ANSWER,
            with_deputy,
            max((localdate(one.answer.at) for one in returned if one.answer), default=""),
        )
    if with_head:
        newest = max(one.answer.pk for each in with_head for one in each.rows if one.answer)
        yield turn(K.STATEMENT_ACCEPT, with_head, newest)
    for one in returned:
        if one.answer and one.answer.decision == GroupDecision.RETURNED:
            day = localdate(one.answer.at)
            yield turn(K.STATEMENT_RETURNED, [one], day, day)
    if not with_deputy and not with_head:
        ready = statement.covering.strip() and statement.implemented
        yield turn(K.STATEMENT_SIGN if ready else K.STATEMENT_WORDS, groups)


def statements_due(on: date) -> int:
    """Keep on each list whose turn it is; what was done since is taken off it."""
    here = _here(on)
    found = [due for turn in _turns() for due in _due(turn, here, on)]
    return keep_notices(kinds=TURNS, found=found, on=on, by=system_user("tick"))


def statements_kept(on: date) -> int:
    """What the tick does: whose turn it is, and which figures moved."""
    return statements_due(on) + figures_moved(on)


def figures_moved(on: date) -> int:
    """Tell who drafted, once a taking, that figures as at today say something else than those to be signed."""
    here = _here(on)
    turns = {turn.statement.pk: turn for turn in _turns()}
    moved = [turn for turn in turns.values() if localdate(turn.briefing.at) < on and _moved(turn, on)]
    found = [
        _told(K.STATEMENT_MOVED, turn.statement, localdate(turn.briefing.at), person)
        for turn in moved
        for person in _drafters(turn.statement, here, on)
    ]
    return keep_notices(kinds=[K.STATEMENT_MOVED], found=found, on=on, by=system_user("tick"))


def _moved(turn: Turn, on: date) -> bool:
    now = {one.key: one.words for one in figures(turn.statement.agency, on)}
    return any(now.get(one.key) != one.words for one in turn.briefing.figures.defer("rows"))


def _turns() -> Iterator[Turn]:
    rows = Statement.objects.filter(state__in=OPEN).select_related(
        "agency", "deputy", "signatory", "drafted_by__person"
    )
    for one in rows.order_by("pk"):
        yield from turns_of(one, newest_briefing(one))


def _due(turn: Turn, here: set[int], on: date) -> Iterator[Due]:
    """To whose turn it is; where they cannot sign in, to who drafted it, who can name somebody else."""
    people, who = _answering(turn, here, on), "you"
    if not people:
        named = turn.statement.deputy if turn.kind == K.STATEMENT_ANSWER else turn.statement.signatory
        people, who = _drafters(turn.statement, here, on), f"{named}, who cannot sign in,"
    for person in people:
        yield _told(turn.kind, turn.statement, turn.since, person, who)


def _told(kind: NoticeKind, statement: Statement, since: date, person: int, who: str = "you") -> Due:
    until = f", to be signed by {nz_date(statement.sign_by)}" if statement.sign_by else ""
    text = SAYS[kind].format(code=statement.code, who=who) + until
    return Due(person, kind, statement.code, since, text, statement.get_absolute_url())


def _answering(turn: Turn, here: set[int], on: date) -> list[int]:
    """Who acts, as far as they can sign in; what somebody who left was to do is on the hand-over list as well."""
    one = turn.statement
    if turn.kind in (K.STATEMENT_WORDS, K.STATEMENT_RETURNED):
        return _drafters(one, here, on)
    person = one.deputy_id if turn.kind == K.STATEMENT_ANSWER else one.signatory_id
    return [person] if person in here else []


def _drafters(statement: Statement, here: set[int], on: date) -> list[int]:
    """Who drafted it; where they left, everybody who drafts."""
    person = statement.drafted_by.person_id
    if person in here:
        return [person] if person else []
    return sorted(who_may(Permission.DRAFT_STATEMENTS, on).get(statement.agency_id, set()))


def _here(on: date) -> set[int]:
    return set(Person.objects.here_on(on).filter(user__is_active=True).values_list("pk", flat=True))


def tell_whose_turn(statement: Statement, by: User, now: datetime) -> None:
    """Keep the lists, and write at once to whoever else has something to do with it now: never twice for one event.

    The head of the agency hears once everything is answered, not with each group; of what was returned one mail a day.
    """
    on = localdate(now)
    statements_due(on)
    here, turns = _here(on), list(turns_of(statement, newest_briefing(statement)))
    with_deputy = any(turn.kind == K.STATEMENT_ANSWER for turn in turns)
    letters = [
        letter
        for turn in turns
        if not (with_deputy and turn.kind == K.STATEMENT_ACCEPT)
        for letter in letters_of(turn, [one for one in _answering(turn, here, on) if one != by.person_id])
    ]
    queue_many(agency=statement.agency.code, letters=letters, by=system_user("tick"), now=now)


def readable(user: User, codes: list[str]) -> dict[str, str]:
    """Those of the codes that the user may read now, with the agency's words for it (settings.NOTICE_READERS)."""
    if not may(user, Permission.READ_STATEMENTS):
        return {}
    rows = Statement.objects.visible_to(user).filter(code__in=codes)
    return {one.code: f"Written assurance as at {nz_date(one.day)}" for one in rows}


def calendar_of(user: User) -> list[Day]:
    """The days by which statements are to be signed that the user drafts, answers or signs."""
    if not may(user, Permission.READ_STATEMENTS):
        return []
    rows = Statement.objects.visible_to(user).filter(state__in=OPEN, sign_by__isnull=False).order_by("sign_by", "pk")
    mine = [one for one in rows if user.person_id in (one.deputy_id, one.signatory_id) or one.drafted_by_id == user.pk]
    return [Day(f"{one} to be signed", one.sign_by, one.get_absolute_url()) for one in mine if one.sign_by]
