"""Activities, their findings and the actions about these as one flat sheet: a line for each action (L4, 8.3)."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet

from agreements.sheets import Cell
from assurance.models import Action, Activity, ActivityEvidence, Finding

HEADINGS = (
    "Reference", "Agreement", "Activity", "Due on", "Who does it", "From a cycle", "Done on", "Done by", "Outcome",
    "Summary", "Evidence", "Late", "Finding", "Severity", "Requirement", "What was found", "How it came to light",
    "Found on", "Found by", "Closed on", "Why it is closed", "Action", "Action owner", "Action due on", "Action state",
    "Action done on", "What was done", "Action evidence", "Verified on", "Verified by", "How it was verified",
)  # fmt: skip
OF_ACTIVITY, OF_FINDING, OF_ACTION = 10, 9, 10
PEOPLE = ("opened_by__person", "closed_by__person")


def of_activities(rows: "QuerySet[Activity]", on: date) -> Iterator[list[Cell]]:
    """One line an action, finding or activity, whichever goes furthest; a few queries for each 250 activities."""
    findings = Finding.objects.select_related(*PEOPLE).prefetch_related(_actions()).order_by("pk")
    shown = ActivityEvidence.objects.select_related("evidence").order_by("pk")
    whole = rows.prefetch_related(Prefetch("findings", findings), Prefetch("shown_by", shown))
    for one in whole.iterator(chunk_size=250):
        for ending in _findings(one.findings.all()):
            yield [one.agreement.reference, one.agreement.title, *_activity(one, on), *ending]


def of_findings(rows: "QuerySet[Finding]", on: date) -> Iterator[list[Cell]]:
    """One line an action, or a finding without any; the activity that it came from stands before it."""
    shown = Prefetch("activity__shown_by", ActivityEvidence.objects.select_related("evidence").order_by("pk"))
    whole = rows.select_related("activity__done_by__person", "activity__responsible", *PEOPLE)
    for one in whole.prefetch_related(_actions(), shown).iterator(chunk_size=250):
        agreement, activity = one.agreement, one.activity
        begins: list[Cell] = [agreement.reference, agreement.title] if agreement else ["", str(one.organisation or "")]
        begins += _activity(activity, on) if activity else [""] * OF_ACTIVITY
        for ending in _findings([one]):
            yield [*begins, *ending]


def _actions() -> "Prefetch[Any]":
    rows = Action.objects.select_related("owner", "evidence", "verified_by__person").order_by("pk")
    return Prefetch("actions", rows)


def _activity(one: Activity, on: date) -> list[Cell]:
    shown = "; ".join(_where(row) for row in one.shown_by.all())
    who = one.responsible or one.answering if one.is_open else one.responsible
    done = [one.done_on, str(one.done_by or ""), one.get_outcome_display(), one.summary, shown]
    cycle = f"{one.months} months" if one.months else ""
    late = "Yes" if one.is_late(on) else ""
    return [one.get_kind_display(), one.due_on, str(who or ""), cycle, *done, late]


def _findings(findings: Iterable[Finding]) -> Iterator[list[Cell]]:
    listed: Sequence[Finding] = list(findings)
    if not listed:
        yield [""] * (OF_FINDING + OF_ACTION)
    for one in listed:
        begins: list[Cell] = [
            one.title, one.get_severity_display(), one.requirement, one.detail, one.get_origin_display(),
            one.opened_on, str(one.opened_by), one.closed_on, one.closed_why,
        ]  # fmt: skip
        for ending in [_action(each) for each in one.actions.all()] or [[""] * OF_ACTION]:
            yield [*begins, *ending]


def _action(one: Action) -> list[Cell]:
    return [
        one.what, str(one.owner), one.due_on, one.get_state_display(), one.done_on, one.done_note, _where(one),
        one.verified_on, str(one.verified_by or ""), one.verified_note,
    ]  # fmt: skip


def _where(row: Action | ActivityEvidence) -> str:
    """The title of the document is enough to find it: who may not read it does not learn what it says."""
    page = f", page {row.evidence_page}" if row.evidence_page else ""
    document = f"{row.evidence}{page}" if row.evidence else ""
    return ". ".join(part for part in (document, row.evidence_note) if part)
