"""The repeating rows of an agreement: which model, which section, which fields, and what may stand in the way."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from agreements.errors import NotNow
from agreements.models import (
    AccessHolder,
    Agreement,
    Flow,
    Information,
    LegalBasis,
    Party,
    Provision,
    Responsibility,
)


def _nothing_stands_in_the_way(_: object) -> None:
    """Most rows can always be removed."""


def _nothing_goes_along(_: object) -> list[str]:
    """Most rows have nothing below them."""
    return []


@dataclass(frozen=True)
class RowKind:
    """One kind of row. ``parent`` is the foreign key that ties it to the agreement's terms (or to the agreement).

    ``goes_along`` names what is removed with a row, for the page that asks first.
    """

    name: str
    model: Any
    noun: str
    fields: tuple[str, ...]
    parent: str = "terms"
    check_removal: Callable[[Any], None] = _nothing_stands_in_the_way
    goes_along: Callable[[Any], list[str]] = _nothing_goes_along
    of_terms: bool = True

    def of(self, agreement: Agreement) -> Any:
        """The rows of this kind of an agreement's present terms, as a queryset."""
        return self.model.objects.filter(**{self.parent: agreement.terms_now if self.of_terms else agreement})


def _party_is_free(row: Party) -> None:
    flow = Flow.objects.filter(sender=row).first() or Flow.objects.filter(receiver=row).first()
    if flow:
        raise NotNow(f"A flow names {row}: {str(flow).lower()}. Remove or change the flow first")
    child = row.subcontractors.first()
    if child:
        raise NotNow(f"{child} is its subcontractor. Remove the subcontractor first")


def _duties(row: Party) -> list[str]:
    return [f"Its responsibility: {duty.get_duty_display()}" for duty in row.responsibilities.order_by("pk")]


def _carried(row: Flow) -> list[str]:
    return [f"The information it carries: {item.name}" for item in row.information.order_by("pk")]


KINDS = {
    kind.name: kind
    for kind in (
        RowKind(
            "party",
            Party,
            "party",
            (
                "organisation",
                "role",
                "acts_as",
                "parent",
                "starts_on",
                "contact",
                "contact_email",
                "breach_contact",
                "acknowledged_on",
            ),
            check_removal=_party_is_free,
            goes_along=_duties,
        ),
        RowKind(
            "flow",
            Flow,
            "flow",
            ("sender", "receiver", "method", "control", "frequency", "volume"),
            goes_along=_carried,
        ),
        RowKind(
            "information",
            Information,
            "kind of information",
            ("flow", "name", "category", "identifiability", "sensitivity", "about_whom", "children", "health", "maori"),
            parent="flow__terms",
        ),
        RowKind("legal_basis", LegalBasis, "legal basis", ("provision", "note")),
        RowKind(
            "responsibility",
            Responsibility,
            "responsibility",
            ("duty", "party", "person_named", "starts_on", "ends_on"),
        ),
        RowKind("provision", Provision, "provision", ("code", "answer", "clause", "document", "page", "why_absent")),
        RowKind(
            "access_holder",
            AccessHolder,
            "holder of access",
            ("organisation", "person", "described_as", "starts_on", "ends_on"),
            parent="agreement",
            of_terms=False,
        ),
    )
}
