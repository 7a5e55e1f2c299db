"""Checks of conflicts of interest, as far as the agreement itself can answer; declarations come with their own part."""

from datetime import date

from assurance.checks.provisions import provided
from assurance.checks.registry import check
from assurance.editions import Requirement
from assurance.facts import AgreementFacts
from assurance.outcome import Outcome, Result, met, not_applicable, not_met, unknown


@check
def conflicts_provided(facts: AgreementFacts, asked: Requirement, on: date) -> Result:
    """ISS-13 (R6): C9, and C10 where subcontractors take part."""
    return provided(facts, ["C9", "C10"] if facts.subcontractors else ["C9"])


@check
def integrity_without_contract(facts: AgreementFacts, asked: Requirement, on: date) -> Result:
    """L1.3, rule 4: neither a contract for services nor a conflict-of-interest provision is critical."""
    clause = facts.present("C9")
    if facts.service_contract == "yes" or facts.contracts:
        return met("A contract for services is in place")
    if clause == "present":
        return met("It has a conflict-of-interest provision of its own")
    if facts.service_contract == "no" and clause in {"absent", "not_applicable"}:
        return not_met("There is neither a contract for services nor a conflict-of-interest provision")
    return unknown("It is not known whether a contract for services or a conflict-of-interest provision is in place")


@check
def subcontractors_provided(facts: AgreementFacts, asked: Requirement, on: date) -> Result:
    """L2.5, as far as the agreement goes: C10 and C11, and each subcontractor with its first day (rule 10 follows)."""
    if not facts.subcontractors:
        return not_applicable("No subcontractor takes part")
    found = provided(facts, ["C10", "C11"])
    undated = sum(party.starts_on is None for party in facts.subcontractors)
    if found.outcome == Outcome.MET and undated:
        return not_met("It is not recorded since when each subcontractor takes part")
    return found
