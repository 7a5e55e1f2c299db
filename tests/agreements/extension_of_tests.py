"""An extension that uses every hook and writes down what it was asked."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Q

from agreements.columns import Column
from agreements.extensions import Event, Extension, Panel, Part
from agreements.models import Agreement
from people.models import User
from records.filters import Filter, Option, OptionFilter
from tests.cast import NOW

told: list[tuple[str, str, date]] = []


def gates(agreement: Agreement, step: str, on: date) -> list[str]:
    """Nothing titled Blocked can be submitted."""
    blocked = step == "submit" and agreement.title == "Blocked"
    return ["Ask the archivist first", "Wait for the full moon"] if blocked else []


def after_change(agreement: Agreement, by: User, on: date) -> None:
    """Write down that it was told."""
    told.append((agreement.reference, str(by), on))


def panels(agreement: Agreement, user: User) -> list[Panel]:
    """A region that shows the history page."""
    return [Panel("archive", "Kept in the archive", f"/agreements/{agreement.reference}/history/")]


def summary(agreements: Iterable[Agreement], on: date) -> dict[int, dict[str, str]]:
    """A cell of every agreement that has an owner."""
    return {agreement.pk: {"shelf": f"=Shelf {agreement.reference[-1]}"} for agreement in agreements}


def filters(user: User, on: date) -> list[Filter]:
    """By the shelf, which follows the title."""
    return [OptionFilter("shelf", "Shelf", options=(Option("nine", "Shelf nine", Q(title="Blocked")),))]


def pdf_sections(agreement: Agreement, on: date) -> list[Part]:
    """One heading."""
    return [Part("Archive", [("Kept on", "Shelf nine")], "Ask at the desk.")]


def timeline(agreement: Agreement) -> list[Event]:
    """Something that happened before everything else."""
    at = datetime.combine(date(2020, 2, 1), NOW.timetz())
    return [Event(at, "Archived", "Ada Archivist", on=date(2020, 1, 31), why="Full shelves", note="Box 7")]


EXTENSION = Extension(
    "archive",
    gates=f"{__name__}.gates",
    after_change=f"{__name__}.after_change",
    panels=f"{__name__}.panels",
    summary=f"{__name__}.summary",
    filters=f"{__name__}.filters",
    pdf_sections=f"{__name__}.pdf_sections",
    timeline=f"{__name__}.timeline",
    columns=(Column("shelf", "Shelf", "Where it is kept.", imported=False),),
)
