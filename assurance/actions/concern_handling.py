"""Handle a concern: acknowledge it, ask, note, give it to somebody, answer it. Never by who raised it."""

from datetime import date, datetime

from django.utils.timezone import localdate

from agreements.actions.changes import check_and_save, refuse
from agreements.errors import NotNow, NotYours
from assurance.actions.concern import lock_concern, say
from assurance.actions.saying import check_answered, check_give, check_hand_over, check_unanswered, in_words
from assurance.due.concern import concerns_due
from assurance.models import Concern, ConcernOutcome, ConcernStep, ConcernStepKind
from people.models import Person, User
from people.permissions import check_may
from people.roles import Permission
from records.acting import action
from records.words import nz_date

K = ConcernStepKind


def check_may_handle(concern: Concern, user: User) -> None:
    """Handles concerns of this agency, did not raise it, and it is open. Raises NotPermitted, NotYours, NotNow."""
    _check_whose(concern, user)
    check_unanswered(concern.closed_on)


def check_may_acknowledge(concern: Concern, user: User) -> None:
    """The same, and nobody has acknowledged it yet."""
    check_may_handle(concern, user)
    if concern.acknowledged_on:
        raise NotNow(f"It was acknowledged on {nz_date(concern.acknowledged_on)}")


def check_may_reopen_concern(concern: Concern, user: User) -> None:
    """It is closed."""
    _check_whose(concern, user)
    check_answered(concern.closed_on)


def _check_whose(concern: Concern, user: User) -> None:
    check_may(user, Permission.HANDLE_CONCERNS)
    if concern.agency_id != user.agency.pk:
        raise NotYours("This concern is another agency’s")
    if concern.raised_by_id is not None and concern.raised_by_id == user.person_id:
        raise NotYours("You raised this yourself: somebody else handles it")


@action
def acknowledge_concern(*, concern: Concern, said: str, by: User, now: datetime) -> ConcernStep:
    """Tell whoever raised it that it was read and what happens next. Raises NotPermitted, NotYours, NotNow."""
    locked, on = lock_concern(concern), localdate(now)
    check_may_acknowledge(locked, by)
    said = in_words("said", said, "Say what happens next: whoever raised it reads this")
    locked.acknowledged_on = on
    check_and_save(locked)
    return _told(locked, K.ACKNOWLEDGED, said, by, on, shown=True)


@action
def ask_raiser(*, concern: Concern, said: str, by: User, now: datetime) -> ConcernStep:
    """Ask whoever raised it; they see it with their code, or signed in. Raises NotPermitted, NotYours, NotNow."""
    locked = lock_concern(concern)
    check_may_handle(locked, by)
    said = in_words("said", said, "Write the question")
    return _told(locked, K.ASKED, said, by, localdate(now), shown=True)


@action
def note_step(*, concern: Concern, said: str, shown: bool, by: User, now: datetime) -> ConcernStep:
    """Note what was done, for those who handle it or for whoever raised it too. Raises as the others do."""
    locked = lock_concern(concern)
    check_may_handle(locked, by)
    said = in_words("said", said, "Say what was done")
    return _told(locked, K.NOTE, said, by, localdate(now), shown=shown)


@action
def give_concern(*, concern: Concern, owner: Person, answer_by: date, by: User, now: datetime) -> ConcernStep:
    """Give it to somebody of the agency, with the day of its answer. Raises as the others do."""
    locked, on = lock_concern(concern), localdate(now)
    check_may_handle(locked, by)
    check_give(owner, locked, Permission.HANDLE_CONCERNS, on)
    if owner.pk == locked.raised_by_id:
        raise refuse("owner", "They raised it themselves: somebody else handles it")
    if answer_by != locked.answer_by and answer_by < on:
        raise refuse("answer_by", f"{nz_date(answer_by)} has passed")
    locked.owner, locked.answer_by = owner, answer_by
    check_and_save(locked)
    return _told(locked, K.OWNER, f"Given to {owner}, to be answered by {nz_date(answer_by)}", by, on, shown=False)


@action
def hand_over_concern(*, concern: Concern, leaver: Person, to: Person, by: User, now: datetime) -> ConcernStep:
    """Put ``to`` where the leaver looked into it; by who hands over, who need not read it.

    Raises NotPermitted, NotYours, NotNow.
    """
    locked, on = lock_concern(concern), localdate(now)
    check_hand_over(locked, leaver, to, Permission.HANDLE_CONCERNS, by, on)
    check_unanswered(locked.closed_on)
    if to.pk == locked.raised_by_id:
        raise NotYours(f"{to} raised it: somebody else handles it")
    locked.owner = to
    check_and_save(locked)
    return _told(locked, K.OWNER, f"Handed over from {leaver} to {to}", by, on, shown=False)


@action
def close_concern(*, concern: Concern, outcome: str, answer: str, by: User, now: datetime) -> ConcernStep:
    """Answer it: what came of it stands where whoever raised it reads it. There is no closing without.

    Raises NotPermitted, NotYours, NotNow, ValidationError.
    """
    locked, on = lock_concern(concern), localdate(now)
    check_may_handle(locked, by)
    answer = in_words("answer", answer, "Say what came of it: nothing is closed without telling whoever raised it")
    locked.outcome, locked.answer, locked.closed_on, locked.closed_by = outcome, answer, on, by
    locked.acknowledged_on = locked.acknowledged_on or on
    check_and_save(locked)
    label = ConcernOutcome(outcome).label
    return _told(locked, K.CLOSED, f"{label}. {answer}", by, on, shown=True)


@action
def reopen_concern(*, concern: Concern, why: str, by: User, now: datetime) -> ConcernStep:
    """Open it again; whoever raised it is told why. Raises NotPermitted, NotYours, NotNow, ValidationError."""
    locked = lock_concern(concern)
    check_may_reopen_concern(locked, by)
    why = in_words("why", why, "Say why: whoever raised it reads this")
    locked.closed_on = locked.closed_by = None
    check_and_save(locked)
    return _told(locked, K.REOPENED, why, by, localdate(now), shown=True)


@action
def escalate_concern(*, concern: Concern, on: date, by: User) -> ConcernStep | None:
    """Note that it waits too long and that the head of the agency is told; once. None where it was noted before."""
    locked = lock_concern(concern)
    if locked.escalated_on or locked.closed_on:
        return None
    locked.escalated_on = on
    check_and_save(locked)
    what = "acknowledged" if locked.acknowledged_on is None else "answered"
    said = f"It was not {what} by its day. The head of the agency was told"
    return say(locked, K.ESCALATED, said, by, on, shown=True)


def _told(concern: Concern, kind: ConcernStepKind, said: str, by: User, on: date, *, shown: bool) -> ConcernStep:
    made = say(concern, kind, said, by, on, shown=shown)
    concerns_due(on)
    return made
