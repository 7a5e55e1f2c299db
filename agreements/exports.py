"""The list as a flat sheet (agreements/columns.py): CSV streams, Excel is built row by row in a temporary file."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import IO, Any

from django.db.models import QuerySet
from django.utils import timezone

from agreements import sheets
from agreements.choices import Sensitivity
from agreements.columns import BETWEEN, COLUMNS, Column
from agreements.extensions import added_columns, summary
from agreements.models import Agreement, Party
from agreements.sections import BY_NAME
from agreements.sheets import Cell, safe
from people.progress import Tell, counted, quiet
from records.choices import YesNoUnknown

CHUNK = 250  # agreements in memory at a time, with all their rows

# Less than AgreementQuerySet.whole(): only what some column holds.
JOINED = ("agency", "current_terms", "search_entry", "owner", "manager", "senior_owner")
GATHERED_FROM = (
    "current_terms__parties__organisation",
    "current_terms__flows__information",
    "current_terms__legal_bases__provision",
)


def csv_lines(keys: list[int], on: date, tell: Tell = quiet) -> Iterator[str]:
    """The sheet as lines of CSV, from the keys of the agreements in their order; memory does not grow with them."""
    return sheets.csv_lines(_headings(), counted(_lines(keys, on), tell, 1))


def xlsx_file(keys: list[int], on: date, tell: Tell = quiet) -> IO[bytes]:
    """The sheet as an Excel file, open at its beginning; closing it deletes it."""
    return sheets.xlsx("Agreements", _headings(), counted(_lines(keys, on), tell, 1))


def keys_of(rows: "QuerySet[Agreement]") -> list[int]:
    """The keys in the order of the list: eight bytes each, whatever the rows weigh."""
    return list(rows.values_list("pk", flat=True))


def _headings() -> list[str]:
    return [column.heading for column in (*COLUMNS, *added_columns())]


def _lines(keys: list[int], on: date) -> Iterator[list[Cell]]:
    """One line an agreement, with what extensions add at its end."""
    for agreements in _chunks(keys):
        added = summary(agreements, on)
        for agreement in agreements:
            more = added[agreement.pk]
            yield [*cells(agreement, on), *(safe(more.get(column.name)) for column in added_columns())]


def cells(agreement: Agreement, on: date) -> list[Cell]:
    """The register's own cells of one line; text is safe to open in a spreadsheet program."""
    return [safe(_value(column, agreement, on)) for column in COLUMNS]


def _chunks(keys: list[int]) -> Iterator[list[Agreement]]:
    """The agreements in the order of the keys, a chunk at a time; one that is gone by now is left out."""
    long = [f"search_entry__{name}" for name in ("names", "vector")]
    whole = Agreement.objects.select_related(*JOINED).prefetch_related(*GATHERED_FROM).defer(*long)
    for start in range(0, len(keys), CHUNK):
        part = keys[start : start + CHUNK]
        found = whole.in_bulk(part)
        yield [found[key] for key in part if key in found]


def _value(column: Column, agreement: Agreement, on: date) -> Cell:
    if column.name in GATHERED:
        return GATHERED[column.name](agreement, on)
    record: Any = agreement.terms_now if column.of_terms else agreement
    display = getattr(record, f"get_{column.field}_display", None)
    value = display() if display else getattr(record, column.field)
    return value if value is None or isinstance(value, int | date) else str(value)


def _others(agreement: Agreement) -> list[Party]:
    parties = agreement.terms_now.parties.all()
    return sorted(
        (party for party in parties if party.organisation.agency_id != agreement.agency_id), key=lambda party: party.pk
    )


def _names(agreement: Agreement, _: date) -> Cell:
    return BETWEEN.join(party.organisation.name for party in _others(agreement))


def _roles(agreement: Agreement, _: date) -> Cell:
    return BETWEEN.join(party.get_role_display() for party in _others(agreement))


def _information(agreement: Agreement, _: date) -> Cell:
    names = [item.name for flow in agreement.terms_now.flows.all() for item in flow.information.all()]
    return BETWEEN.join(dict.fromkeys(names))


def _legal_bases(agreement: Agreement, _: date) -> Cell:
    return BETWEEN.join(str(basis.provision) for basis in agreement.terms_now.legal_bases.all())


def _flag(name: str) -> Callable[[Agreement, date], Cell]:
    return lambda agreement, _: YesNoUnknown.YES.label if name in agreement.search_entry.flags else ""


def _missing(agreement: Agreement, _: date) -> Cell:
    return BETWEEN.join(BY_NAME[name].title for name in agreement.search_entry.missing)


GATHERED: dict[str, Callable[[Agreement, date], Cell]] = {
    "standing": lambda agreement, on: agreement.standing(on) if agreement.status == "signed" else "",
    "parties": _names,
    "roles": _roles,
    "information": _information,
    "sensitivity": lambda agreement, _: str(Sensitivity(agreement.search_entry.sensitivity).label),
    "children": _flag("children"),
    "health": _flag("health"),
    "legal_bases": _legal_bases,
    "missing": _missing,
    "created_on": lambda agreement, _: timezone.localdate(agreement.created_at),
    "touched_on": lambda agreement, _: timezone.localdate(agreement.search_entry.touched_at),
}
