"""Ask every requirement of one agreement: pure, and one broken check does not silence the others."""

import logging
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache

from assurance.checks import CHECKS
from assurance.editions import Requirement
from assurance.facts import AgreementFacts, AttestedFact
from assurance.outcome import Outcome, Result, not_applicable, not_met, unknown
from assurance.predicates import PREDICATES
from records.words import nz_date

log = logging.getLogger(__name__)
CRASHED = "This check could not be made. The fault is logged; everything else is shown as it is"
NOBODY = "Nobody has answered this yet"
OF_ANSWER = {"met": Outcome.MET, "not_met": Outcome.NOT_MET, "not_applicable": Outcome.NOT_APPLICABLE}


def assess(facts: AgreementFacts, asked: Iterable[Requirement], on: date) -> dict[str, Result]:
    """The result of each requirement by its id, in the order given; whether one applies is found out once for all."""
    applies = cache(lambda name: PREDICATES[name](facts))
    return {one.id: _result(facts, one, on, applies) for one in asked}


def _result(facts: AgreementFacts, asked: Requirement, on: date, applies: Callable[[str], tuple[str, str]]) -> Result:
    try:
        answer, why = applies(asked.applies)
        if answer == "no":
            return not_applicable(why)
        if answer == "unknown":
            return unknown(why)
        return _attested(facts, asked) if asked.attested else CHECKS[asked.check](facts, asked, on)
    except Exception:
        log.exception("Check %s of requirement %s failed for agreement %s", asked.check, asked.id, facts.reference)
        return unknown(CRASHED)


def _attested(facts: AgreementFacts, asked: Requirement) -> Result:
    said = facts.attested.get(asked.id)
    if said is None:
        return unknown(NOBODY)
    return _too_late(facts, asked, said) or Result(OF_ANSWER[said.value], said.why)


def _too_late(facts: AgreementFacts, asked: Requirement, said: AttestedFact) -> Result | None:
    """Where it had to happen before the signing, the document that shows it is no later (rule 9)."""
    if said.value != "met" or not (asked.options or {}).get("before_signing") or facts.signed_on is None:
        return None
    if said.shown_on is None:
        return unknown("The document that shows it has no date, so nobody can tell whether it was before signing")
    if said.shown_on > facts.signed_on:
        return not_met(f"It was on {nz_date(said.shown_on)}, after the signing on {nz_date(facts.signed_on)}")
    return None


def is_critical(asked: Requirement, result: Result) -> bool:
    """Not met, of a requirement that the file calls critical (L1.3)."""
    return asked.critical and result.outcome == Outcome.NOT_MET
