"""Part 4: agreements signed since 1 July 2025 that meet every mandatory check (letter, paragraph 1; L1.6)."""

from collections.abc import Mapping
from datetime import date

from assurance.editions import asked_of
from assurance.figures.base import Figure
from assurance.figures.outcomes import NOT_ASSESSED, Found, counted
from assurance.figures.standing import Standing, mandatory, third_party
from assurance.outcome import Outcome
from people.models import Agency

NEW = (
    "Active agreements in the Standard’s scope signed on or after 1 July 2025. Met where every requirement that stops "
    "a signing or a start, or admits no delay, is met or does not apply; an accepted exception does not make it met."
)


def figures_of(agency: Agency, as_at: date) -> list[Figure]:
    """Compliant agreements since the Standard; no query of its own."""
    rows = [one for one in third_party(agency, as_at) if one.cohort == "new"]
    titles = {one.id: one.title for one in asked_of("agreement", as_at)}
    asked = {name: titles[name] for name in mandatory(as_at)}
    found = [_found(one, asked) for one in rows]
    return [
        counted(
            found, key="since.compliant", label="Signed since 1 July 2025: every mandatory check met", definition=NEW
        )
    ]


def _found(one: Standing, asked: Mapping[str, str]) -> Found:
    if not one.assessed:
        return one, Outcome.UNKNOWN, NOT_ASSESSED
    outcomes = {name: one.results[name][0] for name in asked if name in one.results}
    for outcome in (Outcome.NOT_MET, Outcome.UNKNOWN):
        if named := [name for name, said in outcomes.items() if said == outcome]:
            return one, outcome, "; ".join(f"{asked[name]} ({name})" for name in named)
    return one, Outcome.MET, ""
