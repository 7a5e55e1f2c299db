"""Checks of the parties: who does what, whom to ring, who knows what they promised, who is paused."""

from datetime import date

from agreements.choices import Duty
from assurance.checks.provisions import provided
from assurance.checks.registry import check
from assurance.checks.terms import listed
from assurance.editions import Requirement
from assurance.facts import AgreementFacts, PartyFact
from assurance.outcome import Outcome, Result, met, not_applicable, not_met, unknown

EXPECTED_HOURS = 72  # guidance of the Privacy Commissioner, not statute
DUTIES = {duty.value: str(duty.label).lower() for duty in Duty}


def names(parties: tuple[PartyFact, ...] | list[PartyFact]) -> str:
    """Parties as a sentence lists them, each once."""
    return listed(list(dict.fromkeys(party.name for party in parties)))


def matrix(facts: AgreementFacts) -> Result:
    """Each of the eight duties has exactly one accountable party: blanks and doubles are named (rule 8)."""
    blank = [word for duty, word in DUTIES.items() if not facts.responsibilities.get(duty)]
    double = [word for duty, word in DUTIES.items() if len(facts.responsibilities.get(duty, ())) > 1]
    said = [f"nobody has {listed(blank)}"] if blank else []
    said += [f"more than one party has {listed(double)}"] if double else []
    if said:
        sentence = "; ".join(said)
        return not_met(sentence[:1].upper() + sentence[1:])
    return met("Each responsibility has exactly one accountable party")


@check
def responsibilities_settled(facts: AgreementFacts, asked: Requirement, on: date) -> Result:
    """L1.4, rule 8: asked where more than one agency takes part."""
    agencies = {party.organisation for party in facts.parties if party.outside == "no"}
    if len(agencies) < 2:
        return not_applicable("Only one agency takes part")
    return matrix(facts)


@check
def shared_party_settled(facts: AgreementFacts, asked: Requirement, on: date) -> Result:
    """F11: a third party that is in another arrangement as well is covered by a complete matrix."""
    shared = [party for party in facts.third_parties if party.elsewhere]
    if not shared:
        return not_applicable("No third party takes part in another arrangement on this register")
    found = matrix(facts)
    where = f"{names(shared)} takes part in other arrangements too"
    return Result(found.outcome, f"{where}. {found.why}")


@check
def duty_settled(facts: AgreementFacts, asked: Requirement, on: date) -> Result:
    """Exactly one public agency has the duty, where a private party takes part (section 144)."""
    if not facts.third_parties:
        return not_applicable("Every party belongs to the State services")
    public = {party.id for party in facts.parties if party.outside == "no"}
    duty = str((asked.options or {})["duty"])
    holders = facts.responsibilities.get(duty, ())
    if len(holders) == 1 and holders[0] in public:
        return met(f"One public agency has {DUTIES[duty]}")
    return not_met(f"Give {DUTIES[duty]} to exactly one public agency")


@check
def breach_ready(facts: AgreementFacts, asked: Requirement, on: date) -> Result:
    """ISS-14 (R7), rule 17: C17, a contact at each third party, and hours that leave time to notify.

    The clock starts when the third party knows (Privacy Act 2020 sections 119 to 121).
    """
    found = provided(facts, ["C17"])
    if found.outcome.is_open:
        return found
    silent = [party for party in facts.answerable if not party.breach_contact]
    if silent:
        return not_met(f"It is not recorded whom to ring at {names(silent)}")
    if facts.breach_hours is None:
        return not_met("It is not recorded within how many hours you are told")
    if facts.breach_hours > EXPECTED_HOURS:
        return not_met(
            f"You are told only within {facts.breach_hours} hours. What the third party knows counts as known to you, "
            f"and the Privacy Commissioner expects to hear within {EXPECTED_HOURS}"
        )
    return met(f"You are told within {facts.breach_hours} hours, and each third party has a contact")


@check
def parties_aware(facts: AgreementFacts, asked: Requirement, on: date) -> Result:
    """ISS-17 (R9): acknowledged, and trained by provision C20."""
    if not facts.in_use:
        return not_applicable("It is asked once the agreement is signed")
    silent = [party for party in facts.answerable if party.acknowledged_on is None]
    if silent:
        return not_met(f"No acknowledgement is recorded of {names(silent)}")
    return provided(facts, ["C20"])


@check
def maori_data_protected(facts: AgreementFacts, asked: Requirement, on: date) -> Result:
    """ISS-18: known; and where there is Māori data, engagement, governance and provision C21."""
    flagged = any(item.maori == "yes" for flow in facts.flows for item in flow.information)
    if facts.maori_data == "unknown":
        return unknown("It is not known whether Māori data is shared")
    if facts.maori_data == "no":
        return not_met("A flow carries Māori data, and the section says no") if flagged else met("No Māori data")
    lacking = [words for name, words in MAORI.items() if name not in facts.written]
    return not_met(f"Not recorded: {listed(lacking)}") if lacking else provided(facts, ["C21"])


MAORI = {"maori_engaged": "who was engaged", "maori_outcome": "what came of it", "maori_governance": "who governs it"}


@check
def no_party_paused(facts: AgreementFacts, asked: Requirement, on: date) -> Result:
    """F12, rule 15: a pause that this agency has set."""
    paused = [party for party in facts.parties if party.paused]
    if paused:
        verb = "is" if len({party.name for party in paused}) == 1 else "are"
        return not_met(
            f"{names(paused)} {verb} paused: nothing new is agreed with them until a delegate lifts the pause"
        )
    return met("No party is paused") if facts.parties else unknown("No party is named yet")


@check
def undertakings_in_place(facts: AgreementFacts, asked: Requirement, on: date) -> Result:
    """F1: provision C25, and who has access is recorded."""
    found = provided(facts, ["C25"])
    if found.outcome != Outcome.MET:
        return found
    if facts.access_holders:
        return met("Undertakings are asked for, and who has access is recorded")
    return not_met("Undertakings are asked for, and nobody with access is recorded")


@check
def copies_controlled(facts: AgreementFacts, asked: Requirement, on: date) -> Result:
    """F6: where a copy leaves, the agreement limits passing on, settles the end, and lets the agency audit."""
    controls = {flow.control for flow in facts.flows}
    if "download" in controls or "collect" in controls:
        if facts.at_end == "unknown":
            return not_met("A copy leaves the agency, and it is not known what becomes of it at the end")
        return provided(facts, ["C8", "C14", "C19"])
    if not controls or "unknown" in controls:
        return unknown("It is not known whether the other side gets a copy")
    return not_applicable("The other side gets no copy")
