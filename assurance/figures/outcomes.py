"""From outcomes of agreements to one figure: met, not met and unknown apart, and a list that says each."""

from collections.abc import Iterable
from typing import Any

from assurance.figures.base import Figure, Row
from assurance.figures.standing import Standing
from assurance.outcome import Outcome

ORDER = (Outcome.NOT_MET, Outcome.UNKNOWN, Outcome.MET, Outcome.NOT_APPLICABLE)
Found = tuple[Standing, Outcome, str]
NOT_ASSESSED = "Not assessed by that day"


def found_of(one: Standing, requirement: str) -> Found:
    """What the newest run said of one requirement; what was never asked there is unknown."""
    if not one.assessed:
        return one, Outcome.UNKNOWN, NOT_ASSESSED
    outcome, why = one.results.get(requirement, (Outcome.UNKNOWN.value, "It was not asked by that day"))
    return one, Outcome(outcome), why


def counted(found: Iterable[Found], **about: Any) -> Figure:
    """The figure ``n of N met``: not applicable is asked of nobody, unknown is never met (domain.md 8.5 rule 22)."""
    asked = sorted((one for one in found if one[1] != Outcome.NOT_APPLICABLE), key=lambda one: ORDER.index(one[1]))
    numbers = [outcome for _, outcome, _ in asked]
    return Figure(
        value=numbers.count(Outcome.MET),
        of=len(asked),
        unknown=numbers.count(Outcome.UNKNOWN),
        rows=tuple(row_of(one) for one in asked),
        **about,
    )


def row_of(found: Found) -> Row:
    """Its line; what is not met or not known is an exception."""
    one, outcome, why = found
    note = f"{outcome.label}: {why}" if why else outcome.label
    return one.row(note, outcome.value if outcome.is_open else "")
