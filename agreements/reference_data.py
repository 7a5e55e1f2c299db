"""The reference data that every register begins with, from agreements/data/ (its README says how sure it is)."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from agreements.choices import NameKind
from agreements.normalise import normalise

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class ReferenceOrganisation:
    """One organisation of the file: its own columns, and its other names with their kind."""

    name: str
    values: dict[str, str]
    names: tuple[tuple[str, NameKind], ...]

    @property
    def key(self) -> str:
        """By which it is known again, whatever it is called by then."""
        return normalise(self.name)


def rows(file_name: str) -> Iterator[dict[str, str]]:
    """The rows of one file by column. Raises FileNotFoundError."""
    with (DATA / file_name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def organisations() -> list[ReferenceOrganisation]:
    """Public service, State services, Offices of Parliament and larger councils."""
    kept = ("kind", "state_services", "public_service", "website", "source", "confidence")
    return [
        ReferenceOrganisation(row["name"], {column: row[column] for column in kept}, tuple(_names(row)))
        for row in rows("public_service_organisations.csv")
    ]


def legal_provisions() -> list[dict[str, str | int | None]]:
    """The common library of legal bases, by field of LegalProvision."""
    found = rows("legal_provisions.csv")
    return [{**row, "year": int(row["year"]) if row["year"] else None} for row in found]


def _names(row: dict[str, str]) -> Iterator[tuple[str, NameKind]]:
    """Each further name once a kind; one that is spelt like the organisation's own name says nothing new."""
    seen = {normalise(row["name"])}
    columns = (
        ("maori_name", NameKind.MAORI),
        ("abbreviation", NameKind.ABBREVIATION),
        ("former_names", NameKind.FORMER),
    )
    for column, kind in columns:
        for name in filter(None, (part.strip() for part in row[column].split(";"))):
            if normalise(name) not in seen:
                seen.add(normalise(name))
                yield name, kind
