"""Ask a provider to confirm, send the link again, replace it, withdraw the request, and take up who it named."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from agreements.actions.changes import check_and_save, refuse
from agreements.errors import NotNow, NotYours
from agreements.models import Agreement, Organisation
from assurance.actions.activity import plan_activity
from assurance.actions.numbering import next_number
from assurance.actions.saying import why_not_to
from assurance.models import (
    OPENS_FOR,
    Activity,
    ActivityKind,
    AskedAgreement,
    NamedSubcontractor,
    ProviderRequest,
    ProviderStep,
    ProviderStepKind,
)
from assurance.policies.provider import (
    ELSEWHERE,
    check_can_ask_about,
    check_may_ask,
    check_may_change_request,
    check_may_take_up,
)
from assurance.provider.letters import asking
from people.models import Person, User
from people.permissions import check_may
from people.roles import Permission
from records.acting import action
from records.actions.mail import queue_many
from records.words import nz_date

FIELDS = ("contact", "email", "due_on", "ring", "note")


@action
def ask_provider(
    *, organisation: Organisation, agreements: Sequence[Agreement], values: Mapping[str, Any], by: User, now: datetime
) -> ProviderRequest:
    """Mail one organisation a link about some of its agreements. Each is a confirmation that is then due.

    Raises NotPermitted, NotYours, NotNow, ValidationError naming the field.
    """
    check_may_ask(by)
    today = localdate(now)
    if not agreements:
        raise refuse("agreements", "Choose at least one agreement")
    _check_day(values["due_on"], today)
    made = ProviderRequest(agency=by.agency, organisation=organisation, asked_by=by, asked_at=now)
    for name in FIELDS:
        setattr(made, name, values[name])
    made.reference = next_number(ProviderRequest.objects.all(), by.agency, "ASK")
    check_and_save(made)
    for one in sorted(agreements, key=lambda each: each.pk):
        check_can_ask_about(one, organisation, by, today)
        check_and_save(AskedAgreement(asking=made, agreement=one, activity=_activity(one, made, by, now)))
    _mail(made, by, now)
    return made


@action
def send_again(*, request: ProviderRequest, by: User, now: datetime) -> ProviderRequest:
    """Mail the same link once more, for another while; earlier mails of it still open. Raises NotNow and so on."""
    locked = _lock(request, by)
    return _mailed_again(locked, ProviderStepKind.AGAIN, locked.due_on, "", by, now)


@action
def extend_request(*, request: ProviderRequest, due_on: date, why: str, by: User, now: datetime) -> ProviderRequest:
    """Give the provider until a later day, and mail the same link with it. Raises ValidationError, NotNow and so on.

    A finding that it was late stands: it was.
    """
    locked = _lock(request, by)
    before = locked.due_on
    _check_day(due_on, localdate(now))
    if due_on <= before:
        raise refuse("due_on", f"It is to be answered by {nz_date(before)}: choose a later day")
    if not why.strip():
        raise refuse("why", "Say why: the reason stands with the request")
    locked.due_on = due_on
    return _mailed_again(locked, ProviderStepKind.EXTENDED, before, why, by, now)


@action
def replace_link(*, request: ProviderRequest, contact: str, email: str, by: User, now: datetime) -> ProviderRequest:
    """Mail a new link, perhaps to somebody else; earlier ones open no more. What was answered stays."""
    locked = _lock(request, by)
    locked.contact, locked.email = " ".join(contact.split()), email
    locked.version, locked.mails, locked.misdirected_at = locked.version + 1, 0, None
    return _mailed_again(locked, ProviderStepKind.REPLACED, locked.due_on, "", by, now)


@action
def withdraw_request(*, request: ProviderRequest, why: str, by: User, now: datetime) -> ProviderRequest:
    """Ask no more; its link opens no more. The activities stay due: another request, or somebody here, does them."""
    locked = _lock(request, by)
    if not why.strip():
        raise refuse("why", "Say why: the reason stands with the request")
    locked.withdrawn_at, locked.withdrawn_by, locked.withdrawn_why = now, by, " ".join(why.split())
    check_and_save(locked)
    return locked


@action
def take_up_subcontractor(*, named: NamedSubcontractor, what: str, by: User, now: datetime) -> NamedSubcontractor:
    """Say what was done about somebody whom the provider named. Raises NotPermitted, NotYours, NotNow."""
    rows = NamedSubcontractor.objects.select_for_update(of=("self",), no_key=True)
    locked = rows.select_related("asked__asking").get(pk=named.pk)
    check_may_take_up(locked, by)
    if not what.strip():
        raise refuse("what", "Say what was done: recorded with the contract, or not agreed to and why")
    locked.taken_up_at, locked.taken_up_by, locked.taken_up_what = now, by, " ".join(what.split())
    check_and_save(locked)
    return locked


@action
def hand_over_request(
    *, request: ProviderRequest, leaver: Person, to: Person, by: User, now: datetime
) -> ProviderRequest:
    """Let ``to`` follow up what a leaver asked; the provider can contact them from now on.

    Raises NotPermitted, NotYours, NotNow.
    """
    check_may(by, Permission.HAND_OVER)
    rows = ProviderRequest.objects.select_for_update(of=("self",), no_key=True).select_related("asked_by")
    locked: ProviderRequest = rows.get(pk=request.pk)
    if by.agency.pk != locked.agency_id or to.agency_id != locked.agency_id:
        raise NotYours(ELSEWHERE)
    if not locked.is_waiting or locked.follower_id != leaver.pk:
        raise NotNow("It was answered or withdrawn, or somebody else follows it up: nothing is left to hand over")
    why = why_not_to(to, Permission.ASK_PROVIDERS, localdate(now))
    if why:
        raise NotYours(why)
    locked.owner, locked.ring = to, f"{to}, {to.email}"
    check_and_save(locked)
    return locked


def _lock(request: ProviderRequest, by: User) -> ProviderRequest:
    rows = ProviderRequest.objects.select_for_update(of=("self",), no_key=True)
    locked: ProviderRequest = rows.select_related("agency", "organisation", "asked_by__person").get(pk=request.pk)
    check_may_change_request(locked, by)
    return locked


def _mailed_again(
    locked: ProviderRequest, kind: ProviderStepKind, before: date, why: str, by: User, now: datetime
) -> ProviderRequest:
    """Keep the request with the step that changed it, and mail its link."""
    locked.mails += 1
    check_and_save(locked)
    step = ProviderStep(asking=locked, kind=kind, to=locked.email, due_before=before, due_on=locked.due_on, by=by)
    step.at, step.why = now, " ".join(why.split())
    check_and_save(step)
    _mail(locked, by, now)
    return locked


def _check_day(due_on: date, today: date) -> None:
    if due_on < today:
        raise refuse("due_on", f"{nz_date(due_on)} has passed: choose a day that can still be met")
    if due_on > today + OPENS_FOR:
        raise refuse("due_on", f"A link opens for {OPENS_FOR.days} days: choose a day before it ends")


def _activity(agreement: Agreement, request: ProviderRequest, by: User, now: datetime) -> Activity:
    """The confirmation that is due already and that nobody else is asked for, else one planned now."""
    taken = AskedAgreement.objects.filter(agreement=agreement, asking__withdrawn_at=None).values("activity")
    due = Activity.objects.open().filter(agreement=agreement, kind=ActivityKind.CONFIRMATION).exclude(pk__in=taken)
    found = due.order_by("due_on", "pk").first()
    if found:
        return found
    values = {
        "kind": ActivityKind.CONFIRMATION, "due_on": request.due_on, "responsible": None,
        "asked": f"{request.organisation} is asked through a link"[:2000],
    }  # fmt: skip
    why = f"{request.organisation} is asked to confirm by {nz_date(request.due_on)}"
    return plan_activity(agreement=agreement, values=values, why=why, by=by, now=now)


def _mail(request: ProviderRequest, by: User, now: datetime) -> None:
    titles = list(request.asked.order_by("pk").values_list("agreement__title", flat=True))
    queue_many(agency=request.agency.code, letters=[asking(request, titles)], by=by, now=now)
