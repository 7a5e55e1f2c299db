"""What the daily tick finds due of assurance work (settings.TICK_STEPS): activities, and actions about findings."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import OuterRef, Subquery

from agreements.due.agreement import SOON, Answering
from assurance.due.provider import days_of
from assurance.models import Action, ActionState, Activity, FindingStep, StepKind
from people.actions.notice import keep_notices
from people.actions.system import system_user
from people.calendar import Day
from people.models import NoticeKind, User
from people.notices import Due, who_may
from people.permissions import may
from people.roles import Permission
from records.words import nz_date

K = NoticeKind
PEOPLE = ("agreement", "responsible", "agreement__manager", "agreement__owner")


def activities_due(on: date) -> int:
    """Tell of every activity that is due within 30 days, and again once it is late."""
    return keep_notices(
        kinds=(K.ACTIVITY_DUE, K.ACTIVITY_LATE), found=list(_activities(on)), on=on, by=system_user("tick")
    )


def actions_due(on: date) -> int:
    """Tell of every action that is due within 30 days, and again once it is late; who verifies, and what came back."""
    kinds = (K.ACTION_DUE, K.ACTION_LATE, K.VERIFY_ASKED, K.ACTION_BACK)
    found = [*_actions(on), *_to_verify(on), *_sent_back(on)]
    return keep_notices(kinds=kinds, found=found, on=on, by=system_user("tick"))


def _activities(on: date) -> Iterator[Due]:
    """To who does it; where nobody here does, to those who answer for the agreement."""
    answering = Answering(on)
    rows = Activity.objects.open().filter(due_on__lte=on + timedelta(days=SOON)).select_related(*PEOPLE)
    for one in rows.order_by("pk").iterator():
        late, who = one.due_on < on, one.answering
        text = f"{one.get_kind_display()} of {one.agreement.reference} {'was' if late else 'is'} due on "
        people = answering.among(one.agreement.agency_id, who.pk if who else None)
        for person in people:
            kind = K.ACTIVITY_LATE if late else K.ACTIVITY_DUE
            yield Due(person, kind, one.code, one.due_on, text + nz_date(one.due_on), one.get_absolute_url())


def _actions(on: date) -> Iterator[Due]:
    """To its owner, whatever else they may read; the finding itself is not named: mail travels further."""
    rows = Action.objects.filter(state=ActionState.OPEN, due_on__lte=on + timedelta(days=SOON), owner__left_on=None)
    for one in rows.select_related("finding").order_by("pk").iterator():
        late = one.due_on < on
        text = f"An action about a finding {'was' if late else 'is'} due on {nz_date(one.due_on)}"
        kind = K.ACTION_LATE if late else K.ACTION_DUE
        yield Due(one.owner_id, kind, one.code, one.due_on, text, one.get_absolute_url())


def _to_verify(on: date) -> Iterator[Due]:
    """To everybody who may verify it: neither its owner nor who said that it is done."""
    verifiers = who_may(Permission.VERIFY_ACTIONS, on)
    rows = Action.objects.filter(state=ActionState.DONE, done_on__lte=on).select_related("finding", "done_by")
    for one in rows.order_by("pk"):
        for person in sorted(verifiers.get(one.finding.agency_id, set()) - {one.owner_id, _person(one.done_by)}):
            text, day = "An action about a finding is said to be done and waits to be verified", one.done_on or on
            yield Due(person, K.VERIFY_ASKED, one.code, day, text, one.get_absolute_url())


def _sent_back(on: date) -> Iterator[Due]:
    """To its owner, until they say again that it is done, or it is moved."""
    newest = FindingStep.objects.filter(action=OuterRef("pk")).order_by("-at", "-pk")
    rows = Action.objects.filter(state=ActionState.OPEN, owner__left_on=None).select_related("finding")
    back = rows.annotate(last=Subquery(newest.values("kind")[:1]), since=Subquery(newest.values("on")[:1]))
    for one in back.filter(last=StepKind.SENT_BACK, since__lte=on).order_by("pk"):
        text = f"An action about a finding came back to you: something is missing. It is due on {nz_date(one.due_on)}"
        yield Due(one.owner_id, K.ACTION_BACK, one.code, one.since, text, one.get_absolute_url())


def _person(user: User | None) -> int | None:
    return user.person_id if user else None


def readable_activities(user: User, codes: list[str]) -> dict[str, str]:
    """The agreements of those activities that the user may read now (settings.NOTICE_READERS)."""
    if not may(user, Permission.READ_AGREEMENTS):
        return {}
    rows = Activity.objects.visible_to(user).filter(code__in=codes)
    return dict(rows.values_list("code", "agreement__title"))


def readable_actions(user: User, codes: list[str]) -> dict[str, str]:
    """What those actions ask for, of which the user may read now."""
    return dict(Action.objects.visible_to(user).filter(code__in=codes).values_list("code", "what"))


def calendar_of(user: User) -> list[Day]:
    """The days by which the user has activities and actions to do, and awaits providers; passed ones too."""
    found = days_of(user)
    if may(user, Permission.READ_AGREEMENTS):
        rows = Activity.objects.visible_to(user).open().answered_by(user.person_id).select_related("agreement")
        found += [
            Day(f"{one.get_kind_display()} of {one.agreement.reference}", one.due_on, one.get_absolute_url())
            for one in rows.order_by("due_on", "pk")
        ]
    actions = Action.objects.visible_to(user).filter(owner=user.person_id, state=ActionState.OPEN)
    listed = actions.select_related("finding").order_by("due_on", "pk")
    return found + [Day("Action about a finding", one.due_on, one.get_absolute_url()) for one in listed]
