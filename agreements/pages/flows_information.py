"""Where a kind of information goes: grouped by the organisation that receives it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import RowNumber

from agreements.information_search import find_information
from agreements.models import Agreement, Information, Organisation, Party
from people.models import User
from records.choices import YesNoUnknown

PER_PAGE = 20  # receivers
MOST_ITEMS = 20  # lines of one receiver on the page; all of them are in the export


@dataclass(frozen=True)
class ItemLine:
    """One kind of information that goes there, under which agreement."""

    item: Information
    agreement: Agreement
    standing: str
    overseas: bool
    reaches: list[str]


@dataclass(frozen=True)
class Receiver:
    """An organisation, and what it receives."""

    body: Organisation
    lines: list[ItemLine]
    count: int

    @property
    def more(self) -> int:
        """How many lines the page leaves to the export."""
        return self.count - len(self.lines)

    @property
    def abroad(self) -> bool:
        """Whether it is overseas, or holds any of this overseas."""
        return self.body.country != "New Zealand" or any(line.overseas for line in self.lines)


@dataclass(frozen=True)
class Answer:
    """One page of receivers; how many kinds of information there are in all."""

    receivers: "Page[Any]"
    items: int


def where_it_goes(user: User, wanted: dict[str, Any], on: date, number: Any = 1) -> Answer:
    """Gather one page in a fixed number of queries."""
    found = find_information(user, wanted["q"], wanted["category"], wanted["flags"])
    groups = found.order_by().values("flow__receiver__organisation").annotate(count=Count("pk"))
    ordered = groups.order_by("flow__receiver__organisation__name", "flow__receiver__organisation")
    page: Any = Paginator(ordered, PER_PAGE).get_page(number)
    counts = {row["flow__receiver__organisation"]: row["count"] for row in page.object_list}
    lines = _lines(found, list(counts), on)
    bodies = Organisation.objects.in_bulk(list(counts))
    page.object_list = [Receiver(bodies[pk], lines.get(pk, []), count) for pk, count in counts.items()]
    return Answer(page, found.count())


def _lines(found: "QuerySet[Information]", receivers: Sequence[int], on: date) -> dict[int, list[ItemLine]]:
    rows = found.filter(flow__receiver__organisation__in=receivers).select_related(
        "flow__receiver", "flow__sender__organisation", "flow__terms__agreement__agency"
    )
    order = [F("name").asc(), F("pk").asc()]
    place = Window(RowNumber(), partition_by="flow__receiver__organisation", order_by=order)
    kept: dict[int, list[Information]] = {}
    for item in rows.annotate(place=place).filter(place__lte=MOST_ITEMS).order_by("name", "pk"):
        kept.setdefault(item.flow.receiver.organisation_id, []).append(item)
    below = _below([item for items in kept.values() for item in items])
    return {pk: [_line(item, below, on) for item in items] for pk, items in kept.items()}


def _below(items: Sequence[Information]) -> dict[int, list[Party]]:
    """The subcontractors of each party of the terms concerned."""
    below: dict[int, list[Party]] = {}
    terms = {item.flow.terms_id for item in items}
    for party in Party.objects.filter(terms__in=terms, parent__isnull=False).select_related("organisation"):
        below.setdefault(party.parent_id or 0, []).append(party)
    return below


def _line(item: Information, below: dict[int, list[Party]], on: date) -> ItemLine:
    agreement = item.flow.terms.agreement
    agreement.current_terms = item.flow.terms
    return ItemLine(
        item=item,
        agreement=agreement,
        standing=agreement.standing(on),
        overseas=item.flow.terms.overseas == YesNoUnknown.YES,
        reaches=_reached(item.flow.receiver_id, below),
    )


def _reached(party: int, below: dict[int, list[Party]]) -> list[str]:
    """The subcontractors of the receiver, at every depth."""
    names, waiting, seen = [], [party], set()
    while waiting:
        current = waiting.pop()
        if current in seen:
            continue
        seen.add(current)
        names += [row.organisation.name for row in below.get(current, [])]
        waiting += [row.pk for row in below.get(current, [])]
    return sorted(set(names))
