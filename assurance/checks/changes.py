"""Checks of how the terms changed after approval."""

from datetime import date

from assurance.checks.registry import check
from assurance.editions import Requirement
from assurance.facts import AgreementFacts
from assurance.outcome import Result, met, not_applicable, not_met


@check
def weakened_with_authority(facts: AgreementFacts, asked: Requirement, on: date) -> Result:
    """F2, rule 14: a mandatory provision removed or weakened after approval has a delegate's approval and a reason."""
    weakened = [change for change in facts.changes if change.weakened]
    if not weakened:
        return not_applicable("No mandatory provision was taken out or weakened after approval")
    if all(change.authorised for change in weakened):
        return met("Every weakening was approved by a delegate, with a reason")
    return not_met(
        "A mandatory provision was taken out or weakened, and no delegate’s approval with a reason is recorded"
    )
