"""Checks of the agency as a whole: pure functions over AgencyFacts, named by the standards' files."""

from collections.abc import Callable, Mapping
from datetime import date

from assurance.agency_facts import AgencyFacts
from assurance.editions import asked_of
from assurance.models import PolicyArea
from assurance.outcome import Outcome, Result, met, not_met, unknown

OF_ANSWER = {"met": Outcome.MET, "not_met": Outcome.NOT_MET, "not_applicable": Outcome.NOT_APPLICABLE}
MODEL = "Model standards on conflicts of interest"


def annual_coverage(facts: AgencyFacts, on: date) -> Result:
    """M5: everybody here declared in the last year, nothing to declare included."""
    return _all(facts.declared, facts.people, "people", "declared in the last year")


def senior_leaders_declared(facts: AgencyFacts, on: date) -> Result:
    """M7: each senior leader declared in the last year."""
    return _all(facts.senior_declared, facts.senior, "senior leaders", "declared in the last year")


def decisions_reasoned(facts: AgencyFacts, on: date) -> Result:
    """M6: every decision of the last year has reasons, and none waits for more than a month."""
    if facts.waiting:
        return not_met("Declarations have waited for a decision for more than a month")
    if facts.unreasoned:
        return not_met("Decisions stand without reasons")
    if not facts.decided:
        return unknown("Nothing was decided in the last year")
    return met("Every decision of the last year has its reasons, and none waits for more than a month")


def staff_conversations(facts: AgencyFacts, on: date) -> Result:
    """L3.2, M4: each manager recorded a conversation with one of their people in the last year."""
    return _all(
        facts.managers_with_conversation, facts.managers, "managers", "recorded a conversation in the last year"
    )


def model_standards_met(facts: AgencyFacts, on: date) -> Result:
    """L3.1: every minimum expectation, found or answered; one that nobody answered is unknown (8.5 rule 22)."""
    asked = [one for one in asked_of("agency", on) if one.source == MODEL]
    found = [agency_result(facts, one.id, one.check, on) for one in asked]
    wrong = sum(one.outcome == Outcome.NOT_MET for one in found)
    if wrong:
        return not_met(f"{wrong} of {len(found)} expectations {'is' if wrong == 1 else 'are'} not met: M1 to M14 below")
    left = sum(one.outcome == Outcome.UNKNOWN for one in found)
    if left or not found:
        return unknown(f"{left} of {len(found)} expectations {'is' if left == 1 else 'are'} not known: M1 to M14 below")
    return met("Each of the minimum expectations is met")


def policies_current(facts: AgencyFacts, on: date) -> Result:
    """L0: each of the three areas has a policy in use, and none is late to be reviewed."""
    if not facts.policies:
        return unknown("No policy is recorded")
    missing = [str(label) for value, label in PolicyArea.choices if value not in facts.policies]
    if missing:
        return not_met(f"No policy in use is recorded on {'; '.join(missing).lower()}")
    many, late = (sum(each) for each in zip(*facts.policies.values(), strict=True))
    if late:
        return not_met(f"{late} of {many} policies {'is' if late == 1 else 'are'} late to be reviewed")
    return met(f"{many} policies in the three areas, each approved and reviewed on time")


def agency_result(facts: AgencyFacts, requirement: str, check: str, on: date) -> Result:
    """What is found of one requirement: by its check, or by the newest answer of a person."""
    if check:
        return AGENCY_CHECKS[check](facts, on)
    said = facts.answers.get(requirement)
    return Result(OF_ANSWER[said], "") if said else unknown("Nobody has answered this yet")


def _all(done: int, of: int, who: str, what: str) -> Result:
    if not of:
        return unknown(f"The register knows no {who} of the agency")
    words = f"{done:,} of {of:,} {who} {what}"
    return met(words) if done == of else not_met(words)


AGENCY_CHECKS: Mapping[str, Callable[[AgencyFacts, date], Result]] = {
    one.__name__: one
    for one in (
        annual_coverage,
        senior_leaders_declared,
        decisions_reasoned,
        staff_conversations,
        model_standards_met,
        policies_current,
    )
}
