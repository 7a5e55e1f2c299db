"""The list of contracts: its filters and sorts, what an address finds, and the same as a sheet."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Lower
from django.db.models.lookups import Contains
from django.http import QueryDict

from agreements.choices import ContractStage, ContractTemplate, ValueBand
from agreements.models import AgreementContract, Contract, OrganisationName, Oversight
from agreements.normalise import normalise
from agreements.policies.contract import QUIET_AFTER
from agreements.sheets import Cell
from people.labels import role_label
from people.models import Person, User
from people.roles import Role
from records.choices import YesNoUnknown
from records.facets import tally
from records.filters import DateFilter, Filter, Option, OptionFilter, PickFilter, choice_filter
from records.forms import plain
from records.lists import Address, Counts, ListSpec, Plain, Sort

RUNNING = ~Q(stage=ContractStage.ENDED)
HEADINGS = (
    "Number", "Title", "Supplier", "Stage", "Contract manager", "Starts on", "Ends on", "Value", "Template",
    "Procurement reference", "Model contract terms considered", "What was decided", "Agreements", "Subcontractors",
    "Last oversight",
)  # fmt: skip


class SupplierFilter(Filter):
    """A supplier by any of its names."""

    def condition(self, values: tuple[str, ...]) -> Q:
        """Contracts with such a supplier."""
        return _supplied_by(normalise(values[0]))


@dataclass
class Found:
    """What an address finds. ``counts`` holds, by filter and answer, how many it would find."""

    address: Address
    rows: "QuerySet[Contract]"
    count: int
    total: int
    counts: Counts


def read(user: User, on: date, data: QueryDict) -> Address:
    """The address of the list of contracts, read for a user on a day."""
    return Address(_spec(user, on), data)


def find(address: Address, visible: "QuerySet[Contract]") -> Found:
    """Look for what the address asks. Nothing is found where anything in it was refused."""
    if address.problems:
        return Found(address, visible.none(), 0, 0, {})
    counted = [one for one in address.spec.filters if isinstance(one, OptionFilter) and one.facet]
    base = visible.filter(_words(address.q), address.condition(leaving_out=[one.name for one in counted]))
    whole = visible.order_by().values("agency").annotate(n=Count("pk")).values("n")[:1]
    figures = tally(base, counted, address.values, Subquery(whole))
    total = visible.count() if figures.whole is None else figures.whole
    return Found(address, matching(address, visible), figures.count, total, figures.answers)


def matching(address: Address, visible: "QuerySet[Contract]") -> "QuerySet[Contract]":
    """The contracts that the address asks for, in its order, with what the table shows."""
    links = AgreementContract.objects.filter(contract=OuterRef("pk")).order_by().values("contract")
    rows = visible.filter(_words(address.q), address.condition()).select_related("supplier", "manager")
    rows = rows.with_last_oversight()  # type: ignore[attr-defined]  # a ContractQuerySet
    rows = rows.annotate(agreements=Subquery(links.annotate(n=Count("pk")).values("n")), risky=Exists(_risky()))
    found: QuerySet[Contract] = rows.order_by(*address.order())
    return found


def sheet_rows(rows: "QuerySet[Contract]") -> Iterator[list[Cell]]:
    """One line a contract, in the order of HEADINGS."""
    whole = rows.prefetch_related("agreement_links__agreement", "subcontractors__organisation")
    for one in whole.iterator(chunk_size=250):
        agreements = "; ".join(sorted(link.agreement.reference for link in one.agreement_links.all()))
        under = "; ".join(sorted(row.organisation.name for row in one.subcontractors.all()))
        yield [
            one.reference, one.title, one.supplier.name, one.get_stage_display(), str(one.manager or ""),
            one.starts_on, one.ends_on, one.get_value_band_display(), one.get_template_display(), one.procurement_ref,
            one.get_gmc_considered_display(), one.gmc_note, agreements, under,
            one.last_oversight,  # type: ignore[attr-defined]  # annotated
        ]  # fmt: skip


def _spec(user: User, on: date) -> ListSpec:
    manager = role_label(user.agency, Role.CONTRACT_MANAGER)
    mine = (Option("me", "Those I manage", Q(manager=user.person_id)),)
    return ListSpec(
        filters=(
            choice_filter("stage", "Stage", ContractStage.choices),
            OptionFilter("look", "Needs a look", options=_looks(on)),
            OptionFilter("whose", "Whose", options=mine),
            SupplierFilter("supplier", "Supplier"),
            choice_filter("template", "Template", ContractTemplate.choices, folded=True),
            choice_filter("value_band", "Value", ValueBand.choices, folded=True),
            choice_filter("gmc_considered", "Model contract terms considered", YesNoUnknown.choices, folded=True),
            DateFilter("ends_after", "Ends after", "ends_on__gt"),
            DateFilter("ends_before", "Ends before", "ends_on__lt"),
            PickFilter("manager", manager, _managers(user), _managed_by(user)),
        ),
        sorts=(
            Sort("title", "Contract", (Plain("title"),), filled=True),
            Sort("supplier", "Supplier", (Plain("supplier__name"),), filled=True),
            Sort("stage", "Stage", ("stage",), filled=True),
            Sort("ends", "Dates", ("ends_on",)),
            Sort("manager", manager, (Plain("manager__name"),)),
            Sort("oversight", "Last oversight", ("last_oversight",)),
        ),
        default="title",
    )


def _looks(on: date) -> tuple[Option, ...]:
    recent = Oversight.objects.filter(contract=OuterRef("pk"), on__gt=on - timedelta(days=QUIET_AFTER))
    return (
        Option("late", "Past its end, not closed", RUNNING & Q(ends_on__lt=on)),
        Option("quiet", "In service, nothing logged in half a year", Q(stage="in_service") & ~Q(Exists(recent))),
        Option("gmc", "Model contract with personal information", Q(Exists(_risky()))),
        Option("alone", "Serves no agreement", ~Q(Exists(AgreementContract.objects.filter(contract=OuterRef("pk"))))),
        Option("nobody", "Nobody manages it", RUNNING & Q(manager=None)),
    )


def _risky() -> "QuerySet[AgreementContract]":
    """Links of a contract on the model contract to agreements that share personal information."""
    return AgreementContract.objects.filter(
        contract=OuterRef("pk"),
        contract__template=ContractTemplate.GMC,
        agreement__current_terms__personal_information=YesNoUnknown.YES,
    )


def _words(text: str) -> Q:
    """Every word stands in the number, the title, the procurement reference or a name of the supplier."""
    found = Q()
    for word in plain(text).split():
        own = (
            Contains(Plain("title"), word),
            Contains(Lower("reference"), word),
            Contains(Lower("procurement_ref"), word),
        )
        found &= Q(own[0]) | Q(own[1]) | Q(own[2]) | _supplied_by(normalise(word))
    return found


def _supplied_by(name: str) -> Q:
    other = OrganisationName.objects.filter(organisation=OuterRef("supplier"), normalised__contains=name)
    return Q(supplier__normalised__contains=name) | Q(Exists(other)) if name else Q(pk=None)


def _managers(user: User) -> Callable[[], list[tuple[str, str]]]:
    @cache
    def rows() -> list[tuple[str, str]]:
        holding = Contract.objects.visible_to(user).exclude(manager=None).values("manager")
        people = Person.objects.visible_to(user).filter(pk__in=holding).order_by(Plain("name"))
        named: list[tuple[str, str]] = [(str(key), name) for key, name in people.values_list("pk", "name")]
        return [("me", "Me"), ("nobody", "Nobody"), *named]

    return rows


def _managed_by(user: User) -> Callable[[str], Q]:
    def narrow(value: str) -> Q:
        if value == "nobody":
            return Q(manager=None)
        return Q(manager_id=user.person_id if value == "me" else int(value))

    return narrow


def number_in(text: str, visible: "QuerySet[Contract]") -> Any:
    """The key of the contract whose whole number was typed, or None."""
    wanted = " ".join(text.split())[:40]
    return visible.filter(reference__iexact=wanted).values_list("pk", flat=True).first() if wanted else None
