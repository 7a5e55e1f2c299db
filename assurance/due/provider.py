"""What the daily tick finds of what providers were asked (settings.TICK_STEPS): late, and told to whoever asked."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils import timezone
from django.utils.timezone import localdate

from assurance.actions.provider_confirmation import open_late_finding
from assurance.models import AskedAgreement, ProviderRequest
from people.actions.notice import keep_notices
from people.actions.system import system_user
from people.calendar import Day
from people.models import NoticeKind, User
from people.notices import Due, who_may
from people.permissions import may
from people.roles import Permission
from records.words import nz_date

K = NoticeKind
KINDS = (K.PROVIDER_ANSWERED, K.PROVIDER_DUE, K.PROVIDER_LATE, K.PROVIDER_CLOSES, K.PROVIDER_ASTRAY)
SOON = timedelta(days=7)  # before the day by which to answer, and before a link opens no more
TOLD_FOR = timedelta(days=14)  # how long an answer stays on the list


def providers_kept(on: date) -> int:
    """Open findings about what is late, and tell whoever asked; how many findings and changed notices."""
    return provider_requests_late(on) + askers_told(on)


def provider_requests_late(on: date) -> int:
    """Open a finding for each agreement about which a provider did not answer in time, once; how many."""
    waiting = AskedAgreement.objects.filter(asking__submitted_at=None, asking__withdrawn_at=None, late_finding=None)
    by, now = system_user("tick"), timezone.now()
    rows = waiting.filter(asking__due_on__lt=on).order_by("pk")
    return sum(open_late_finding(asked=one, on=on, by=by, now=now) is not None for one in rows)


def askers_told(on: date) -> int:
    """Tell whoever asked that a provider answered, is to answer soon, is late, or cannot: its link went or closes."""
    return keep_notices(kinds=KINDS, found=list(_found(on)), on=on, by=system_user("tick"))


def _found(on: date) -> Iterator[Due]:
    askers = who_may(Permission.ASK_PROVIDERS, on)
    answered = ProviderRequest.objects.filter(submitted_at__date__gt=on - TOLD_FOR, submitted_at__date__lte=on)
    rows = ProviderRequest.objects.waiting() | answered
    for one in rows.select_related("asked_by").prefetch_related("asked__agreement", "steps").order_by("pk"):
        for kind, day, text in _said(one, on):
            for person in _hears(one, askers.get(one.agency_id, set())):
                yield Due(person, kind, one.reference, day, f"{one.reference} {text}", one.get_absolute_url())


def _hears(one: ProviderRequest, askers: set[int]) -> list[int]:
    """Who follows it up; once they ask no more, who manages the agreements; where nobody does, everybody who asks."""
    manage = askers & {asked.agreement.manager_id for asked in one.asked.all()}
    return sorted(askers & {one.follower_id} or manage or askers)


def _said(one: ProviderRequest, on: date) -> Iterator[tuple[NoticeKind, date, str]]:
    if one.submitted_at:
        words = "was answered, with a gap" if one.with_a_gap else "was answered"
        yield K.PROVIDER_ANSWERED, localdate(one.submitted_at), words
        return
    if one.misdirected_at:
        yield K.PROVIDER_ASTRAY, localdate(one.misdirected_at), "reached somebody else: send a new link"
        return
    if one.due_on < on:
        yield K.PROVIDER_LATE, one.due_on, f"was to be answered by {nz_date(one.due_on)}, and is not"
        if one.link_until <= on + SOON:
            text = f"has a link that opens no more after {nz_date(one.link_until)}: send it again"
            yield K.PROVIDER_CLOSES, one.link_until, text
    elif one.due_on <= on + SOON:
        yield K.PROVIDER_DUE, one.due_on, f"is to be answered by {nz_date(one.due_on)}, and is not yet"


def readable(user: User, references: list[str]) -> dict[str, str]:
    """The organisations of those requests, where the user may read them (settings.NOTICE_READERS)."""
    if not may(user, Permission.READ_AGREEMENTS):
        return {}
    rows = ProviderRequest.objects.visible_to(user).filter(reference__in=references)
    return dict(rows.values_list("reference", "organisation__name"))


def days_of(user: User) -> list[Day]:
    """The days by which the providers that the user follows up are to answer, passed ones too."""
    if not may(user, Permission.ASK_PROVIDERS):
        return []
    rows = ProviderRequest.objects.visible_to(user).waiting().followed_by(user.person_id).order_by("due_on", "pk")
    return [Day(f"Answer to {one.reference}", one.due_on, one.get_absolute_url()) for one in rows]
