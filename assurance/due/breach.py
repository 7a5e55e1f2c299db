"""Notices about breaches: at once, in the hours that count, and late (settings.TICK_STEPS; recording one calls it too).

They travel by mail: never what happened, nor to whom.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localdate

from assurance.breach_clock import guidance_ends
from assurance.models import BreachSeverity, PrivacyBreach
from people.actions.notice import keep_notices
from people.actions.system import system_user
from people.calendar import Day
from people.models import NoticeKind, Person, User
from people.notices import Due, heads_of_agencies, who_may
from people.roles import Permission
from records.actions.mail import Letter, queue_many
from records.words import nz_date, nz_datetime

K = NoticeKind
KINDS = (K.BREACH_NEW, K.BREACH_DUE, K.BREACH_LATE)
ABOUT = "A privacy breach"


def breaches_due(on: date) -> int:
    """Tell whoever keeps breaches of each whose clock runs: at once, on the day its 72 hours end, and after it.

    The head of the agency hears too where it is serious, or once the 72 hours are over.
    """
    return keep_notices(kinds=KINDS, found=list(_found(on)), on=on, by=system_user("tick"))


def _found(on: date) -> Iterator[Due]:
    keepers, heads = who_may(Permission.KEEP_BREACHES, on), heads_of_agencies(on)
    for one in PrivacyBreach.objects.running().order_by("pk"):
        ends = localdate(guidance_ends(one))
        if ends < on:
            kind, day, text = K.BREACH_LATE, ends, f"72 hours since anybody knew were over on {nz_date(ends)}"
        elif ends <= on + timedelta(days=1):
            kind, day, text = K.BREACH_DUE, ends, f"72 hours since anybody knew are over on {nz_date(ends)}"
        else:
            kind, day, text = K.BREACH_NEW, localdate(one.recorded_at), "Decide whether it has to be notified"
        told = set(keepers.get(one.agency_id, ()))
        if kind == K.BREACH_LATE or one.severity == BreachSeverity.SERIOUS:
            told |= heads.get(one.agency_id, set())
        for person in sorted(told):
            yield Due(person, kind, one.reference, day, f"{one.reference}: {text}", _url(one))


def tell_of_serious(breach: PrivacyBreach, now: datetime) -> int:
    """One mail at once, to whoever keeps breaches and the head, where it is serious; how many are new."""
    if breach.severity != BreachSeverity.SERIOUS or not breach.clock_runs:
        return 0
    on = localdate(now)
    told = who_may(Permission.KEEP_BREACHES, on).get(breach.agency_id, set())
    told = told | heads_of_agencies(on).get(breach.agency_id, set())
    letters = [_letter(breach, person) for person in Person.objects.filter(pk__in=told).order_by("pk")]
    return queue_many(agency=breach.agency.code, letters=letters, by=system_user("tick"), now=now)


def _letter(breach: PrivacyBreach, person: Person) -> Letter:
    text = (
        f"A serious privacy breach was recorded: {breach.reference}.\n\n"
        f"Somebody has known since {nz_datetime(breach.aware_at)}. The Privacy Commissioner is to be notified of a "
        "notifiable breach as soon as practicable.\n\n"
        f"{settings.PUBLIC_ADDRESS.rstrip('/')}{_url(breach)}\n"
    ).replace("\N{NO-BREAK SPACE}", " ")
    key = f"serious breach {breach.pk} {person.pk}"
    return Letter(key, person.email, "A serious privacy breach was recorded", text, ABOUT)


def readable(user: User, references: list[str]) -> dict[str, str]:
    """The breaches that the user may read now (settings.NOTICE_READERS), without a title."""
    rows = PrivacyBreach.objects.visible_to(user).filter(reference__in=references)
    return dict.fromkeys(rows.values_list("reference", flat=True), "")


def calendar_of(user: User) -> list[Day]:
    """When 72 hours end of the breaches given to the user whose clock runs."""
    rows = PrivacyBreach.objects.visible_to(user).running().filter(owner=user.person_id).order_by("pk")
    return [Day(f"{one.reference}: 72 hours end", localdate(guidance_ends(one)), _url(one)) for one in rows]


def _url(breach: PrivacyBreach) -> str:
    return reverse("breach", args=[breach.reference])
