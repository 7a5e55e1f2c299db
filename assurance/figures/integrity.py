"""Part 6: neither a contract for services nor a conflict-of-interest provision, which is critical (L1.3; rule 4)."""

from datetime import date

from assurance.figures.base import Figure
from assurance.figures.outcomes import found_of, row_of
from assurance.figures.standing import third_party
from assurance.outcome import Outcome
from people.models import Agency


def figures_of(agency: Agency, as_at: date) -> list[Figure]:
    """How many have the gap: here every number above none is bad; no query of its own."""
    found = [found_of(one, "L1.3") for one in third_party(agency, as_at)]
    open_ones = sorted((one for one in found if one[1].is_open), key=lambda one: one[1] == Outcome.UNKNOWN)
    numbers = [outcome for _, outcome, _ in found]
    return [
        Figure(
            "integrity.gap",
            "No contract for services and no conflict-of-interest provision",
            "Active agreements with third parties in which neither stands. Each of them is critical. Unknown: it is "
            "not known of the contract or of the provision.",
            value=numbers.count(Outcome.NOT_MET),
            of=len(found),
            unknown=numbers.count(Outcome.UNKNOWN),
            rows=tuple(row_of(one) for one in open_ones),
            wanted=0,
        )
    ]
