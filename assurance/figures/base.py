"""What a figure is, and the one function that gives them all (design.md section 6; domain.md 8.4).

``figures(agency, as_at)`` is the same for today and for a past day: a module counts only rows that were true on the day
and recorded by its end. What was recorded later is counted apart, in ``later``. Add a module to MODULES; it has
``figures_of(agency, as_at) -> list[Figure]``.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from importlib import import_module

from django.urls import reverse

from assurance.figures.spoken import Spoken
from people.models import Agency
from records.one_page import one_page

# The parts of the written assurance that hold figures, by their number in domain.md 8.4.
PARTS = {
    0: "Policies and practices",
    2: "The Standard",
    3: "Agreements with third parties",
    4: "Agreements since the Standard",
    5: "What the agreements provide for",
    6: "Integrity where there is no contract",
    7: "Where several agencies take part",
    8: "The plan for existing arrangements",
    9: "Assurance performed",
    10: "Conflicts of interest",
    11: "Privacy breaches and notifications",
    12: "Concerns and complaints",
    13: "Exceptions",
}
MODULES: tuple[tuple[int, str], ...] = (
    (0, "assurance.figures.policies"),
    (0, "assurance.figures.maturity"),
    (3, "assurance.figures.population"),
    (4, "assurance.figures.since"),
    (5, "assurance.figures.provisions"),
    (6, "assurance.figures.integrity"),
    (7, "assurance.figures.ownership"),
    (8, "assurance.figures.plan"),
    (9, "assurance.figures.work"),
    (9, "assurance.figures.providers"),
    (10, "assurance.figures.conflicts"),
    (11, "assurance.figures.breaches"),
    (12, "assurance.figures.concerns"),
    (13, "assurance.figures.exceptions"),
)
ANY_CODE = "AAA-2000-0001"  # as every address takes it


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list behind a figure. ``url`` is empty where nothing can be opened.

    ``outcome`` is not_met, unknown or overdue where the line is an exception that somebody has to answer for.
    """

    reference: str
    title: str
    url: str = ""
    note: str = ""
    outcome: str = ""


@dataclass(frozen=True)
class Figure(Spoken):
    """A number, of how many, how many nobody knows, and the list behind it.

    ``of`` counts those it was asked of, ``unknown`` those among them of which nobody knows: they are never part of
    ``value``. ``later`` counts what was true on the day and recorded after it. ``says`` stands in place of the number
    where it must not be shown (fewer than 5 people). ``wanted`` is 0 where every number above none is a gap. ``key``
    never changes: it finds the same figure of another year.
    """

    key: str
    label: str
    definition: str
    value: int
    of: int | None = None
    unknown: int = 0
    rows: tuple[Row, ...] = ()
    later: int = 0
    says: str = ""
    wanted: int | None = None
    part: int = 0


def page_of(name: str, code: str) -> str:
    """The address of a page by the code in it; where that code stands is found out once, not for thousands of lines."""
    before, after = _around(name)
    return f"{before}{code}{after}"


@lru_cache
def _around(name: str) -> list[str]:
    return reverse(name, args=[ANY_CODE]).split(ANY_CODE)


def figures(agency: Agency, as_at: date) -> list[Figure]:
    """Every figure of the agency as at the end of a day, in the order of PARTS. Set-based: never a query a row."""
    with one_page():
        found = [
            replace(figure, part=part)
            for part, module in sorted(MODULES)
            for figure in import_module(module).figures_of(agency, as_at)
        ]
    _once(found)
    reckoned = import_module("assurance.figures.implemented").implemented({one.key: one for one in found})
    return sorted([*found, reckoned], key=lambda one: one.part)


def _once(found: Iterable[Figure]) -> None:
    """Two figures never share a key: last year's are found by it."""
    seen: set[str] = set()
    for figure in found:
        if figure.key in seen:
            raise ValueError(f"Two figures are called {figure.key}")
        seen.add(figure.key)
