"""Notices about concerns: to who handles them, to the head of the agency once late, to who raised one by name.

They travel by mail: never what was raised, nor by whom. The answer by the receipt code is the only way to somebody
anonymous.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Max
from django.urls import reverse

from assurance.models import Concern, ConcernStep, ConcernStepKind
from people.actions.notice import keep_notices
from people.actions.system import system_user
from people.calendar import Day
from people.models import NoticeKind, Person, User
from people.notices import Due, heads_of_agencies, who_may
from people.permissions import may
from people.roles import Permission
from records.words import nz_date

K = NoticeKind
KINDS = (K.CONCERN_NEW, K.CONCERN_DUE, K.CONCERN_LATE, K.CONCERN_TOLD)
SOON = timedelta(days=7)
TOLD_FOR = timedelta(days=14)  # how long what is new about one's own concern stays on the list


def concerns_due(on: date) -> int:
    """Tell who handles each concern what is to be done by when; late ones the head of the agency too."""
    return keep_notices(kinds=KINDS, found=[*_found(on), *_new_to_raisers(on)], on=on, by=system_user("tick"))


def _found(on: date) -> Iterator[Due]:
    handlers, heads = who_may(Permission.HANDLE_CONCERNS, on), heads_of_agencies(on)
    here = set(Person.objects.here_on(on).filter(user__is_active=True).values_list("pk", flat=True))
    for one in Concern.objects.open().order_by("pk"):
        day = one.due_on()
        all_of_them = handlers.get(one.agency_id, set())
        mine = {key for key in (one.owner_id,) if key in here and key is not None}
        acting = {key for key in mine or all_of_them if key != one.raised_by_id}
        if day is None or (one.acknowledged_on and day > on + SOON):
            continue
        url = reverse("concern", args=[one.reference])
        kind, text = _said(one, day, on)
        told = [(person, url) for person in sorted(acting)]
        if kind == K.CONCERN_LATE:
            told += [(head, reverse("concern_counts")) for head in sorted(heads.get(one.agency_id, set()) - acting)]
        for person, page in told:
            if person != one.raised_by_id:
                yield Due(person, kind, one.reference, day, text, page)


def _said(one: Concern, day: date, on: date) -> tuple[NoticeKind, str]:
    what = "answered" if one.acknowledged_on else "acknowledged"
    if day < on:
        return K.CONCERN_LATE, f"{one.reference} was to be {what} by {nz_date(day)}, and is not"
    kind = K.CONCERN_DUE if one.acknowledged_on else K.CONCERN_NEW
    return kind, f"{one.reference} is to be {what} by {nz_date(day)}"


def _new_to_raisers(on: date) -> Iterator[Due]:
    """What is new for those who raised one by name. Whoever is anonymous has their code, and nobody to tell."""
    told = [ConcernStepKind.ACKNOWLEDGED, ConcernStepKind.ASKED, ConcernStepKind.CLOSED, ConcernStepKind.REOPENED]
    rows = ConcernStep.objects.filter(kind__in=told, on__gt=on - TOLD_FOR, concern__raised_by__isnull=False)
    newest = rows.values("concern__raised_by", "concern__reference").annotate(day=Max("on")).order_by()
    for person, reference, day in newest.values_list("concern__raised_by", "concern__reference", "day"):
        text = f"There is something new about {reference}, which you raised"
        yield Due(person, K.CONCERN_TOLD, f"Own {reference}", day, text, reverse("my_concern", args=[reference]))


def readable(user: User, references: list[str]) -> dict[str, str]:
    """The concerns that the user may hear of now (settings.NOTICE_READERS), without a title."""
    own = [f"Own {one}" for one in Concern.objects.raised_by_user(user).values_list("reference", flat=True)]
    seen = Concern.objects.visible_to(user)
    if may(user, Permission.READ_BREACHES):  # how late they are, without what they say
        seen = seen | Concern.objects.filter(agency=user.agency, escalated_on__isnull=False)
    handled = seen.filter(reference__in=references).values_list("reference", flat=True)
    return dict.fromkeys([*own, *handled], "")


def calendar_of(user: User) -> list[Day]:
    """By when the user answers concerns given to them."""
    rows = Concern.objects.visible_to(user).open().filter(owner=user.person_id).order_by("pk")
    return [Day(one.reference, one.answer_by, reverse("concern", args=[one.reference])) for one in rows]
