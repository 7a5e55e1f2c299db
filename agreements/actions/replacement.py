"""Say that one agreement takes the place of another; both show it."""

from datetime import datetime

from django.utils.timezone import localdate

from agreements.actions.changes import finish, lock, refuse
from agreements.choices import Status
from agreements.errors import NotYours
from agreements.models import Agreement, StatusChange
from agreements.policies.agreement import check_may_edit
from people.models import User
from records.acting import action

AROUND = "This agreement takes the place of that one, directly or through others: it cannot be the other way round too"


@action
def set_replaced(*, agreement: Agreement, replaced: Agreement | None, by: User, now: datetime) -> Agreement:
    """Make ``agreement`` take the place of ``replaced``, or of none; each gets a row of record.

    Nothing else changes: the older one is ended, or not, on its own page. Raises NotYours, NotNow, NotPermitted, and
    ValidationError at ``replaced`` for one that is withdrawn, replaced already, or would make a circle.
    """
    keys = sorted({agreement.pk, *([replaced.pk] if replaced else [])})
    locked = {key: lock(Agreement(pk=key)) for key in keys}
    new, old = locked[agreement.pk], locked[replaced.pk] if replaced else None
    check_may_edit(new, by)
    if old is not None:
        _check(new, old, by)
    if new.replaces_id == (old.pk if old else None):
        return new
    new.replaces = old
    new.save()
    _note(new, "replaces" if old else "replaces_no_more", by, now, old.reference if old else "")
    if old is not None:
        _note(old, "replaced", by, now, new.reference)
        finish(old, by, localdate(now))
    finish(new, by, localdate(now))
    return new


def _check(new: Agreement, old: Agreement, by: User) -> None:
    if old.agency_id != by.agency.pk:
        raise NotYours("This agreement belongs to another agency")
    if old.pk == new.pk:
        raise refuse("replaced", "An agreement does not replace itself: choose another")
    if old.status == Status.WITHDRAWN:
        raise refuse("replaced", "It was withdrawn: there is nothing to replace")
    newer = Agreement.objects.filter(replaces=old).exclude(pk=new.pk).first()
    if newer:
        raise refuse("replaced", f"{newer.reference} takes its place already")
    before = old.replaces
    while before is not None:
        if before.pk == new.pk:
            raise refuse("replaced", AROUND)
        before = before.replaces


def _note(agreement: Agreement, step: str, by: User, now: datetime, why: str) -> None:
    StatusChange(
        agreement=agreement, terms=agreement.current_terms, step=step, source=agreement.status,
        target=agreement.status, by=by, at=now, on=localdate(now), why=why,
    ).save()  # fmt: skip
