"""What every change of a declaration does: lock first, note the step, and tell the agreements it is about last."""

from datetime import date, datetime

from django.utils.timezone import localdate

from agreements.actions.changes import check_and_save, refuse, tell_of
from agreements.models import Agreement
from conflicts.models import Declaration, DeclarationStep
from people.models import User

__all__ = ["agreements_about", "check_and_save", "lock", "note_step", "refuse", "tell_agreements"]


def lock(declaration: Declaration) -> Declaration:
    """The declaration as it stands now, locked until the transaction ends."""
    rows = Declaration.objects.select_for_update(of=("self",), no_key=True)
    related = ("agency", "person", "supplier", "decider", "approver", "agreement", "contract", "subcontractor")
    return rows.select_related(*related).get(pk=declaration.pk)


def note_step(
    declaration: Declaration, step: str, source: str, by: User, now: datetime, why: str = "", on: date | None = None
) -> DeclarationStep:
    """Keep the step that was just taken as a row of record."""
    row = DeclarationStep(
        declaration=declaration, step=step, source=source, target=declaration.status, by=by, at=now,
        on=on or localdate(now), why=why.strip(),
    )  # fmt: skip
    row.save()
    return row


def agreements_about(declaration: Declaration) -> list[int]:
    """The keys of the agreements that the declaration is about, directly or through the contract."""
    found = {declaration.agreement_id} if declaration.agreement_id else set()
    contract = declaration.contract or (declaration.subcontractor and declaration.subcontractor.contract)
    if contract:
        found |= set(contract.agreement_links.values_list("agreement", flat=True))
    return sorted(key for key in found if key)


def tell_agreements(declaration: Declaration, by: User, on: date) -> None:
    """What the agreements it is about show and ask may differ now."""
    if keys := agreements_about(declaration):
        tell_of(Agreement.objects.filter(pk__in=keys), by, on)
