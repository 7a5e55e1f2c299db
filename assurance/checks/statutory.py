"""Checks of approved information sharing agreements and of information matching (Privacy Act 2020 Part 7)."""

from datetime import date

from assurance.checks.registry import check
from assurance.editions import Requirement
from assurance.facts import AgreementFacts, ApprovalFact
from assurance.outcome import Result, met, not_applicable, not_met

NOTHING = ApprovalFact()


def _approval(facts: AgreementFacts) -> ApprovalFact:
    return facts.approval or NOTHING


@check
def aisa_parties(facts: AgreementFacts, asked: Requirement, on: date) -> Result:
    """Section 141: no overseas agency."""
    overseas = [party.name for party in facts.parties if party.kind == "overseas"]
    return not_met(f"An overseas body is a party: {', '.join(overseas)}") if overseas else met("No party is overseas")


@check
def aisa_lead(facts: AgreementFacts, asked: Requirement, on: date) -> Result:
    """Section 143: the lead agency."""
    lead = _approval(facts).lead
    return met(f"Led by {lead}") if lead else not_met("No lead agency is recorded")


@check
def aisa_order(facts: AgreementFacts, asked: Requirement, on: date) -> Result:
    """Section 145: the Order in Council."""
    order = _approval(facts).order
    return met(f"Approved by {order}") if order else not_met("No Order in Council is recorded")


@check
def aisa_online(facts: AgreementFacts, asked: Requirement, on: date) -> Result:
    """Section 154: where a copy is online."""
    return met("Its address is recorded") if _approval(facts).address else not_met("No internet address is recorded")


@check
def aisa_amendment_effective(facts: AgreementFacts, asked: Requirement, on: date) -> Result:
    """Section 157, rule 19: an amendment takes effect by its Order, or as a listed exception."""
    amendment = _approval(facts).amendment
    if not amendment:
        return not_applicable("It has not been amended")
    if amendment == "none":
        return not_met("It was amended, and neither a further Order nor a listed exception is recorded")
    return met("A further Order approves it" if amendment == "order" else "It falls under a listed exception")


@check
def adverse_action_period(facts: AgreementFacts, asked: Requirement, on: date) -> Result:
    """Sections 152 and 181: at least so many working days, or the ground on which the notice is shortened."""
    least, approval = int((asked.options or {})["days"]), _approval(facts)
    if approval.notice_days is None:
        return not_met("The period of notice before an adverse action is not recorded")
    if approval.notice_days >= least:
        return met(f"People have {approval.notice_days} working days")
    if approval.notice_ground:
        return met(f"Shortened to {approval.notice_days} working days: {approval.notice_ground}")
    return not_met(f"People have {approval.notice_days} working days; it should be {least}, or a ground recorded")


@check
def matching_authority(facts: AgreementFacts, asked: Requirement, on: date) -> Result:
    """Part 7 subpart 4: an information matching provision."""
    if "information_matching" in facts.legal_bases:
        return met("An information matching provision is recorded")
    return not_met("No information matching provision is recorded as its legal basis")
