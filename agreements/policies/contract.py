"""May this be done to this contract, by this person, now? And what about it needs another look."""

from collections.abc import Iterable
from datetime import date

from agreements.choices import ContractTemplate
from agreements.contract_lifecycle import StageStep
from agreements.errors import NotNow, NotYours
from agreements.models import Agreement, Contract, Subcontractor
from people.labels import a_role
from people.models import Person, User
from people.permissions import check_may, may
from people.roles import Permission, Role
from records.choices import YesNoUnknown

QUIET_AFTER = 180  # days without an entry in the log after which a contract counts as not looked after
GMC_WARNING = (
    "It is written on a Government Model Contract, and {titles} shares personal information. New Zealand Government "
    "Procurement does not recommend that template there: let your legal team draft the terms"
)
GMC_NOT_KNOWN = (
    "It is written on a Government Model Contract. Whether {titles} shares personal information is not known yet: "
    "that template is not recommended where it does"
)


def check_may_log(contract: Contract, user: User) -> None:
    """The person may write into the log of oversight: whoever keeps contracts, so that a colleague can stand in."""
    if contract.agency_id != user.agency.pk:
        raise NotYours("This contract belongs to another agency")
    check_may(user, Permission.KEEP_CONTRACTS)


def check_may_change_contract(contract: Contract, user: User) -> None:
    """The person may change the contract: whoever manages it or keeps every agreement; anyone while nobody does."""
    check_may_log(contract, user)
    if may(user, Permission.EDIT_ANY_AGREEMENT) or contract.manager_id in (None, user.person_id):
        return
    raise NotYours(f"Only {a_role(user.agency, Role.PRIVACY_OFFICER)}, or {contract.manager}, can change it")


def check_may_take_stage(contract: Contract, step: StageStep, user: User) -> None:
    """The person may change the contract, and this step leads on from where it stands."""
    check_may_change_contract(contract, user)
    if contract.stage not in step.sources:
        raise NotNow(f"It is {contract.get_stage_display().lower()}, so this is not the next step")


def check_may_serve(contract: Contract, agreement: Agreement) -> None:
    """A contract serves agreements of its own agency."""
    if contract.agency_id != agreement.agency_id:
        raise NotYours("This agreement belongs to another agency")


def check_manages(manager: Person | None, agency: int, on: date) -> None:
    """Who is newly named as manager works here."""
    if manager is None:
        return
    if manager.agency_id != agency:
        raise NotYours(f"{manager} works for another agency")
    if manager.has_left(on):
        raise NotNow(f"{manager} has left: choose somebody who is here")


def check_is_free(row: Subcontractor) -> None:
    """Nobody works for the subcontractor that is taken away."""
    below = row.below.first()
    if below:
        raise NotNow(f"{below} works for it. Take {below} away first, or say whom it works for")


def warnings(contract: Contract, agreements: Iterable[Agreement]) -> list[str]:
    """What somebody should look at; sentences without a full stop (domain.md 1.1 no 9)."""
    if contract.template != ContractTemplate.GMC:
        return []
    shares = [one.title for one in agreements if one.terms_now.personal_information == YesNoUnknown.YES]
    unsure = [one.title for one in agreements if one.terms_now.personal_information == YesNoUnknown.UNKNOWN]
    if shares:
        return [GMC_WARNING.format(titles=_joined(shares))]
    return [GMC_NOT_KNOWN.format(titles=_joined(unsure))] if unsure else []


def _joined(titles: list[str]) -> str:
    return "“" + "”, “".join(titles) + "”"
