"""Checks of the provisions C1 to C25: whether they stand in the agreement, and apart from it whether they are used."""

from collections.abc import Iterable
from datetime import date

from agreements.provisions import BY_CODE
from assurance.checks.registry import check
from assurance.checks.scheduled import late_of, not_looked_at
from assurance.checks.terms import listed
from assurance.days import cohort, later, months_later
from assurance.editions import Requirement
from assurance.facts import AgreementFacts
from assurance.models.activity import ActivityKind, ActivityOutcome
from assurance.outcome import Outcome, Result, met, not_applicable, not_met, unknown
from assurance.schedule import months_of
from records.words import nz_date

USED_WITHIN = 2 * 365  # days
CONFIRMATION = ActivityKind.CONFIRMATION.value
CYCLE_MONTHS = 12  # where the agreement gives none: once a year


def codes_of(asked: Requirement) -> list[str]:
    """The provisions that a requirement is about."""
    return list((asked.options or {})["codes"])


def named(codes: Iterable[str]) -> str:
    """Provisions with code and title: C14 Right to audit."""
    return listed([f"{code} {BY_CODE[code].title}" for code in codes])


def provided(facts: AgreementFacts, codes: Iterable[str]) -> Result:
    """Each provision stands there, or is said with a reason not to apply. Unknown is never present (rule 22)."""
    by_answer: dict[str, list[str]] = {}
    for code in codes:
        by_answer.setdefault(facts.present(code), []).append(code)
    if absent := by_answer.get("absent"):
        return not_met(f"Missing: {named(absent)}")
    if open_ones := by_answer.get("unknown"):
        return unknown(f"Nobody has looked yet whether it has {named(open_ones)}")
    if present := by_answer.get("present"):
        return met(f"Present: {named(present)}")
    return not_applicable(f"Said not to apply, with a reason: {named(codes)}")


@check
def provisions_present(facts: AgreementFacts, asked: Requirement, on: date) -> Result:
    """ISS-09, ISS-10, ISS-15, L1.1, L1.2: assurance and audit are counted apart (rule 3)."""
    return provided(facts, codes_of(asked))


@check
def assurance_provided(facts: AgreementFacts, asked: Requirement, on: date) -> Result:
    """ISS-10: it is provided for, and while the agreement is in use it is scheduled and none of it is late (F8)."""
    found = provided(facts, codes_of(asked))
    return not_looked_at(facts, on) or found if found.outcome == Outcome.MET else found


@check
def interim_heeds_inquiry(facts: AgreementFacts, asked: Requirement, on: date) -> Result:
    """L1.5: signed from 18 February to 30 June 2025 it already provides for what the letter names."""
    if facts.signed_on is None:
        return unknown("The day of signing is not recorded") if facts.in_use else not_applicable("It is not signed yet")
    if cohort(facts.signed_on) != "interim":
        return not_applicable("It was not signed between the letter and the Standard")
    return provided(facts, ["C6", "C9", "C12", "C14"])


@check
def exercised_in_cycle(facts: AgreementFacts, asked: Requirement, on: date) -> Result:
    """ISS-11: used at least once in each cycle, satisfactorily, and not late; a year where no cycle asks for it."""
    if not facts.in_use or facts.started_on is None:
        return not_applicable("It is asked once sharing has started")
    if late := late_of(facts, on, CONFIRMATION):
        return late
    if facts.last_outcome(CONFIRMATION) == ActivityOutcome.UNSATISFACTORY:
        return not_met("The last confirmation was not satisfactory")
    used = [facts.provisions[code].used_on for code in codes_of(asked) if code in facts.provisions]
    last = max((day for day in used if day), default=None)
    months = months_of(facts, CONFIRMATION) or CYCLE_MONTHS
    due = months_later(last or facts.started_on, months)
    if on > due:
        return not_met(f"{named(codes_of(asked))} was due by {nz_date(due)}, and no use of it is recorded since")
    return (
        met(f"Recorded on {nz_date(last)}")
        if last
        else not_applicable(f"It is due for the first time by {nz_date(due)}")
    )


@check
def provisions_exercised(facts: AgreementFacts, asked: Requirement, on: date) -> Result:
    """F8: present is one fact, used is another."""
    present = [code for code in codes_of(asked) if facts.present(code) == "present"]
    if not facts.in_use or facts.started_on is None or on < later(facts.started_on, USED_WITHIN):
        return not_applicable("It is asked when sharing has gone on for two years")
    used = [day for code in present if (day := facts.provisions[code].used_on) and day >= later(on, -USED_WITHIN)]
    if used:
        return met(f"Used on {nz_date(max(used))}")
    return not_met("None of them was used in the last two years" if present else "None of them stands in the agreement")
