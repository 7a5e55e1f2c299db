"""Give a leaver's part in an agreement to somebody else."""

from agreements.actions.changes import changing
from agreements.errors import NotNow, NotYours
from agreements.models import Agreement
from people.models import Person, User
from people.permissions import check_may
from people.roles import Permission
from records.acting import action


@action
def hand_over_agreement(*, agreement: Agreement, field: str, leaver: Person, to: Person, by: User) -> Agreement:
    """Put ``to`` where ``leaver`` stood in ``field`` (owner, manager and so on).

    Who hands over needs no right to edit agreements, so it changes nothing else: a part that somebody else has by now
    stays theirs. Raises NotYours, NotNow, NotPermitted.
    """
    check_may(by, Permission.HAND_OVER)
    with changing(agreement, by) as locked:
        if locked.agency_id != by.agency.pk or to.agency_id != by.agency.pk:
            raise NotYours("This agreement belongs to another agency")
        now = getattr(locked, field)
        if now != leaver:
            raise NotNow(f"{now or 'Nobody'} has this part of {locked.reference} by now: nothing is left to hand over")
        setattr(locked, field, to)
        locked.save()
    return locked
