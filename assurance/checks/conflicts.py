"""Checks of conflicts of interest: provisions, conversations, what was declared, and whether anybody looks at it."""

from datetime import date

from assurance.checks.provisions import CYCLE_MONTHS, provided
from assurance.checks.registry import check
from assurance.days import months_later
from assurance.editions import Requirement
from assurance.facts import AgreementFacts
from assurance.outcome import Outcome, Result, met, not_applicable, not_met, unknown
from conflicts.clearance import in_time, stages_lacking, working, wrong_below, wrong_declared
from records.words import nz_date


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
    """L2.5, rule 10: C10 and C11; each subcontractor declared, and its plan was approved before it started."""
    if not working(facts.subcontracts, on):
        return not_applicable("No subcontractor takes part")
    found = provided(facts, ["C10", "C11"])
    if found.outcome != Outcome.MET:
        return found
    if wrong := wrong_below(facts.subcontracts, on):
        return not_met(wrong)
    return met("Each subcontractor has declared, and none started before a plan that it needs was approved")


@check
def conversation_before_signing(facts: AgreementFacts, asked: Requirement, on: date) -> Result:
    """L2.4, rule 9: a conversation at each stage that value and risk ask for, dated no later than the signing."""
    if not facts.conversations and facts.existing:
        return unknown("No conversation is recorded, and it was signed before it stood on the register")
    if not facts.conversations:
        return not_met("No conversation about conflicts is recorded")
    conversations = in_time(facts.conversations, facts.signed_on)
    if not conversations:
        first, signed = nz_date(facts.conversations[0].on), nz_date(facts.signed_on)
        return not_met(f"The first conversation was on {first}, after the signing on {signed}")
    if facts.varies:
        return _of_variation(facts, conversations[-1].on)
    risk = facts.newest("risk")
    values = [one.value_band for one in facts.contracts]
    if lacking := stages_lacking(conversations, values, risk.residual if risk else "unknown"):
        return not_met(f"No conversation is recorded for: {'; '.join(stage.label for stage in lacking).lower()}")
    return met(f"Talked about on {nz_date(conversations[-1].on)}")


def _of_variation(facts: AgreementFacts, last: date) -> Result:
    """What changes who, what or how much, or weakens a provision, is talked about since the earlier signing."""
    if facts.changes and facts.varied_from and last < facts.varied_from:
        return not_met(f"Last talked about on {nz_date(last)}: talk again about what this variation changes")
    return met(f"Talked about on {nz_date(last)}")


@check
def conflicts_settled(facts: AgreementFacts, asked: Requirement, on: date) -> Result:
    """F9, rules 11 and 12: what was declared is decided, with reasons; none is unmanageable; plans came in advance."""
    said = facts.conflicts
    if wrong := wrong_declared(said, on):
        return not_met(wrong)
    if not said.declared:
        return not_applicable("Nobody has declared anything about it")
    return met("Everything declared is decided" + ("; a plan is in force or awaited in time" if said.plans else ""))


@check
def conflicts_reviewed(facts: AgreementFacts, asked: Requirement, on: date) -> Result:
    """F10: the conflict-of-interest provision is used in each cycle, a year where none is agreed.

    ``cycles`` of the file says how many may pass: a second row, of two, is the critical one.
    """
    if not facts.in_use or facts.started_on is None or facts.present("C9") != "present":
        return not_applicable("It is asked while an agreement with a conflict-of-interest provision is in use")
    cycles = int((asked.options or {}).get("cycles", 1))
    used = facts.provisions["C9"].used_on
    last = max((day for day in (facts.conflicts.reviewed_on, used) if day), default=None)
    due = months_later(last or facts.started_on, cycles * (facts.cycle_months or CYCLE_MONTHS))
    if on > due:
        times = "cycle has" if cycles == 1 else "second cycle has"
        since = f"Last looked at on {nz_date(last)}" if last else "Nobody has looked at conflicts since it started"
        return not_met(f"{since}, and the {times} passed on {nz_date(due)}")
    return met(f"Looked at on {nz_date(last)}") if last else not_applicable(f"It is due by {nz_date(due)}")
