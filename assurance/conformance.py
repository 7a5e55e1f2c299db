"""What conformance adds to agreements: gates, re-assessment after each change, a panel, cells, events, a PDF part."""

from collections.abc import Sequence
from datetime import date

from agreements.extensions import Extension
from agreements.models import Agreement
from assurance.actions.conformance import reassess
from assurance.assess import assess
from assurance.collect import collect
from assurance.editions import GATES, Requirement, asked_of
from assurance.in_lists import ALONG, COLUMNS
from assurance.models import AcceptedException
from people.models import User

SAME_GATE = {"resume": "start"}  # sharing starts again


def gates(agreement: Agreement, step: str, on: date) -> list[str]:
    """What the standards still ask before this step, less what an exception accepts. Two queries.

    Nothing stops an arrangement that is only recorded as it stands: there the same is reported and feeds the plan.
    What keeps many requirements unknown is said once.
    """
    gate = SAME_GATE.get(step, step)
    asked = [one for one in asked_of("agreement", on) if gate in one.gates] if gate in GATES else []
    facts = next(iter(collect([agreement.terms_now.pk])), None) if asked else None
    if facts is None or facts.existing:
        return []
    shut = {name: found for name, found in assess(facts, asked, on).items() if found.outcome.is_open}
    accepted = _accepted(agreement, gate, on) if shut else set()
    open_ones = [one for one in asked if one.id in shut and one.id not in accepted]
    first_of = {shut[one.id].why: one for one in reversed(open_ones)}
    return [f"{_said(one)}: {shut[one.id].why}" for one in open_ones if first_of[shut[one.id].why] is one]


def _said(asked: Requirement) -> str:
    return f"{asked.id}, {asked.title[:1].lower()}{asked.title[1:]}"


def _accepted(agreement: Agreement, step: str, on: date) -> set[str]:
    found = AcceptedException.objects.filter(agreement=agreement, gate=step).on(on)
    return set(found.values_list("requirement", flat=True))


def after_change(agreement: Agreement, by: User, on: date) -> None:
    """Assess the agreement again, in the same transaction as the change."""
    reassess(agreements=[agreement.pk], on=on, by=by)


def after_changes(agreements: Sequence[Agreement], by: User, on: date) -> None:
    """The same for many at once."""
    reassess(agreements=[agreement.pk for agreement in agreements], on=on, by=by)


EXTENSION = Extension(
    "conformance",
    gates="assurance.conformance.gates",
    after_change="assurance.conformance.after_change",
    after_changes="assurance.conformance.after_changes",
    panels="assurance.panel.panels",
    summary="assurance.in_lists.summary",
    filters="assurance.in_lists.filters",
    columns=COLUMNS,
    along=ALONG,
    pdf_sections="assurance.panel.pdf_sections",
    timeline="assurance.panel.timeline",
    goes_with=("assurance.ConformanceEntry", "assurance.ConformanceRun", "assurance.PlanItem"),
)
