"""What somebody saw of a draft when they opened a page: two may write one, the declarant and whoever fills it in."""

from collections.abc import Mapping
from typing import Any

from agreements.digest import digest
from agreements.stale import saved_since
from conflicts.models import CONTENT, Declaration, DeclaredInterest

ABOUT = (
    *("capacity", "occasion", "stage", "agreement_id", "contract_id", "subcontractor_id", "about", "begins_on"),
    *("spoken_by", "document", "document_on"),
)
OF_ROW = (*(name for name in CONTENT if name != "normalised"), "standing", "touches", "declared_as")


def about_values(declaration: Declaration) -> dict[str, Any]:
    """When, why, in which capacity and from which document, by field."""
    return {name: getattr(declaration, name) for name in ABOUT}


def row_values(row: DeclaredInterest) -> dict[str, Any]:
    """What a draft says of one interest, by field."""
    return {name: getattr(row, name) for name in OF_ROW}


def whole_values(declaration: Declaration) -> dict[str, Any]:
    """Everything a draft says; one query."""
    rows = {str(row.pk): digest(row_values(row)) for row in declaration.declared.all()}
    return about_values(declaration) | {"said": declaration.said} | rows


def check_seen(
    record: Declaration | DeclaredInterest, now: Mapping[str, Any], values: Mapping[str, Any], seen: str | None
) -> None:
    """Refuse (Stale) what was written without having seen what stands now; ``seen`` None asks nothing."""
    if seen is None or seen == digest(now):
        return
    histories = [record.history]
    if isinstance(record, Declaration):
        histories.append(DeclaredInterest.history.filter(declaration_id=record.pk))
    raise saved_since(now, values, *histories)
