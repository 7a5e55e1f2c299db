"""What is done with an agreement while it lives: its contracts, oversight, reviews, provisions used, comments.

One extension for all of them, so that the timeline asks the database once.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import CharField, Exists, F, Model, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Concat, TruncDate
from django.urls import reverse

from agreements.choices import ContractStage, OversightKind, ReviewOutcome
from agreements.columns import BETWEEN, Column
from agreements.extensions import Cells, Event, Extension, Panel
from agreements.models import Agreement, AgreementContract, Exercise, Oversight, Review
from agreements.provisions import BY_CODE
from people.models import User
from records.filters import Filter, Option, OptionFilter
from records.made_once import for_one

BY = Coalesce("by__person__name", "by__email", output_field=CharField())
CONTRACT = Concat("contract__reference", Value(" "), "contract__title", output_field=CharField())


def panels(agreement: Agreement, user: User) -> list[Panel]:
    """The regions of the agreement's page; none of them is ever shown to another agency."""
    regions = (("contracts", "Contracts and oversight"), ("reviews", "Reviews and use"), ("comments", "Comments"))
    return [Panel(name, title, reverse(f"agreements:{name}_of", args=[agreement.reference])) for name, title in regions]


def timeline(agreement: Agreement) -> list[Event]:
    """Contracts linked, oversight, reviews and uses of provisions. One query."""
    return [_event(*row) for row in _rows(agreement.pk)]


@for_one
def _rows(agreement: int) -> "QuerySet[Any, Any]":
    nothing = Value("", output_field=CharField())
    parts = [
        _part("contract", AgreementContract, agreement, day=TruncDate("at"), what=CONTRACT, told=nothing),
        _part("oversight", Oversight, agreement, day="on", what="kind", told="note"),
        _part("review", Review, agreement, day="done_on", what="outcome", told="findings"),
        _part("exercise", Exercise, agreement, day="on", what="code", told="found"),
    ]
    return parts[0].union(*parts[1:], all=True)


def _part(name: str, model: type[Model], agreement: int, **columns: Any) -> "QuerySet[Any, Any]":
    named = {alias: F(column) if isinstance(column, str) else column for alias, column in columns.items()}
    rows: QuerySet[Any, Any] = QuerySet(model).filter(agreement=agreement)
    found = rows.annotate(part=Value(name, output_field=CharField()), who=BY, **named)
    return found.values_list("part", "at", "day", "who", "what", "told")


def _event(part: str, at: datetime, day: date, who: str, what: str, note: str) -> Event:
    said = {
        "contract": lambda: f"Contract {what} linked",
        "oversight": lambda: f"{OversightKind(what).label} logged",
        "review": lambda: f"Reviewed: {ReviewOutcome(what).label.lower()}",
        "exercise": lambda: use_of(what),
    }[part]()
    return Event(at, said, who, "change", day, note=note if len(note) <= 300 else f"{note[:299]}…")


def use_of(code: str) -> str:
    """What the timeline says of a use of a provision."""
    return f"Provision {code} used: {BY_CODE[code].title}"


def summary(agreements: Iterable[Agreement], on: date) -> Mapping[int, Cells]:
    """The numbers of each agreement's contracts, for the export. One query."""
    links = AgreementContract.objects.filter(agreement__in=[one.pk for one in agreements])
    found: dict[int, list[str]] = {}
    for key, number in links.values_list("agreement", "contract__reference").order_by("contract__reference"):
        found.setdefault(key, []).append(number)
    return {key: {"contracts": BETWEEN.join(numbers)} for key, numbers in found.items()}


def filters(user: User, on: date) -> list[Filter]:
    """By the stage of a contract that serves it."""
    links = AgreementContract.objects.filter(agreement=OuterRef("pk"))
    stages = [
        Option(value, label, Q(Exists(links.filter(contract__stage=value)))) for value, label in ContractStage.choices
    ]
    options = (Option("none", "No contract", ~Q(Exists(links))), *stages)
    return [OptionFilter("contract", "Contract", options=options, folded=True)]


EXTENSION = Extension(
    "upkeep",
    panels="agreements.upkeep.panels",
    timeline="agreements.upkeep.timeline",
    summary="agreements.upkeep.summary",
    filters="agreements.upkeep.filters",
    columns=(Column("contracts", "Contracts", "Numbers of the contracts that serve it.", imported=False),),
    listed=False,
)
