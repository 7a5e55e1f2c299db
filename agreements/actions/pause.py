"""Pause an organisation, and lift the pause: both by a delegate, with a reason (domain.md 6, F12; 8.5 rule 15)."""

from datetime import date, datetime

from django.utils.timezone import localdate

from agreements.actions.changes import check_and_save, refuse, tell_of
from agreements.errors import NotNow, NotYours
from agreements.models import Agreement, Organisation, Pause
from people.models import Power, User
from people.permissions import NotPermitted, holds_power
from records.acting import action


def check_may_pause(user: User, on: date) -> None:
    """The person holds a delegation to pause organisations on that day. Raises NotPermitted."""
    if not (user.person and holds_power(user.person, Power.PAUSE, on)):
        raise NotPermitted("Pausing an organisation, and lifting a pause, needs a delegation to do so")


@action
def pause_organisation(*, organisation: Organisation, reason: str, by: User, now: datetime) -> Pause:
    """Nothing new is agreed with the organisation from now on. Raises NotPermitted, NotNow, ValidationError."""
    check_may_pause(by, localdate(now))
    locked = Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)
    if locked.merged_into_id:
        raise NotNow(f"It was merged into {locked.merged_into}: pause that one")
    if locked.agency_id == by.agency.pk:
        raise NotNow("This is your own agency")
    if not reason.strip():
        raise refuse("reason", "Say why it is paused: the reason is kept with the pause")
    pause = Pause(organisation=locked, agency=by.agency, reason=reason.strip(), by=by, on=localdate(now), at=now)
    check_and_save(pause)
    _tell(pause, by, now)
    return pause


@action
def lift_pause(*, pause: Pause, reason: str, by: User, now: datetime) -> Pause:
    """Let agreements with the organisation go on. Raises NotPermitted, NotYours, NotNow, ValidationError."""
    check_may_pause(by, localdate(now))
    locked = Pause.objects.select_for_update(of=("self",), no_key=True).get(pk=pause.pk)
    if locked.agency_id != by.agency.pk:
        raise NotYours("Another agency set this pause: only that agency lifts it")
    if locked.lifted_on:
        raise NotNow("It was lifted already")
    if not reason.strip():
        raise refuse("reason", "Say why it is lifted: the reason is kept with the pause")
    locked.lifted_on, locked.lifted_by, locked.lifted_why = localdate(now), by, reason.strip()
    check_and_save(locked)
    _tell(locked, by, now)
    return locked


def _tell(pause: Pause, by: User, now: datetime) -> None:
    """Every agreement of the agency with this party is looked at again."""
    found = Agreement.objects.filter(agency=pause.agency, current_terms__parties__organisation=pause.organisation)
    tell_of(found, by, localdate(now))
