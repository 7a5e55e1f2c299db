"""Who looks after a breach, what shows it, and a link that was a mistake: each said in its log."""

from datetime import datetime

from django.utils.timezone import localdate

from agreements.actions.changes import check_and_save, refuse
from agreements.errors import NotNow
from agreements.models import Agreement
from assurance.actions.breach import check_may_keep, lock_breach, log
from assurance.actions.kept_file import keep
from assurance.actions.saying import check_give, check_hand_over, in_words
from assurance.due.breach import breaches_due
from assurance.models import BreachAgreement, BreachFile, BreachStep, BreachStepKind, PrivacyBreach
from people.models import Person, User
from people.roles import Permission
from records.acting import action

K = BreachStepKind


@action
def add_breach_file(
    *, breach: PrivacyBreach, what: str, name: str, content: bytes, by: User, now: datetime
) -> BreachFile:
    """Keep a file that shows something. Raises NotAccepted (the file), NotPermitted, NotYours, NotNow."""
    what, kept = in_words("what", what, "Say what it shows"), keep(name, content, by, now)
    locked = lock_breach(breach)
    check_may_keep(locked, by)
    if locked.files.filter(file=kept["file"]).exists():
        raise NotNow("This very file is here already")
    made = BreachFile(breach=locked, what=what, **kept)
    check_and_save(made)
    log(locked, K.FILE, f"{what}: {made.file_name}", now, by, now)
    return made


def check_may_unlink(breach: PrivacyBreach, user: User) -> None:
    """It is open and about an agreement. Raises NotPermitted, NotYours, NotNow."""
    check_may_keep(breach, user)
    if not breach.agreement_links.standing().exists():
        raise NotNow("No agreement is linked")


@action
def set_link_aside(
    *, breach: PrivacyBreach, agreement: Agreement, why: str, by: User, now: datetime
) -> BreachAgreement:
    """Say that it is not about this agreement after all. The link stays on record with the reason and its moment.

    Raises NotPermitted, NotYours, NotNow, ValidationError.
    """
    locked = lock_breach(breach)
    check_may_keep(locked, by)
    link = locked.agreement_links.standing().filter(agreement=agreement).first()
    if link is None:
        raise refuse("agreement", f"{agreement.reference} is not linked")
    why = in_words("why", why, "Say why: the reason stands with the link")
    link.set_aside(why, by, now)
    check_and_save(link)
    log(locked, K.UNLINKED, f"It is not about {agreement.reference}: {why}", now, by, now)
    return link


@action
def give_breach(*, breach: PrivacyBreach, owner: Person, by: User, now: datetime) -> BreachStep:
    """Say who looks after it; all who keep breaches are told of its clock as before.

    Raises NotPermitted, NotYours, NotNow, ValidationError.
    """
    locked = lock_breach(breach)
    check_may_keep(locked, by)
    check_give(owner, locked, Permission.KEEP_BREACHES, localdate(now))
    return _give(locked, owner, f"Given to {owner}", by, now)


@action
def hand_over_breach(*, breach: PrivacyBreach, leaver: Person, to: Person, by: User, now: datetime) -> BreachStep:
    """Put ``to`` where the leaver looked after it; by who hands over, who need not read it.

    Raises NotPermitted, NotYours, NotNow.
    """
    locked = lock_breach(breach)
    check_hand_over(locked, leaver, to, Permission.KEEP_BREACHES, by, localdate(now))
    if locked.closed_at:
        raise NotNow("It was closed: nothing is left to hand over")
    return _give(locked, to, f"Handed over from {leaver} to {to}", by, now)


def _give(breach: PrivacyBreach, owner: Person, said: str, by: User, now: datetime) -> BreachStep:
    breach.owner = owner
    check_and_save(breach)
    made = log(breach, K.OWNER, said, now, by, now)
    breaches_due(localdate(now))
    return made
