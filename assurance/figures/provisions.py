"""Part 5: privacy, assurance, audit and conflict-of-interest provisions; assurance and audit apart (8.5 rule 3)."""

from datetime import date

from assurance.figures.base import Figure
from assurance.figures.outcomes import NOT_ASSESSED, Found, counted
from assurance.figures.standing import Standing, third_party
from assurance.outcome import Outcome
from people.models import Agency

CODES = {
    "privacy": ("C6", "Privacy obligations"),
    "assurance": ("C12", "Assurance is provided for"),
    "audit": ("C14", "Audit is provided for"),
    "conflicts": ("C9", "Conflict-of-interest provision"),
}
OF_ANSWER = {"present": Outcome.MET, "absent": Outcome.NOT_MET, "not_applicable": Outcome.NOT_APPLICABLE}
WORDS = {"present": "The provision stands there", "absent": "The provision is missing"}


def figures_of(agency: Agency, as_at: date) -> list[Figure]:
    """One figure a provision; no query of its own."""
    rows = third_party(agency, as_at)
    return [
        counted(
            [_found(one, code) for one in rows],
            key=f"provisions.{name}",
            label=label,
            definition=f"Active agreements with third parties in which provision {code} is present. One said with a "
            "reason not to apply is not counted. Unknown: nobody has looked.",
        )
        for name, (code, label) in CODES.items()
    ]


def _found(one: Standing, code: str) -> Found:
    answer = one.answers.get(code, "unknown")
    why = WORDS.get(answer, "Nobody has looked" if one.assessed else NOT_ASSESSED)
    return one, OF_ANSWER.get(answer, Outcome.UNKNOWN), why
