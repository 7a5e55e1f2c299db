"""Part 7: where several agencies take part, each duty has exactly one accountable party (L1.4; 8.5 rule 8)."""

from datetime import date

from assurance.figures.base import Figure
from assurance.figures.outcomes import counted, found_of
from assurance.figures.standing import third_party
from people.models import Agency


def figures_of(agency: Agency, as_at: date) -> list[Figure]:
    """Agreements of several agencies with complete ownership; no query of its own."""
    several = [one for one in third_party(agency, as_at) if one.public_parties > 1]
    return [
        counted(
            [found_of(one, "L1.4") for one in several],
            key="ownership.settled",
            label="One accountable party for each duty",
            definition="Active agreements with third parties in which more than one agency of the State services takes "
            "part. Met where each of the eight duties has exactly one accountable party.",
        )
    ]
