"""Who does what: each duty has exactly one accountable party; blanks and doubles are shown (L1.4)."""

from dataclasses import dataclass

from agreements.choices import Duty
from agreements.models import Agreement, Party


@dataclass(frozen=True)
class DutyRow:
    """One duty: for each party whether it is accountable, and what is wrong, if anything."""

    duty: str
    label: str
    cells: list[tuple[Party, bool]]
    problem: str


@dataclass(frozen=True)
class Duties:
    """The matrix: parties across, duties down."""

    parties: list[Party]
    rows: list[DutyRow]

    @property
    def begun(self) -> bool:
        """Whether anybody is accountable for anything."""
        return any(accountable for row in self.rows for _, accountable in row.cells)

    @property
    def problems(self) -> int:
        """How many duties are blank or doubled."""
        return sum(bool(row.problem) for row in self.rows)


def duties(agreement: Agreement, held: set[tuple[str, int]] | None = None) -> Duties:
    """The matrix of the present terms, or with what a person ticked (``held``); no queries where it is whole."""
    terms = agreement.terms_now
    parties = list(terms.parties.all())
    if held is None:
        held = {(row.duty, row.party_id) for row in terms.responsibilities.all()}
    rows = [_row(duty, parties, held) for duty in Duty]
    return Duties(parties, rows)


def _row(duty: Duty, parties: list[Party], held: set[tuple[str, int]]) -> DutyRow:
    cells = [(party, (duty.value, party.pk) in held) for party in parties]
    count = sum(accountable for _, accountable in cells)
    problem = "Nobody yet" if count == 0 else f"{count} are accountable" if count > 1 else ""
    return DutyRow(duty.value, duty.label, cells, problem)
