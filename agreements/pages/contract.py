"""A contract's page, and the page of everything one person manages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from agreements.choices import ContractStage, Status
from agreements.contract_lifecycle import StageStep, stage_steps_from
from agreements.models import Agreement, AgreementContract, Contract, ContractStageChange, Oversight, Subcontractor
from agreements.pages.evidence import Pointer, pointed
from agreements.policies.agreement import why_not
from agreements.policies.contract import QUIET_AFTER, check_may_change_contract, check_may_log, warnings
from people.models import User

LOG_SHOWN = 50  # entries on the page; the list says how many there are


@dataclass(frozen=True)
class Served:
    """An agreement that the contract serves, as it stands on the day."""

    agreement: Agreement
    standing: str


@dataclass(frozen=True)
class Under:
    """A subcontractor and those who work for it."""

    row: Subcontractor
    below: "list[Under]"


@dataclass(frozen=True)
class ContractPage:
    """Everything that the page shows."""

    contract: Contract
    serves: list[Served]
    log: list[tuple[Oversight, Pointer | None]]
    logged: int
    under: list[Under]
    stages: list[ContractStageChange]
    steps: list[StageStep]
    warnings: list[str]
    past_end: bool
    quiet: bool
    why_not_change: str
    why_not_log: str


@dataclass(frozen=True)
class Ahead:
    """A day that comes, or went by: what it is of, and where to go."""

    on: date
    what: str
    url: str
    late: bool


@dataclass(frozen=True)
class Managed:
    """A contract that the person manages, with what comes next."""

    contract: Contract
    agreements: list[Agreement]
    ahead: list[Ahead]
    last: date | None
    quiet: bool
    warnings: list[str]

    @property
    def late(self) -> bool:
        """Whether anything of it went by undone."""
        return any(day.late for day in self.ahead)


def contract_page(contract: Contract, user: User, on: date) -> ContractPage:
    """Gather the page; the contract comes from fetch.contract_or_404()."""
    links = contract.agreement_links.select_related("agreement__current_terms").order_by("agreement__reference")
    agreements = [link.agreement for link in links]
    entries = oversight_of(Oversight.objects.filter(contract=contract))
    log = list(entries[: LOG_SHOWN + 1])
    return ContractPage(
        contract=contract,
        serves=[Served(one, one.standing(on)) for one in agreements],
        log=pointed(log[:LOG_SHOWN], user),
        logged=len(log) if len(log) <= LOG_SHOWN else entries.count(),
        under=tree(contract.subcontractors.select_related("organisation").order_by("organisation__name", "pk")),
        stages=list(contract.stage_changes.select_related("by__person").order_by("-pk")),
        steps=stage_steps_from(contract.stage),
        warnings=warnings(contract, agreements),
        past_end=_is_past_end(contract, on),
        quiet=_is_quiet(contract, log[0].on if log else None, on),
        why_not_change=why_not(check_may_change_contract, contract, user),
        why_not_log=why_not(check_may_log, contract, user),
    )


def oversight_of(entries: "QuerySet[Oversight]") -> "QuerySet[Oversight]":
    """Entries of a log, the newest day first, each with who wrote it and what put it right."""
    return entries.select_related("by__person", "corrects").prefetch_related("corrected_by").order_by("-on", "-pk")


def tree(rows: Iterable[Subcontractor]) -> list[Under]:
    """Subcontractors with those under them; the rows are read once."""
    listed = list(rows)

    def below(parent: int | None) -> list[Under]:
        return [Under(row, below(row.pk)) for row in listed if row.parent_id == parent]

    return below(None)


def my_contracts(user: User, on: date) -> list[Managed]:
    """The running contracts that the user manages: those with something late first, then by their next day."""
    mine = Contract.objects.visible_to(user).running().filter(manager=user.who)
    rows = mine.with_last_oversight().select_related("supplier").order_by("title", "pk")
    served = _served([row.pk for row in rows])
    found = [_managed(row, served.get(row.pk, []), on) for row in rows]
    return sorted(found, key=lambda one: (not one.late, not one.quiet, one.ahead[0].on if one.ahead else date.max))


def _served(contracts: Sequence[int]) -> dict[int, list[Agreement]]:
    links = AgreementContract.objects.filter(contract__in=contracts).select_related("agreement__current_terms")
    found: dict[int, list[Agreement]] = {}
    for link in links.order_by("agreement__reference"):
        found.setdefault(link.contract_id, []).append(link.agreement)
    return found


def _managed(contract: Contract, agreements: list[Agreement], on: date) -> Managed:
    last: date | None = contract.last_oversight  # type: ignore[attr-defined]  # annotated
    days = [] if contract.ends_on is None else [("Contract ends", contract.ends_on, contract.get_absolute_url())]
    for one in agreements:
        if one.status == Status.SIGNED:
            dates = (("ends", one.terms_now.ends_on), ("review", one.review_due_on))
            days += [(f"{one.reference} {word}", day, one.get_absolute_url()) for word, day in dates if day]
    ahead = sorted((Ahead(day, what, url, day < on) for what, day, url in days), key=lambda each: each.on)
    quiet = _is_quiet(contract, last, on)
    return Managed(contract, agreements, ahead, last, quiet, warnings(contract, agreements))


def _is_past_end(contract: Contract, on: date) -> bool:
    return contract.stage != ContractStage.ENDED and contract.ends_on is not None and contract.ends_on < on


def _is_quiet(contract: Contract, last: date | None, on: date) -> bool:
    """In service, and nobody has looked after it for half a year as far as the log knows."""
    recent = last is not None and last > on - timedelta(days=QUIET_AFTER)
    return contract.stage == ContractStage.IN_SERVICE and not recent


def agreement_contracts(agreement: Agreement, user: User) -> dict[str, object]:
    """The contracts that serve an agreement, and the log of its own oversight."""
    rows = Contract.objects.filter(agreement_links__agreement=agreement).with_last_oversight()
    contracts = list(rows.select_related("supplier", "manager").order_by("title", "pk"))
    flagged = {row.pk: sentences for row in contracts if (sentences := warnings(row, [agreement]))}
    log = pointed(oversight_of(Oversight.objects.filter(agreement=agreement))[:LOG_SHOWN], user)
    return {"contracts": [(row, flagged.get(row.pk, [])) for row in contracts], "log": log}
