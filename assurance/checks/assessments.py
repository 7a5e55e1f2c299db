"""Checks of assessments and advice: made in time, final, accepted, and done again where things changed."""

from datetime import date

from assurance.checks.registry import check
from assurance.editions import Requirement
from assurance.facts import AgreementFacts, AssessmentFact
from assurance.outcome import Result, met, not_applicable, not_met, unknown
from records.words import number, nz_date

TENFOLD = 10
WORDS = {"due_diligence": "due diligence", "risk": "risk assessment", "pia": "privacy impact assessment"}


def before_start(facts: AgreementFacts, kind: str) -> Result:
    """Final, and dated no later than the start (rules 1 and 13); the earliest final one counts.

    Of what is recorded as existing without a start, nobody can say.
    """
    finals = [one for one in facts.assessments if one.kind == kind and one.status == "final" and one.done_on]
    if not finals:
        drafted = any(one.kind == kind for one in facts.assessments)
        return not_met(f"The {WORDS[kind]} is only a draft" if drafted else f"There is no {WORDS[kind]}")
    first = min(one.done_on for one in finals if one.done_on)
    if facts.started_on is None and facts.in_use:
        return unknown(f"The {WORDS[kind]} is of {nz_date(first)}, and it is not recorded when sharing started")
    if facts.started_on and first > facts.started_on:
        return not_met(
            f"The {WORDS[kind]} of {nz_date(first)} is later than the start of sharing on {nz_date(facts.started_on)}"
        )
    return met(f"Final, of {nz_date(first)}")


@check
def assessed_before_start(facts: AgreementFacts, asked: Requirement, on: date) -> Result:
    """ISS-05 and ISS-06 (R3), rule 1."""
    return before_start(facts, str((asked.options or {})["kind"]))


@check
def pia_final(facts: AgreementFacts, asked: Requirement, on: date) -> Result:
    """F3, rule 13: a privacy impact assessment that was begun is final before the start."""
    if not any(one.kind == "pia" for one in facts.assessments):
        return not_applicable("No privacy impact assessment was begun")
    return before_start(facts, "pia")


@check
def residual_accepted(facts: AgreementFacts, asked: Requirement, on: date) -> Result:
    """ISS-07 (R4): the remaining risk is rated and accepted by somebody other than its author."""
    risk = facts.newest("risk")
    if risk is None:
        return not_met("There is no final risk assessment")
    if risk.residual == "unknown":
        return unknown("The remaining risk is not rated")
    if not risk.accepted:
        return not_met(f"The remaining risk is {risk.residual}, and nobody with the delegation has accepted it")
    return met(f"The remaining risk is {risk.residual} and accepted")


@check
def binding_where_needed(facts: AgreementFacts, asked: Requirement, on: date) -> Result:
    """ISS-08, rule 2: decided with reasons; where a binding agreement is needed, the instrument binds."""
    risk = facts.newest("risk")
    if risk is None or risk.lba_required == "unknown":
        return unknown("The risk assessment does not say yet whether a binding agreement is needed")
    if risk.lba_required == "no":
        return met("The risk assessment says why it need not bind")
    return _binds(facts)


def _binds(facts: AgreementFacts) -> Result:
    if facts.binding == "yes":
        return met("A binding agreement is needed, and this one binds")
    if facts.binding == "no":
        return not_met("The risk assessment asks for a legally binding agreement, and this one does not bind")
    return unknown("A binding agreement is needed, and it is not recorded whether this one binds")


@check
def advice_taken(facts: AgreementFacts, asked: Requirement, on: date) -> Result:
    """ISS-19: each kind of adviser that the requirement names."""
    lacking = [kind for kind in (asked.options or {})["kinds"] if not any(one.kind == kind for one in facts.advice)]
    return not_met(f"No {' and no '.join(lacking)} advice is recorded") if lacking else met("Advice is on record")


@check
def change_assessed(facts: AgreementFacts, asked: Requirement, on: date) -> Result:
    """F13: a change of purpose, information, volume, party, subcontractor or country reopens the risk assessment.

    Ten times what the newest one looked at does so too, in a draft and in however many steps.
    """
    if grown := _grown(facts):
        return not_met(grown)
    material = [one for one in facts.changes if one.what]
    if not material:
        return not_applicable("Nothing that would change the risk was varied")
    newest = max(material, key=lambda one: one.on or date.max)
    return _assessed_since(newest.what, newest.on, facts.newest("risk"))


def _grown(facts: AgreementFacts) -> str:
    """What is ten times as large as the newest risk assessments looked at; those of one day count together."""
    finals = [one for one in facts.assessments if (one.kind, one.status) == ("risk", "final")]
    day = max((one.done_on for one in finals if one.done_on), default=None)
    looked = [(one.records_seen or 0, one.people_seen or 0) for one in finals if one.done_on == day]
    records, people = (max(sizes) for sizes in zip(*looked, strict=True)) if looked else (0, 0)
    now = sum(flow.volume or 0 for flow in facts.flows)
    sizes = (("records", now, records), ("people", facts.people_affected or 0, people))
    grown = [
        f"It is about {number(now)} {what} a year now, and the risk was assessed for {number(seen)}: assess it again"
        for what, now, seen in sizes
        if seen and now >= TENFOLD * seen
    ]
    return next(iter(grown), "")


def _assessed_since(what: str, since: date | None, risk: AssessmentFact | None) -> Result:
    if risk and risk.done_on and since and risk.done_on >= since:
        return met(f"Assessed again on {nz_date(risk.done_on)}, after the change of {what}")
    began = f", begun on {nz_date(since)}," if since else ""
    return not_met(f"The change of {what}{began} was not followed by a new risk assessment")
