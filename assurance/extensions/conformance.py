"""What conformance adds to agreements: gates, re-assessment after each change, a panel, cells, events, a PDF part."""

from collections.abc import Sequence
from datetime import date

from agreements.extensions import Extension
from agreements.models import Agreement
from assurance.actions.conformance import reassess
from assurance.editions import Requirement
from assurance.extensions.in_lists import ALONG, COLUMNS
from assurance.left import results_before, shut_by
from assurance.models import AcceptedException
from people.models import User
from records.one_page import once


def gates(agreement: Agreement, step: str, on: date) -> list[str]:
    """What the standards still ask before this step, less what an exception accepts. Two queries.

    Nothing stops an arrangement that is only recorded as it stands: there the same is reported and feeds the plan.
    What keeps many requirements unknown is said once.
    """
    results = results_before(agreement, [step], on)
    shut = shut_by(results, step, (), on)
    shut = shut_by(results, step, _accepted(agreement, on), on) if shut else []
    first_of = {results[one.id].why: one for one in reversed(shut)}
    return [f"{_said(one)}: {results[one.id].why}" for one in shut if first_of[results[one.id].why] is one]


def _said(asked: Requirement) -> str:
    return f"{asked.id}, {asked.title[:1].lower()}{asked.title[1:]}"


def _accepted(agreement: Agreement, on: date) -> set[tuple[str, str]]:
    found = AcceptedException.objects.filter(agreement=agreement).on(on).values_list("requirement", "gate")
    return once(("accepted", agreement.pk, on), lambda: set(found))


def after_change(agreement: Agreement, by: User, on: date) -> None:
    """Assess the agreement again, in the same transaction as the change."""
    reassess(agreements=[agreement.pk], on=on, by=by)


def after_changes(agreements: Sequence[Agreement], by: User, on: date) -> None:
    """The same for many at once."""
    reassess(agreements=[agreement.pk for agreement in agreements], on=on, by=by)


EXTENSION = Extension(
    "conformance",
    gates="assurance.extensions.conformance.gates",
    after_change="assurance.extensions.conformance.after_change",
    after_changes="assurance.extensions.conformance.after_changes",
    panels="assurance.extensions.panel.panels",
    summary="assurance.extensions.in_lists.summary",
    filters="assurance.extensions.in_lists.filters",
    columns=COLUMNS,
    along=ALONG,
    pdf_sections="assurance.extensions.panel.pdf_sections",
    timeline="assurance.extensions.panel.timeline",
    goes_with=(
        "assurance.ConformanceEntry",
        "assurance.RunOutcome",
        "assurance.ConformanceRun",
        "assurance.PlanItem",
        "assurance.PlanStanding",
        "assurance.Activity",
    ),
)
