"""What is decided about a breach, whom it was told, what was done, and its end: each a row that stands."""

from datetime import datetime

from django.utils.timezone import localdate

from agreements.actions.changes import check_and_save, refuse
from agreements.errors import NotNow, NotYours
from assurance.actions.breach import check_may_keep, lock_breach, log
from assurance.actions.saying import check_answered, in_words
from assurance.due.breach import breaches_due
from assurance.models import BreachDecision, BreachKind, BreachStep, BreachStepKind, PrivacyBreach
from people.models import User
from people.permissions import check_may
from people.roles import Permission
from records.acting import action
from records.choices import YesNoUnknown
from records.words import nz_datetime

NEAR_MISS = "Nobody’s privacy was breached in a near miss: there is nobody to notify. Say first that it is a breach"


def check_may_decide(breach: PrivacyBreach, user: User) -> None:
    """An open breach, and no near miss. Raises NotPermitted, NotYours, NotNow."""
    check_may_keep(breach, user)
    if breach.kind == BreachKind.NEAR_MISS:
        raise NotNow(NEAR_MISS)


@action
def decide_breach(*, breach: PrivacyBreach, notifiable: bool, reasons: str, by: User, now: datetime) -> BreachDecision:
    """Decide whether it has to be notified; a later decision stands beside the earlier one, and counts.

    Raises NotPermitted, NotYours, NotNow, ValidationError.
    """
    locked = lock_breach(breach)
    check_may_decide(locked, by)
    reasons = in_words("reasons", reasons, "Say why: the reasons stand beside the decision")
    if not notifiable and locked.commissioner_at:
        raise refuse("notifiable", "The Commissioner was notified already: it was treated as notifiable")
    made = BreachDecision(breach=locked, notifiable=notifiable, reasons=reasons, by=by, at=now)
    check_and_save(made)
    locked.notifiable = YesNoUnknown.YES if notifiable else YesNoUnknown.NO
    check_and_save(locked)
    word = "It has to be notified" if notifiable else "It does not have to be notified"
    log(locked, BreachStepKind.DECIDED, f"{word}: {reasons}", now, by, now)
    breaches_due(localdate(now))
    return made


@action
def commissioner_notified(
    *, breach: PrivacyBreach, at: datetime, reference: str, by: User, now: datetime
) -> PrivacyBreach:
    """Record when the Privacy Commissioner was notified and under which reference (section 114).

    Raises NotPermitted, NotYours, NotNow, ValidationError.
    """
    locked = lock_breach(breach)
    check_may_decide(locked, by)
    _check_moment(locked, at, now)
    if locked.notifiable == YesNoUnknown.NO:
        raise NotNow("It was decided that it does not have to be notified: decide again first")
    locked.commissioner_at, locked.commissioner_reference = at, reference.strip()
    check_and_save(locked)
    said = f"The Commissioner was notified on {nz_datetime(at)}"
    said += f", reference {reference.strip()}" if reference.strip() else ", no reference yet"
    log(locked, BreachStepKind.COMMISSIONER, said, at, by, now)
    breaches_due(localdate(now))
    return locked


@action
def people_notified(
    *, breach: PrivacyBreach, at: datetime | None, how: str, why_not: str, by: User, now: datetime
) -> PrivacyBreach:
    """Record when and how people were notified, or why they are told later or not (sections 115 and 116).

    Raises NotPermitted, NotYours, NotNow, ValidationError.
    """
    locked = lock_breach(breach)
    check_may_decide(locked, by)
    if at is None and not why_not.strip():
        raise refuse("at", "Say when they were notified; or below, why they are told later or not")
    if at is not None:
        _check_moment(locked, at, now)
        if not how.strip():
            raise refuse("how", "Say how: by letter, by telephone, by public notice")
        locked.people_at, locked.people_how = at, how.strip()
        log(locked, BreachStepKind.PEOPLE, f"People were notified on {nz_datetime(at)}: {how.strip()}", at, by, now)
    if why_not.strip():
        locked.people_why_not = why_not.strip()
        log(locked, BreachStepKind.PEOPLE_NOT, f"Told later, or not told: {why_not.strip()}", now, by, now)
    check_and_save(locked)
    return locked


@action
def add_breach_step(*, breach: PrivacyBreach, at: datetime, said: str, by: User, now: datetime) -> BreachStep:
    """Write into the log what was done and when. Raises NotPermitted, NotYours, NotNow, ValidationError."""
    locked = lock_breach(breach)
    check_may_keep(locked, by)
    said = in_words("said", said, "Say what was done")
    if at > now:
        raise refuse("at", "Write it down once it is done: this moment has not come yet")
    return log(locked, BreachStepKind.NOTE, said, at, by, now)


@action
def close_breach(*, breach: PrivacyBreach, lessons: str, by: User, now: datetime) -> PrivacyBreach:
    """Close it with what was learned, once everybody who has to be told was told.

    Raises NotPermitted, NotYours, NotNow, ValidationError.
    """
    locked = lock_breach(breach)
    check_may_close(locked, by)
    lessons = in_words("lessons", lessons, "Say what was learned: what would stop it from happening again")
    locked.lessons, locked.closed_at, locked.closed_by = lessons, now, by
    check_and_save(locked)
    log(locked, BreachStepKind.CLOSED, f"Closed. Learned: {lessons}", now, by, now)
    breaches_due(localdate(now))
    return locked


def check_may_close(breach: PrivacyBreach, user: User) -> None:
    """Nothing is left to decide or to tell. Raises NotPermitted, NotYours, NotNow with what is left."""
    check_may_keep(breach, user)
    if breach.kind == BreachKind.NEAR_MISS or breach.notifiable == YesNoUnknown.NO:
        return
    if breach.notifiable == YesNoUnknown.UNKNOWN:
        raise NotNow("Decide first whether it has to be notified")
    if breach.commissioner_at is None:
        raise NotNow("The Commissioner has not been notified yet")
    if breach.people_at is None and not breach.people_why_not:
        raise NotNow("Say first when people were notified, or why they are told later or not")


@action
def reopen_breach(*, breach: PrivacyBreach, why: str, by: User, now: datetime) -> PrivacyBreach:
    """Open it again, with a reason. Raises NotPermitted, NotYours, NotNow, ValidationError."""
    locked = lock_breach(breach)
    check_may_reopen(locked, by)
    why = in_words("why", why, "Say why it is opened again")
    locked.closed_at, locked.closed_by = None, None
    check_and_save(locked)
    log(locked, BreachStepKind.REOPENED, f"Opened again: {why}", now, by, now)
    breaches_due(localdate(now))
    return locked


def check_may_reopen(breach: PrivacyBreach, user: User) -> None:
    """It is closed. Raises NotPermitted, NotYours, NotNow."""
    check_may(user, Permission.KEEP_BREACHES)
    if breach.agency_id != user.agency.pk:
        raise NotYours("This breach is another agency’s")
    check_answered(breach.closed_at)


def _check_moment(breach: PrivacyBreach, at: datetime, now: datetime) -> None:
    """Not ahead, and not before anybody knew."""
    if at > now:
        raise refuse("at", "This moment has not come yet")
    if at < breach.aware_at:
        raise refuse("at", f"Nobody knew before {nz_datetime(breach.aware_at)}: one of the two is wrong")
