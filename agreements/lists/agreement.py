"""What the list of agreements finds: the rows, how many of how many, and the counts beside the filters."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, QuerySet, Subquery

from agreements.choices import Status
from agreements.extensions import fetched_along, listed_columns, summary
from agreements.filters import FLAGS
from agreements.models import Agreement
from agreements.search import Search, search
from people.models import Agency
from records.facets import tally
from records.filters import OptionFilter
from records.lists import Address, Counts

SHOWN = (
    "reference",
    "title",
    "kind",
    "status",
    "review_due_on",
    "agency_id",
    "owner__name",
    "current_terms__starts_on",
    "current_terms__ends_on",
    "current_terms__open_ended",
    "search_entry__parties",
    "search_entry__sensitivity",
    "search_entry__flags",
    "search_entry__missing",
)


@dataclass
class Found:
    """What an address finds. ``counts`` holds, by filter and answer, how many it would find."""

    address: Address
    search: Search
    rows: "QuerySet[Agreement]"
    count: int
    total: int
    counts: Counts


def find(address: Address, visible: "QuerySet[Agreement]", agency: Agency) -> Found:
    """Look for what the address asks. Nothing is found where anything in it was refused."""
    if address.problems:
        return Found(address, Search(""), visible.none(), 0, 0, {})
    looked_for = search(address.q, visible, agency)
    counted = _counted(address)
    base = visible.filter(looked_for.condition(), address.condition(leaving_out=[one.name for one in counted]))
    figures = tally(base, counted, address.values, Subquery(_number(visible)))
    total = visible.count() if figures.whole is None else figures.whole
    return Found(address, looked_for, matching(address, looked_for, visible), figures.count, total, figures.answers)


def matching(address: Address, looked_for: Search, visible: "QuerySet[Agreement]") -> "QuerySet[Agreement]":
    """The agreements that the address asks for, in its order; the best match first where it names none."""
    # Every agreement has its entry; saying so lets the database begin there and walk the index of last changes.
    rows = visible.filter(looked_for.condition(), address.condition(), search_entry__isnull=False)
    if looked_for.words and not address.sort:
        return rows.order_by(looked_for.rank().desc(), "-pk")
    return rows.order_by(*address.order())


def shown(rows: "QuerySet[Agreement]") -> "QuerySet[Agreement]":
    """The rows with what the table shows and no more: purposes are long."""
    along = fetched_along()
    joined = {path.split("__")[0] for path in along}
    return rows.select_related("owner", "current_terms", "search_entry", *joined).only(*SHOWN, *along)


def _number(visible: "QuerySet[Agreement]") -> "QuerySet[Any, Any]":
    return visible.order_by().values("agency").annotate(n=Count("pk")).values("n")[:1]


def _counted(address: Address) -> list[OptionFilter]:
    return [one for one in address.spec.filters if isinstance(one, OptionFilter) and one.facet]


@dataclass(frozen=True)
class Row:
    """One agreement as the table shows it on a day."""

    agreement: Agreement
    kind: str
    standing: str
    parties: list[str]
    more: int
    flags: list[str]
    ends_near: bool
    review_near: bool
    added: list[str]


def faces(agency: Agency) -> "QuerySet[Agreement]":
    """Signed agreements of other agencies to which this one is a party, those signed last first."""
    shared = Agreement.objects.signed_faces_for(agency).select_related("agency", "current_terms")
    return shared.order_by(F("current_terms__signed_on").desc(nulls_last=True), "-pk")


PARTIES_SHOWN = 2
NEAR = 90  # days before a date in which its distance matters


def table(agreements: Iterable[Agreement], on: date) -> list[Row]:
    """The rows of agreements that shown() fetched; extensions ask once for all of them."""
    listed = list(agreements)
    cells = summary(listed, on, listed_only=True) if listed_columns() else {}
    return [_row(agreement, on, cells.get(agreement.pk, {})) for agreement in listed]


def _row(agreement: Agreement, on: date, cells: Mapping[str, Any]) -> Row:
    entry, terms = agreement.search_entry, agreement.terms_now
    return Row(
        agreement=agreement,
        kind=agreement.get_kind_display().split(" (")[0],
        standing=agreement.standing(on),
        parties=entry.parties[:PARTIES_SHOWN],
        more=len(entry.parties[PARTIES_SHOWN:]),
        flags=[label for value, label in FLAGS if value in entry.flags],
        ends_near=agreement.status == Status.SIGNED and _near(terms.ends_on, on),
        review_near=agreement.status == Status.SIGNED and _near(agreement.review_due_on, on),
        added=[f"{c.heading}: {cells[c.name]}" for c in listed_columns() if cells.get(c.name)],
    )


def _near(day: date | None, on: date) -> bool:
    return day is not None and (day - on).days <= NEAR
