"""What the standards ask of the agency as a whole: found from what is recorded, or answered by a person."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from assurance.agency_checks import agency_result
from assurance.agency_facts import AgencyFacts, collect_agency
from assurance.assess import NOBODY, OF_ANSWER
from assurance.editions import Requirement, Standard, current
from assurance.models import Attestation
from assurance.outcome import Outcome, Result, unknown
from people.models import User


@dataclass(frozen=True)
class AgencyLine:
    """One requirement, what the newest answer says, and the answers before it, newest first."""

    asked: Requirement
    result: Result
    answer: Attestation | None
    earlier: list[Attestation]


@dataclass(frozen=True)
class AgencyPage:
    """What each standard asks of the agency, in the order of the standards."""

    standards: list[tuple[Standard, list[AgencyLine]]]

    @property
    def counts(self) -> list[tuple[Outcome, str]]:
        """How many of each outcome in words, what is open first; nothing of what there is none of."""
        found = Counter(line.result.outcome for _, lines in self.standards for line in lines)
        order = (Outcome.NOT_MET, Outcome.UNKNOWN, Outcome.MET, Outcome.NOT_APPLICABLE)
        return [(one, f"{found[one]} {one.label.lower()}") for one in order if found[one]]


def agency_page(user: User, on: date) -> AgencyPage:
    """Every requirement of the agency by standard: found by a check, or answered. Six queries."""
    rows = Attestation.objects.visible_to(user).filter(agreement=None).select_related("by__person").order_by("-pk")
    answers: dict[str, list[Attestation]] = {}
    for row in rows:
        answers.setdefault(row.requirement, []).append(row)
    facts = collect_agency(user.agency, on)
    found = []
    for standard in current(on):
        mine = [asked for asked in standard.requirements if asked.about == "agency"]
        if mine:
            found.append((standard, [_line(asked, answers.get(asked.id, []), facts, on) for asked in mine]))
    return AgencyPage(found)


def _line(asked: Requirement, answers: list[Attestation], facts: AgencyFacts, on: date) -> AgencyLine:
    if asked.check:
        return AgencyLine(asked, agency_result(facts, asked.id, asked.check, on), None, answers)
    if not answers:
        return AgencyLine(asked, unknown(NOBODY), None, [])
    newest = answers[0]
    return AgencyLine(asked, Result(OF_ANSWER[newest.value], newest.why), newest, answers[1:])
