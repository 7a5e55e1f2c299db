"""Checks of what the terms say and of who answers for them."""

from datetime import date

from assurance.checks.registry import check
from assurance.editions import Requirement
from assurance.facts import AgreementFacts
from assurance.outcome import Result, met, not_met, unknown
from assurance.predicates import standard

LABELS = {
    "purpose": "the purpose",
    "permitted_uses": "the permitted uses",
    "safeguards": "the safeguards",
    "owner": "an owner",
    "manager": "somebody who manages it",
    "senior_owner": "a senior owner",
    "technical_adviser": "a technical adviser",
}
HELD_BY = {
    "owner": "its owner",
    "manager": "the person who manages it",
    "senior_owner": "its senior owner",
    "technical_adviser": "its technical adviser",
}
NEVER_THE_LAW = "An agreement or memorandum is never its own authority"


def listed(words: list[str]) -> str:
    """Words as a sentence lists them: a, b and c."""
    return " and ".join(part for part in (", ".join(words[:-1]), words[-1]) if part) if words else ""


def _written(facts: AgreementFacts, names: list[str]) -> Result:
    lacking = [LABELS[name] for name in names if name not in facts.written]
    if lacking:
        return not_met(f"Nothing is recorded for {listed(lacking)}")
    return met(f"Recorded: {listed([LABELS[name] for name in names])}")


@check
def scope_settled(facts: AgreementFacts, asked: Requirement, on: date) -> Result:
    """ISS-01, rule 7: the three answers are known, and an exclusion names its order or authority."""
    if facts.exclusion and "exclusion_reference" not in facts.written:
        return not_met("An exclusion is claimed without its order or authority")
    answer, why = standard(facts)
    if answer == "unknown":
        return unknown(why)
    return met("In scope of the Standard" if answer == "yes" else f"Out of scope: {why[:1].lower()}{why[1:]}")


@check
def purpose_stated(facts: AgreementFacts, asked: Requirement, on: date) -> Result:
    """ISS-02 (R1): purpose and permitted uses."""
    return _written(facts, ["purpose", "permitted_uses"])


@check
def answers_written(facts: AgreementFacts, asked: Requirement, on: date) -> Result:
    """The answers in sentences that the requirement names."""
    return _written(facts, list((asked.options or {})["answers"]))


@check
def authority_recorded(facts: AgreementFacts, asked: Requirement, on: date) -> Result:
    """ISS-03 (R1): at least one law; the register's library holds no agreement."""
    if not facts.legal_bases:
        return not_met(f"No legal basis is recorded. {NEVER_THE_LAW}")
    count = len(facts.legal_bases)
    return met("One legal basis is recorded" if count == 1 else f"{count} legal bases are recorded")


@check
def people_named(facts: AgreementFacts, asked: Requirement, on: date) -> Result:
    """ISS-04 (R2): named and still here."""
    return _named(facts, list((asked.options or {})["people"]))


def _named(facts: AgreementFacts, roles: list[str]) -> Result:
    left = [HELD_BY[role] for role in roles if facts.people.get(role) is False]
    nobody = [LABELS[role] for role in roles if role not in facts.people]
    if nobody:
        return not_met(f"There is nobody for {listed(nobody)}")
    if left:
        return not_met(f"No longer here: {listed(left)}. Name somebody else")
    return met(f"Named: {listed([LABELS[role] for role in roles])}")


@check
def senior_oversight(facts: AgreementFacts, asked: Requirement, on: date) -> Result:
    """L2.3: where any information is highly sensitive, a senior owner and a technical adviser."""
    levels = {item.sensitivity for flow in facts.flows for item in flow.information}
    if "high" in levels:
        return _named(facts, ["senior_owner", "technical_adviser"])
    if not levels or "unknown" in levels:
        return unknown("It is not known how sensitive the information is")
    return met("None of the information is highly sensitive")


@check
def cycle_where_open_ended(facts: AgreementFacts, asked: Requirement, on: date) -> Result:
    """ISS-12, rule 5: without an end date there is a cycle; that what it asks for is done, ISS-10 and F7 ask."""
    if facts.ends_on:
        return met("It has an end date")
    if facts.cycle_months:
        return met(f"Assurance is due every {facts.cycle_months} months")
    if facts.open_ended == "yes":
        return not_met("It has no end date and no cycle of assurance")
    return unknown("Neither an end date nor a cycle of assurance is recorded")


@check
def entry_complete(facts: AgreementFacts, asked: Requirement, on: date) -> Result:
    """ISS-16 (R8): every section that is asked is complete."""
    if not facts.missing:
        return met("Every section is complete")
    count = len(facts.missing)
    return not_met("One section is not complete" if count == 1 else f"{count} sections are not complete")
