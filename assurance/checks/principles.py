"""Checks of the privacy principles 3A and 12."""

from datetime import date

from assurance.checks.provisions import provided
from assurance.checks.registry import check
from assurance.editions import Requirement
from assurance.facts import AgreementFacts
from assurance.outcome import Result, met, not_applicable, not_met, unknown
from records.words import nz_date

PRINCIPLE_3A_FROM = date(2026, 5, 1)


@check
def notice_of_indirect_collection(facts: AgreementFacts, asked: Requirement, on: date) -> Result:
    """IPP 3A, rule 16: active, indirect, after 1 May 2026, with neither notice nor exception."""
    if on < PRINCIPLE_3A_FROM:
        return not_applicable("Principle 3A came into force on 1 May 2026")
    if facts.indirect_collection == "no":
        return met("It is collected from the people themselves")
    if facts.indirect_collection == "unknown":
        return unknown("It is not known whether it is collected from somebody other than the person")
    if "notice_where" in facts.written:
        return met(f"People are told since {nz_date(facts.notice_on)}" if facts.notice_on else "People are told")
    if facts.notice_exception and "notice_exception_why" in facts.written:
        return met("An exception applies, and its reason is recorded")
    return not_met("It is collected indirectly, and neither a notice nor an exception with its reason is recorded")


@check
def overseas_ground(facts: AgreementFacts, asked: Requirement, on: date) -> Result:
    """IPP 12: countries, ground, and C24 where the recipient is more than our agent."""
    if facts.overseas == "no":
        return met("Nothing is stored or seen outside New Zealand")
    if facts.overseas == "unknown" or facts.overseas_ground == "unknown":
        return unknown("It is not known whether, or on which ground, it goes overseas")
    if "overseas_countries" not in facts.written or not facts.overseas_ground:
        return not_met("It goes overseas, and the countries or the ground are not recorded")
    if facts.overseas_ground == "agent":
        return met("A recipient overseas only stores or processes it for us")
    return provided(facts, ["C24"])
