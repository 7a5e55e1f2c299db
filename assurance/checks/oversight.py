"""Checks of what is done while an agreement lives: oversight, scheduled assurance, contracts, the plan."""

from datetime import date

from assurance.checks.assessments import before_start
from assurance.checks.provisions import CYCLE_MONTHS
from assurance.checks.registry import check
from assurance.checks.scheduled import not_looked_at
from assurance.days import cohort, months_later
from assurance.editions import Requirement
from assurance.facts import AgreementFacts
from assurance.outcome import Outcome, Result, met, not_applicable, not_met, unknown
from records.words import nz_date

NOT_IN_USE = "It is asked while the agreement is in use"


@check
def oversight_current(facts: AgreementFacts, asked: Requirement, on: date) -> Result:
    """L2.2: looked after at least once in each cycle, a year where none is agreed."""
    if not facts.in_use:
        return not_applicable(NOT_IN_USE)
    days = [facts.overseen_on, facts.reviewed_on, *(one.overseen_on for one in facts.contracts)]
    last = max((day for day in days if day), default=None)
    since = last or facts.started_on
    if since is None:
        return unknown("Neither oversight nor the start of sharing is recorded")
    if on > months_later(since, facts.cycle_months or CYCLE_MONTHS):
        return not_met(f"Last looked after on {nz_date(last)}" if last else "Nobody has logged any oversight yet")
    return met(f"Looked after on {nz_date(last)}" if last else f"It started on {nz_date(since)}: the first is not due")


@check
def assurance_scheduled(facts: AgreementFacts, asked: Requirement, on: date) -> Result:
    """F7: the next review has a day, assurance is scheduled, and none of it is late."""
    if not facts.in_use:
        return not_applicable(NOT_IN_USE)
    if facts.review_due_on is None:
        return not_met("No review is scheduled")
    if facts.review_due_on < on:
        return not_met(f"The review of {nz_date(facts.review_due_on)} is overdue")
    if late := not_looked_at(facts, on):
        return late
    return met(f"The next review is on {nz_date(facts.review_due_on)}")


@check
def due_diligence_and_procurement(facts: AgreementFacts, asked: Requirement, on: date) -> Result:
    """L2.1: a procurement reference, where there is a contract, and due diligence."""
    found = before_start(facts, "due_diligence")
    if found.outcome != Outcome.MET:
        return found
    if (facts.contracts or facts.service_contract == "yes") and "procurement_ref" not in facts.written:
        return not_met("No procurement reference is recorded")
    return found


@check
def template_suits(facts: AgreementFacts, asked: Requirement, on: date) -> Result:
    """ISS-21: no Government Model Contract where a third party has personal information."""
    templates = {one.template for one in facts.contracts}
    if "gmc" in templates:
        return not_met("A contract that serves it was written on the Government Model Contract")
    if "unknown" in templates:
        return unknown("It is not known which template a contract was written on")
    return met("Another template was used") if templates else not_applicable("No contract serves it")


@check
def model_terms_considered(facts: AgreementFacts, asked: Requirement, on: date) -> Result:
    """L2.6: decided for each contract that has not ended."""
    said = {one.terms_considered for one in facts.contracts if one.stage != "ended"}
    if not said:
        return not_applicable("No running contract serves it")
    if "no" in said:
        return not_met("They were not considered for a contract that serves it")
    if "unknown" in said:
        return unknown("It is not recorded whether they were considered")
    return met("They were considered")


@check
def planned_where_existing(facts: AgreementFacts, asked: Requirement, on: date) -> Result:
    """ISS-20, rule 6: signed before 1 July 2025 it stands in the plan, with an owner and a target quarter."""
    if facts.existing and facts.signed_on is None:
        return unknown("It existed before, and the day of signing is not recorded")
    if cohort(facts.signed_on) == "new":
        return not_applicable("It was not signed before the Standard came into force")
    if not facts.planned:
        return not_met("It does not stand in the plan yet")
    wanted = (("an owner", facts.plan_owner), ("a target quarter", facts.plan_target))
    lacking = [what for what, there in wanted if not there]
    return (
        not_met(f"It stands in the plan without {' and without '.join(lacking)}")
        if lacking
        else met("It stands in the plan, with an owner and a target quarter")
    )
