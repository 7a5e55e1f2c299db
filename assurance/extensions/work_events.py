"""What assurance work puts on the timeline of an agreement: activities, findings, actions, what providers were asked.

What the register schedules by itself is no event; what people did about it is.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import CharField, DateTimeField, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Concat, TruncDate
from django.urls import reverse

from agreements.extensions import Event
from agreements.upkeep import use_of
from assurance.extensions.event_parts import Row, part
from assurance.models import (
    EXERCISES,
    Activity,
    ActivityKind,
    ActivityOutcome,
    ActivityStep,
    AskedAgreement,
    FindingStep,
    NamedSubcontractor,
    StepKind,
)
from records.words import nz_date

K = ActivityKind
MOST = 300  # characters
MARKS = {
    StepKind.OPENED: "open",
    StepKind.DONE: "to_verify",
    StepKind.VERIFIED: "verified",
    StepKind.ACCEPTED: "gap",
    StepKind.CLOSED: "closed",
}


def parts(agreement: int) -> "list[QuerySet[Any, Any]]":
    """The rows, as event_parts.part() names them, for one query with whatever else the timeline asks for."""
    return [*_of_activities(agreement), _of_findings(agreement), *_of_providers(agreement)]


def _of_activities(agreement: int) -> "list[QuerySet[Any, Any]]":
    activities = Activity.objects.filter(agreement=agreement)
    steps = ActivityStep.objects.filter(activity__agreement=agreement)
    done = activities.filter(done_on__isnull=False).exclude(provider_asked__outcome__in=ActivityOutcome.values)
    off = activities.filter(cancelled_on__isnull=False, scheduled=False)
    ended, code = Cast("cancelled_on", DateTimeField()), {"asked": "code", "what": "kind"}
    return [
        part("steps", steps, at="at", day=TruncDate("at"), asked="activity__code", what="activity__kind", why="why",
             about="said"),
        part("looked", done, "done_by", at="done_at", day="done_on", about="outcome", note="summary", **code),
        part("called_off", off, "cancelled_by", at=ended, day="cancelled_on", why="cancelled_why", **code),
    ]  # fmt: skip


def _of_findings(agreement: int) -> "QuerySet[Any, Any]":
    steps = FindingStep.objects.filter(finding__agreement=agreement)
    about = Coalesce("action__what", "finding__title", output_field=CharField())
    return part("found", steps, at="at", day="on", asked="finding__code", what="kind", why="why", about=about,
                note="said")  # fmt: skip


def _of_providers(agreement: int) -> "list[QuerySet[Any, Any]]":
    rows = AskedAgreement.objects.filter(agreement=agreement)
    named = NamedSubcontractor.objects.filter(asked__agreement=agreement)
    answered = Concat("asking__answered_by", Value(", "), "asking__position", output_field=CharField())
    asked: dict[str, Any] = {"asked": "asking__reference", "about": "asking__organisation__name"}
    told: dict[str, Any] = {"asked": "asked__asking__reference", "about": "name"}
    return [
        part("asked", rows, "asking__asked_by", at="asking__asked_at", day="asking__due_on", **asked),
        part("confirmed", rows.exclude(outcome=""), who=answered, at="asking__submitted_at",
             day=TruncDate("asking__submitted_at"), what="outcome", **asked),
        part("asked_no_more", rows.filter(asking__withdrawn_at__isnull=False), "asking__withdrawn_by",
             at="asking__withdrawn_at", day=TruncDate("asking__withdrawn_at"), why="asking__withdrawn_why", **asked),
        part("named", named, who="asked__asking__organisation__name", at="named_at", day=TruncDate("named_at"),
             note="does", **told),
        part("taken_up", named.filter(taken_up_at__isnull=False), "taken_up_by", at="taken_up_at",
             day=TruncDate("taken_up_at"), why="taken_up_what", **told),
    ]  # fmt: skip


def _step(row: Row) -> Event:
    said = f"{ActivityKind(row.what).label}: {row.about[:1].lower()}{row.about[1:]}"
    return Event(row.at, said, row.who, why=row.why, url=_activity(row))


def _looked(row: Row) -> Event:
    kind = ActivityKind(row.what)
    said, code = f"{kind.label} done: {ActivityOutcome(row.about).label.lower()}", EXERCISES[kind]
    note = f"{short(row.note)} It counts as a use of provision {code}."
    return Event(row.at, said, row.who, row.about, row.day, note=note, url=_activity(row), tells=use_of(code))


def _called_off(row: Row) -> Event:
    said = f"{ActivityKind(row.what).label} called off"
    return Event(row.at, said, row.who, "called_off", row.day, why=row.why, url=_activity(row))


def _found(row: Row) -> Event:
    kind, url = StepKind(row.what), reverse("finding", args=[row.asked])
    why = "" if kind == StepKind.ADDED else short(row.why)  # what has to be done stands in the line itself
    note = f"{row.note[:1].upper()}{row.note[1:]}"
    return Event(row.at, f"{kind.label}: {row.about}", row.who, MARKS.get(kind, "change"), row.day, why, note, url)


def _asked(row: Row) -> Event:
    note = f"To be answered by {nz_date(row.day)}"
    return Event(row.at, f"{row.about} asked to confirm", row.who, note=note, url=_request(row))


def _confirmed(row: Row) -> Event:
    said, code = f"{row.about} answered: {ActivityOutcome(row.what).label.lower()}", EXERCISES[K.CONFIRMATION]
    note = f"Through its link. It counts as a use of provision {code}."
    return Event(row.at, said, row.who, row.what, note=note, url=_request(row), tells=use_of(code))


def _asked_no_more(row: Row) -> Event:
    return Event(row.at, f"{row.about} asked no more", row.who, "withdrawn", why=row.why, url=_request(row))


def _named(row: Row) -> Event:
    return Event(row.at, f"Subcontractor named: {row.about}", row.who, "open", note=short(row.note), url=_request(row))


def _taken_up(row: Row) -> Event:
    return Event(row.at, f"Subcontractor taken up: {row.about}", row.who, why=row.why, url=_request(row))


def _activity(row: Row) -> str:
    return reverse("activity", args=[row.asked])


def _request(row: Row) -> str:
    return reverse("provider_request", args=[row.asked])


def short(words: str) -> str:
    """The beginning of what somebody wrote: the page behind the event has the rest."""
    return words if len(words) <= MOST else f"{words[: MOST - 1]}…"


EVENTS: dict[str, Callable[[Row], Event]] = {
    "steps": _step,
    "looked": _looked,
    "called_off": _called_off,
    "found": _found,
    "asked": _asked,
    "confirmed": _confirmed,
    "asked_no_more": _asked_no_more,
    "named": _named,
    "taken_up": _taken_up,
}
