"""Part 9: assurance performed, what is late, and findings open and closed (domain.md 8.4; F7).

What was true on the day and recorded by its end counts: activities and findings stand once they are over, and what
was due on a past day is read from the steps that moved it.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from assurance.figures.base import Figure, Row, page_of
from assurance.models import (
    Activity,
    ActivityKind,
    ActivityOutcome,
    ActivityStep,
    Finding,
    FindingStep,
    RiskAcceptance,
    Severity,
    StepKind,
)
from people.models import Agency
from records.as_at import end_of
from records.words import nz_date

YEAR = timedelta(days=365)
DONE = "Done in the twelve months up to the day, each with evidence, and recorded by the end of it."
LATE = "Scheduled or planned, due before the day, and neither done nor called off on it."
KINDS, OUTCOMES, SEVERITIES = dict(ActivityKind.choices), dict(ActivityOutcome.choices), dict(Severity.choices)
OF_A_FINDING = ("pk", "agreement__reference", "code", "title", "severity", "opened_at", "closed_at", "closed_on")
OPEN = "Found on or before the day and not closed on it. One whose risk is accepted is open."


def figures_of(agency: Agency, as_at: date) -> list[Figure]:
    """Activities and findings; five queries."""
    until = end_of(as_at)
    return [*_activities(agency, as_at, until), *_findings(agency, as_at, until)]


def _activities(agency: Agency, as_at: date, until: datetime) -> list[Figure]:
    since = as_at - YEAR
    rows = Activity.objects.filter(agreement__agency=agency, done_on__gt=since, done_on__lte=as_at)
    done = list(_told(rows.order_by("done_on", "pk"), "agreement__reference", "code", "kind", "outcome", "done_at"))
    known = [one for one in done if one.done_at and one.done_at < until]
    later = len(done) - len(known)
    whole = Figure("work.done", "Assurance activities done", DONE, len(known), rows=_lines(known), later=later)
    by_kind = [
        Figure(f"work.done.{kind.value}", str(kind.label), DONE, len(found), rows=_lines(found))
        for kind in ActivityKind
        if (found := [one for one in known if one.kind == kind])
    ]
    poor = [one for one in known if one.outcome != "satisfactory"]
    said = "Of those, what was satisfactory in part, or not."
    return [
        whole,
        *by_kind,
        Figure("work.poor", "Not satisfactory", said, len(poor), of=len(known), rows=_lines(poor)),
        _late(agency, as_at, until),
    ]


def _late(agency: Agency, as_at: date, until: datetime) -> Figure:
    """As it was due by then: before the first move that was made since."""
    still = (Q(done_at=None) | Q(done_at__gte=until)) & (Q(cancelled_on=None) | Q(cancelled_on__gt=as_at))
    moves = ActivityStep.objects.filter(activity=OuterRef("pk"), at__gte=until, due_before__isnull=False)
    due = Coalesce(Subquery(moves.order_by("at", "pk").values("due_before")[:1]), "due_on")
    open_ = Activity.objects.filter(still, agreement__agency=agency, planned_at__lt=until).annotate(due_then=due)
    late = open_.filter(due_then__lt=as_at).order_by("due_on", "pk")
    lines = tuple(
        Row(
            one.agreement__reference, KINDS[one.kind], page_of("activity", one.code),
            f"Due on {nz_date(one.due_then)}", "overdue",
        )
        for one in _told(late, "agreement__reference", "code", "kind", "due_then")
    )  # fmt: skip
    return Figure("work.late", "Assurance activities late", LATE, len(lines), of=open_.count(), rows=lines, wanted=0)


def _told(rows: "QuerySet[Any]", *names: str) -> "QuerySet[Any]":
    """Thousands of rows as what is said of them, never whole."""
    return rows.values_list(*names, named=True)


def _lines(rows: Iterable[Any]) -> tuple[Row, ...]:
    return tuple(
        Row(one.agreement__reference, KINDS[one.kind], page_of("activity", one.code), OUTCOMES[one.outcome])
        for one in rows
    )


def _findings(agency: Agency, as_at: date, until: datetime) -> list[Figure]:
    rows = Finding.objects.filter(agency=agency, opened_on__lte=as_at).order_by("opened_on", "pk")
    every = list(_told(rows, *OF_A_FINDING))
    known = [one for one in every if one.opened_at < until]
    open_ = [one for one in known if not one.closed_at or one.closed_at >= until]
    accepted = _accepted(agency, as_at, until)
    late = _late_actions(agency, as_at, until)
    over = [one for one in known if one.closed_at and one.closed_at < until]
    closed = [one for one in over if one.closed_on and one.closed_on > as_at - YEAR]
    red = [one for one in open_ if one.pk in accepted]
    return [
        _figure("findings.open", "Findings open", OPEN, open_, later=len(every) - len(known)),
        _figure(
            "findings.bad", "Of those, critical or high", OPEN, [one for one in open_ if _is_bad(one)], of=len(open_)
        ),
        _figure("findings.accepted", "Of those, with the risk accepted for a time", OPEN, red, of=len(open_)),
        _figure(
            "findings.late",
            "Of those, with an action that is late",
            OPEN,
            [one for one in open_ if one.pk in late],
            of=len(open_),
        ),
        _figure(
            "findings.closed",
            "Findings closed in the twelve months up to the day",
            "Closed with a reason, once every action was verified or dropped.",
            closed,
        ),
    ]


def _is_bad(one: Any) -> bool:
    return one.severity in ("critical", "high")


def _figure(key: str, label: str, definition: str, rows: list[Any], **more: Any) -> Figure:
    lines = tuple(
        Row(one.agreement__reference or "", one.title, page_of("finding", one.code), SEVERITIES[one.severity])
        for one in rows
    )
    return Figure(key, label, definition, len(rows), rows=lines, **more)


def _accepted(agency: Agency, as_at: date, until: datetime) -> set[int]:
    rows = RiskAcceptance.objects.filter(finding__agency=agency, at__lt=until).on(as_at)
    return set(rows.values_list("finding", flat=True))


def _late_actions(agency: Agency, as_at: date, until: datetime) -> set[int]:
    """Findings with an action that was given, was due before the day, and by then was neither done nor dropped."""
    rows = FindingStep.objects.filter(finding__agency=agency, action__isnull=False, at__lt=until)
    stands: dict[int, tuple[int, str, date | None]] = {}
    for action, finding, kind, due_on in rows.order_by("at", "pk").values_list("action", "finding", "kind", "due_on"):
        before = stands.get(action or 0)
        stands[action or 0] = (finding, kind, due_on or (before[2] if before else None))
    waiting = (StepKind.ADDED, StepKind.MOVED, StepKind.SENT_BACK)
    return {finding for finding, kind, due in stands.values() if kind in waiting and due and due < as_at}
