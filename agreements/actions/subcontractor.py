"""Who does part of the work of a contract."""

from collections.abc import Mapping
from typing import Any

from django.utils.timezone import localdate

from agreements.actions.changes import check_and_save, refuse, tell_of
from agreements.actions.contract import lock_contract
from agreements.digest import digest
from agreements.errors import NotNow
from agreements.extensions import organisations_named
from agreements.models import Agreement, Contract, Subcontractor
from agreements.policies.contract import check_is_free, check_may_change_contract
from agreements.stale import stale
from people.models import User
from records.acting import action

FIELDS = ("organisation", "parent", "does", "starts_on", "ends_on")


@action
def add_subcontractor(*, contract: Contract, values: Mapping[str, Any], by: User) -> Subcontractor:
    """Record a subcontractor. Raises ValidationError naming the field, NotYours, NotPermitted."""
    locked = lock_contract(contract)
    check_may_change_contract(locked, by)
    row = Subcontractor(contract=locked)
    _save(row, values)
    tell_served(locked, by)
    organisations_named([row.organisation_id], by, localdate())
    return row


@action
def change_subcontractor(
    *, contract: Contract, pk: int, values: Mapping[str, Any], seen: str, by: User
) -> Subcontractor:
    """Correct a subcontractor. Raises Stale when it changed since ``seen``, else as add_subcontractor()."""
    row = _own(contract, pk, by)
    now = subcontractor_values(row)
    if digest(now) != seen:
        raise stale(row, now, values)
    _save(row, values)
    tell_served(row.contract, by)
    organisations_named([row.organisation_id], by, localdate())
    return row


@action
def remove_subcontractor(*, contract: Contract, pk: int, by: User, reason: str = "") -> None:
    """Take away a subcontractor recorded by mistake; one that stopped gets its last day instead."""
    row = _own(contract, pk, by)
    check_is_free(row)
    row.delete()
    tell_served(row.contract, by)


def subcontractor_values(row: Subcontractor) -> dict[str, Any]:
    """What can be corrected, as it stands now."""
    return {name: getattr(row, name) for name in FIELDS}


def tell_served(contract: Contract, by: User) -> None:
    """What is found of the agreements that the contract serves may differ now."""
    tell_of(Agreement.objects.filter(contract_links__contract=contract), by)


def _own(contract: Contract, pk: int, by: User) -> Subcontractor:
    locked = lock_contract(contract)
    check_may_change_contract(locked, by)
    row = locked.subcontractors.select_for_update(of=("self",)).filter(pk=pk).first()
    if row is None:
        raise NotNow("Somebody else removed it in the meantime")
    row.contract = locked
    return row


def _save(row: Subcontractor, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    if row.organisation == row.contract.supplier:
        raise refuse("organisation", "This is the supplier itself: name whom the supplier engages")
    _check_above(row)
    twin = row.contract.subcontractors.filter(organisation=row.organisation, parent=row.parent, ends_on=None)
    if not row.ends_on and twin.exclude(pk=row.pk).exists():
        raise refuse("organisation", "It is listed there already")
    check_and_save(row)


def _check_above(row: Subcontractor) -> None:
    """Whom it works for belongs to the same contract, and does not work for it in turn."""
    above, seen = row.parent, {row.pk}
    while above is not None:
        if above.contract_id != row.contract_id:
            raise refuse("parent", "This subcontractor belongs to another contract")
        if above.pk in seen:
            raise refuse("parent", "It would come to work for itself: choose another")
        seen.add(above.pk)
        above = above.parent
