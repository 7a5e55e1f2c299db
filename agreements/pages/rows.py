"""Repeating rows as lists on a page: what each is called, what is said of it, where it is changed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Model

from agreements.addresses import address
from agreements.models import AccessHolder, Agreement, Flow, Information, LegalBasis, Party
from agreements.rows import KINDS
from agreements.sections import Section
from records.words import number, nz_date


@dataclass(frozen=True)
class Row:
    """One row in a list."""

    title: str
    notes: list[str]
    change: str
    remove: str


@dataclass(frozen=True)
class RowList:
    """The rows of one kind, and the address that adds another."""

    kind: str
    heading: str
    noun: str
    rows: list[Row]
    add: str


HEADINGS = {
    "party": "Parties",
    "flow": "Flows",
    "information": "Information that the flows carry",
    "legal_basis": "Legal bases",
    "access_holder": "Who has access",
}


def row_lists(agreement: Agreement, section: Section) -> list[RowList]:
    """The lists of a section; provisions and responsibilities have forms of their own."""
    return [row_list(agreement, name) for name in section.rows if name in HEADINGS]


def row_list(agreement: Agreement, name: str) -> RowList:
    """The rows of one kind; no queries where the agreement is whole."""
    terms = agreement.terms_now
    found: dict[str, Callable[[], Iterable[Model]]] = {
        "party": lambda: [party for party, _ in tree(terms.parties.all())],
        "flow": terms.flows.all,
        "information": lambda: [item for flow in terms.flows.all() for item in flow.information.all()],
        "legal_basis": terms.legal_bases.all,
        "access_holder": agreement.access_holders.all,
    }
    names = {party.pk: party.organisation.name for party in terms.parties.all()}
    rows = [_row(agreement, name, row, names) for row in found[name]()]
    add = address(agreement, "add_row", name)
    return RowList(name, HEADINGS[name], KINDS[name].noun, rows, add)


@dataclass(frozen=True)
class Bough:
    """A party and the subcontractors under it."""

    party: Party
    under: list["Bough"]


def boughs(parties: Iterable[Party]) -> list[Bough]:
    """The parties as a tree: those to the agreement itself, each with its subcontractors at every depth."""
    listed = sorted(parties, key=lambda party: party.pk)

    def below(parent: int | None) -> list[Bough]:
        return [Bough(party, below(party.pk)) for party in listed if party.parent_id == parent]

    return below(None)


def tree(parties: Iterable[Party]) -> list[tuple[Party, int]]:
    """Parties in the order of their tree, each with its depth: 0 for a party, 1 for its subcontractor and so on."""

    def flat(found: list[Bough], depth: int) -> list[tuple[Party, int]]:
        return [each for bough in found for each in [(bough.party, depth), *flat(bough.under, depth + 1)]]

    return flat(boughs(parties), 0)


def _row(agreement: Agreement, kind: str, row: Model, names: dict[int, str]) -> Row:
    title, notes = _words(row, names)
    return Row(
        title,
        [note for note in notes if note],
        address(agreement, "change_row", kind, row.pk),
        address(agreement, "remove_row", kind, row.pk),
    )


def _words(row: Model, names: dict[int, str]) -> tuple[str, list[str]]:
    match row:
        case Party():
            known = f"acknowledged {nz_date(row.acknowledged_on)}" if row.acknowledged_on else ""
            under = f" of {names[row.parent_id]}" if row.parent_id else ""
            return row.organisation.name, [row.get_role_display() + under, row.get_acts_as_display(), known]
        case Flow():
            volume = f"{number(row.volume)} records a year" if row.volume is not None else ""
            title = f"From {names[row.sender_id]} to {names[row.receiver_id]}"
            return title, [row.get_control_display(), row.get_frequency_display(), row.method, volume]
        case Information():
            return row.name, [row.get_sensitivity_display(), row.get_category_display(), row.about_whom]
        case LegalBasis():
            return str(row.provision), [row.provision.title, row.note]
        case AccessHolder():
            return row.described_as, [row.organisation.name]
    raise TypeError(type(row).__name__)
