"""Who of a contract declared: the supplier, and every tier of subcontractor; a missing one is a gap (letter, 2)."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import Q

from agreements.models import Contract, Organisation, Subcontractor
from agreements.pages.contract import Under, tree
from conflicts.choices import BEING_WRITTEN, DeclarationStatus
from conflicts.models import Declaration
from people.models import User

STANDS_FOR = timedelta(days=365)  # a declaration of the year: older ones are out of date


class Stands(StrEnum):
    """Whether somebody of the contract declared; the value names its look."""

    DECLARED = "declared"
    OUT_OF_DATE = "out_of_date"
    BEGUN = "begun"
    GAP = "nothing_declared"


@dataclass(frozen=True)
class Declarer:
    """The supplier or one subcontractor: how deep it stands, and its newest declaration where there is one."""

    organisation: Organisation
    row: Subcontractor | None
    depth: int
    stands: Stands
    newest: Declaration | None
    may_read: bool

    @property
    def tier(self) -> str:
        """Where it stands in the contract."""
        return "Supplier" if self.row is None else f"Subcontractor, tier {self.depth}"


def declarers_of(contract: Contract, user: User, on: date) -> list[Declarer]:
    """Supplier first, then its subcontractors from the top down; three queries, whatever their number."""
    about = Q(contract=contract) | Q(subcontractor__contract=contract)
    made = Declaration.objects.filter(about, person=None, agency=contract.agency_id).order_by("pk")
    made = made.exclude(status=DeclarationStatus.WITHDRAWN)
    newest = {one.subcontractor_id: one for one in made}
    readable = set(Declaration.objects.visible_to(user).filter(about).values_list("pk", flat=True))
    rows: list[tuple[Organisation, Subcontractor | None, int]] = [(contract.supplier, None, 0)]
    rows += _down(tree(contract.subcontractors.select_related("organisation").order_by("organisation__name", "pk")), 1)
    return [_declarer(*row, newest, readable, on) for row in rows]


def _down(branches: list[Under], depth: int) -> list[tuple[Organisation, Subcontractor | None, int]]:
    found: list[tuple[Organisation, Subcontractor | None, int]] = []
    for branch in branches:
        found += [(branch.row.organisation, branch.row, depth), *_down(branch.below, depth + 1)]
    return found


def _declarer(
    body: Organisation,
    row: Subcontractor | None,
    depth: int,
    newest: dict[int | None, Declaration],
    readable: set[int],
    on: date,
) -> Declarer:
    found = newest.get(row.pk if row else None)
    return Declarer(body, row, depth, _stands(found, on), found, found is not None and found.pk in readable)


def _stands(found: Declaration | None, on: date) -> Stands:
    if found is None:
        return Stands.GAP
    if found.status in BEING_WRITTEN or found.submitted_on is None:
        return Stands.BEGUN
    return Stands.DECLARED if on - (found.document_on or found.submitted_on) <= STANDS_FOR else Stands.OUT_OF_DATE
