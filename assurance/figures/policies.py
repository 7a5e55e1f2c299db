"""Part 0: policies and practices (the letter's opening, L0), from the approvals and reviews of each policy."""

from collections.abc import Iterable
from datetime import date

from assurance.figures.base import Figure, Row
from assurance.models import PolicyArea, PolicyStep, PolicyStepKind
from people.models import Agency
from records.as_at import end_of
from records.words import nz_date


def figures_of(agency: Agency, as_at: date) -> list[Figure]:
    """Policies in use and not late to be reviewed, of those in use; areas with one, of three. One query."""
    rows = PolicyStep.objects.filter(policy__agency=agency, on__lte=as_at).select_related("policy__owner")
    every = list(rows.order_by("on", "pk"))
    known = [step for step in every if step.at < end_of(as_at)]
    used = [step for step in _newest(known) if step.kind != PolicyStepKind.WITHDRAWN]
    current = [step for step in used if step.next_review is not None and step.next_review >= as_at]
    late = [step for step in used if step not in current]
    areas = {step.policy.area for step in used}
    return [
        Figure(
            "policies.current",
            "Policies that are current",
            "Policies in use on privacy and information sharing, contract management and conflicts of interest whose "
            "next review had not passed. The list names those that are late.",
            value=len(current),
            of=len(used),
            rows=tuple(_row(step, f"Review was due on {nz_date(step.next_review)}") for step in late),
            later=len(every) - len(known),
        ),
        Figure(
            "policies.areas",
            "Areas that have a policy in use",
            "Of the three areas in which the letter expects strong policies. The list names those without one.",
            value=len(areas),
            of=len(PolicyArea),
            rows=tuple(Row("", str(area.label)) for area in PolicyArea if area not in areas),
        ),
    ]


def _newest(steps: Iterable[PolicyStep]) -> list[PolicyStep]:
    """The last step of each policy, of steps in their order."""
    return list({step.policy_id: step for step in steps}.values())


def _row(step: PolicyStep, note: str) -> Row:
    policy = step.policy
    return Row(policy.get_area_display(), policy.title, policy.get_absolute_url(), note)
