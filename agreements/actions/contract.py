"""Record contracts, correct them, and say which agreements they serve. Stages: actions/contract_stage.py."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from agreements.actions.changes import changing, check_and_save
from agreements.contract_lifecycle import RECORDED
from agreements.digest import digest
from agreements.errors import NotNow, NotYours
from agreements.extensions import organisations_named
from agreements.models import Agreement, AgreementContract, Contract, ContractStageChange
from agreements.policies.contract import check_manages, check_may_change_contract, check_may_serve
from agreements.stale import stale
from people.models import Person, User
from people.permissions import check_may
from people.roles import Permission
from records.acting import action

FIELDS = (
    "reference", "title", "supplier", "manager", "starts_on", "ends_on", "value_band", "procurement_ref",
    "template", "gmc_considered", "gmc_note",
)  # fmt: skip


@action
def add_contract(*, values: Mapping[str, Any], by: User, now: datetime, agreement: Agreement | None = None) -> Contract:
    """Record a contract at the stage where it stands, at once serving ``agreement`` where one is given.

    Raises ValidationError naming the field, NotYours, NotPermitted.
    """
    check_may(by, Permission.KEEP_CONTRACTS)
    contract = Contract(agency=by.agency, stage=values["stage"])
    _set(contract, values)
    check_and_save(contract)
    ContractStageChange(
        contract=contract, step=RECORDED, target=contract.stage, by=by, at=now, on=timezone.localdate(now)
    ).save()
    if agreement:
        _link(contract, agreement, by, now)
    organisations_named([contract.supplier_id], by, timezone.localdate(now))
    return contract


@action
def change_contract(
    *, contract: Contract, values: Mapping[str, Any], seen: str, by: User, reason: str = ""
) -> Contract:
    """Correct a contract. ``seen`` is the digest of contract_values() when the person opened it.

    Raises Stale when it changed since, ValidationError, NotYours or NotPermitted; nothing is saved then.
    """
    locked = lock_contract(contract)
    check_may_change_contract(locked, by)
    now = contract_values(locked)
    if digest(now) != seen:
        raise stale(locked, now, values)
    _set(locked, values)
    check_and_save(locked)
    for link in locked.agreement_links.select_related("agreement").order_by("agreement"):
        with changing(link.agreement, by):
            pass  # what others conclude from its contract is concluded again
    organisations_named([locked.supplier_id], by, timezone.localdate())
    return locked


@action
def link_agreement(*, contract: Contract, agreement: Agreement, by: User, now: datetime) -> AgreementContract:
    """Say that the contract serves an agreement. Raises NotNow where it does already, NotYours, NotPermitted."""
    locked = lock_contract(contract)
    check_may_change_contract(locked, by)
    return _link(locked, agreement, by, now)


@action
def unlink_agreement(*, contract: Contract, agreement: Agreement, by: User, reason: str = "") -> None:
    """Say that the contract does not serve an agreement; that it was said to stays in the history."""
    locked = lock_contract(contract)
    check_may_change_contract(locked, by)
    link = locked.agreement_links.filter(agreement=agreement).first()
    if link is None:
        raise NotNow("Somebody else took it away in the meantime")
    with changing(agreement, by):
        link.delete()


@action
def hand_over_contract(*, contract: Contract, leaver: Person, to: Person, by: User) -> Contract:
    """Put ``to`` where ``leaver`` managed it, and change nothing else. Raises NotYours, NotNow, NotPermitted."""
    check_may(by, Permission.HAND_OVER)
    locked = lock_contract(contract)
    if locked.agency_id != by.agency.pk:
        raise NotYours("This contract belongs to another agency")
    if locked.manager != leaver:
        raise NotNow(f"{locked.manager or 'Nobody'} manages {locked.reference} by now: nothing is left to hand over")
    check_manages(to, locked.agency_id, timezone.localdate())
    locked.manager = to
    locked.save()
    return locked


def contract_values(contract: Contract) -> dict[str, Any]:
    """What can be corrected, as it stands now."""
    return {name: getattr(contract, name) for name in FIELDS}


def lock_contract(contract: Contract) -> Contract:
    """The contract as it stands now, locked until the transaction ends."""
    return Contract.objects.select_for_update(of=("self",), no_key=True).get(pk=contract.pk)


def _set(contract: Contract, values: Mapping[str, Any]) -> None:
    manager: Person | None = values.get("manager")
    if manager != contract.manager:
        check_manages(manager, contract.agency_id, timezone.localdate())
    for name in FIELDS:
        if name in values:
            setattr(contract, name, values[name])
    contract.reference = " ".join(contract.reference.split())


def _link(contract: Contract, agreement: Agreement, by: User, now: datetime) -> AgreementContract:
    check_may_serve(contract, agreement)
    if contract.agreement_links.filter(agreement=agreement).exists():
        raise NotNow(f"It serves {agreement.reference} already")
    with changing(agreement, by) as locked:
        link = AgreementContract(agreement=locked, contract=contract, by=by, at=now)
        check_and_save(link)
    return link
