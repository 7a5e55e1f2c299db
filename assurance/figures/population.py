"""Part 3: the agreements that the Standard is about, by kind, residual risk and edition (domain.md 8.4)."""

from collections.abc import Callable, Iterable
from datetime import date

from agreements.choices import Kind
from agreements.models.assessment import Rating
from assurance.figures.base import Figure
from assurance.figures.standing import Standing, recorded_later, third_party
from people.models import Agency
from records.words import nz_date

ACTIVE = (
    "Signed and neither ended nor closed out on the day, past its end or suspended included. Personal information is "
    "shared with a party outside the State services for a public service. Approved information sharing agreements are "
    "never counted."
)
UNSURE = "Nobody knows whether the Standard applies"


def figures_of(agency: Agency, as_at: date) -> list[Figure]:
    """The population, then its breakdowns; two queries."""
    rows = third_party(agency, as_at)
    return [_whole(rows, agency, as_at), *_by_kind(rows), *_by_risk(rows), *_by_edition(rows)]


def _whole(rows: list[Standing], agency: Agency, as_at: date) -> Figure:
    unsure = [one for one in rows if one.scope == "unknown"]
    later = recorded_later(agency, as_at)
    return Figure(
        "population",
        "Active agreements with third parties",
        ACTIVE + " Unknown: nobody knows whether the Standard applies; they are not part of the number.",
        value=len(rows) - len(unsure),
        unknown=len(unsure),
        rows=tuple(one.row(UNSURE if one.scope == "unknown" else "") for one in rows),
        later=len(later),
    )


def _by_kind(rows: list[Standing]) -> list[Figure]:
    return _parts(rows, "kind", Kind.choices, lambda one: one.kind if one.assessed else "")


def _by_risk(rows: list[Standing]) -> list[Figure]:
    ratings = [(value, f"Residual risk {label.lower()}") for value, label in Rating.choices[::-1] if value != "unknown"]
    return _parts(rows, "risk", [*ratings, ("unknown", "Residual risk not rated")], lambda one: one.residual)


def _by_edition(rows: list[Standing]) -> list[Figure]:
    editions = sorted({one.edition for one in rows})
    names = [
        (key, f"Assessed against the edition of {_day(key)}" if key else "Not assessed against the Standard")
        for key in editions
    ]
    return _parts(rows, "edition", names, lambda one: one.edition)


def _day(edition: str) -> str:
    """Editions are called by the day they come into force."""
    return nz_date(date.fromisoformat(edition))


def _parts(
    rows: list[Standing], key: str, names: Iterable[tuple[str, str]], told: Callable[[Standing], str]
) -> list[Figure]:
    """A figure for each part that is not empty."""
    found = []
    for value, label in names:
        mine = [one for one in rows if told(one) == value]
        if mine:
            lists = tuple(one.row() for one in mine)
            found.append(Figure(f"population.{key}.{value or 'none'}", label, ACTIVE, len(mine), len(rows), rows=lists))
    return found
