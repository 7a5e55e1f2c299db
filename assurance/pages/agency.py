"""What the standards ask of the agency as a whole: each answered by a person, with every earlier answer."""

from dataclasses import dataclass
from datetime import date

from assurance.assess import NOBODY, OF_ANSWER
from assurance.editions import Requirement, asked_of
from assurance.models import Attestation
from assurance.outcome import Result, unknown
from people.models import User


@dataclass(frozen=True)
class AgencyLine:
    """One requirement, what the newest answer says, and the answers before it, newest first."""

    asked: Requirement
    result: Result
    answer: Attestation | None
    earlier: list[Attestation]


def agency_page(user: User, on: date) -> list[AgencyLine]:
    """Every requirement of the agency in the order of the standards; one query."""
    rows = Attestation.objects.visible_to(user).filter(agreement=None).select_related("by__person").order_by("-pk")
    answers: dict[str, list[Attestation]] = {}
    for row in rows:
        answers.setdefault(row.requirement, []).append(row)
    return [_line(asked, answers.get(asked.id, [])) for asked in asked_of("agency", on)]


def _line(asked: Requirement, answers: list[Attestation]) -> AgencyLine:
    if not answers:
        return AgencyLine(asked, unknown(NOBODY), None, [])
    newest = answers[0]
    return AgencyLine(asked, Result(OF_ANSWER[newest.value], newest.why), newest, answers[1:])
