"""The standards as data: every edition in assurance/standards/ as frozen dataclasses (design.md section 6).

A new edition is a new file; nothing else changes unless it asks for a kind of check that does not exist yet.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.html import format_html

CONFIDENCES = {
    "read": "",
    "memory": "To be confirmed: well known, not read again for this register",
    "unconfirmed": "To be confirmed: part of it could not be read at the source",
    "design": "Inferred from what was published; not a rule",
}
GATES = ("submit", "sign", "start", "vary_submit", "vary_sign")
OF_REQUIREMENT = ("title", "section", "text", "guidance", "source", "confidence", "applies")


class StandardsFileError(Exception):
    """A standards file that cannot be used; says the file, the requirement and the reason."""

    def __init__(self, file: str, requirement: str, reason: str) -> None:
        super().__init__(": ".join(part for part in (file, requirement, reason) if part))


@dataclass(frozen=True)
class Requirement:
    """One thing that a standard asks. ``check`` names a function of assurance/checks/, empty where a person attests.

    ``about`` is an agreement or the agency; ``evidence`` the part of the agreement's pages that answers it; ``gates``
    the steps it stops while it is not met; ``lang`` the language of its title, empty for English. ``options`` is what
    else the file says, for the check.
    """

    id: str
    title: str
    section: str
    text: str
    applies: str
    guidance: str
    source: str
    confidence: str
    basis: str = "automatic"
    check: str = ""
    about: str = "agreement"
    evidence: str = ""
    critical: bool = False
    gates: tuple[str, ...] = ()
    lang: str = ""
    options: Mapping[str, Any] | None = None

    def __str__(self) -> str:
        return f"{self.id} {self.title}"

    @property
    def named(self) -> str:
        """Its title as a page has it: whatever is not English says so."""
        return format_html('<span lang="{}">{}</span>', self.lang, self.title) if self.lang else self.title

    @property
    def attested(self) -> bool:
        """Whether a person answers it, with evidence."""
        return self.basis == "attested"

    @property
    def to_be_confirmed(self) -> str:
        """How far it can be relied on, in words; empty where it was read at its source."""
        return CONFIDENCES[self.confidence]

    @property
    def is_unconfirmed(self) -> bool:
        """Whether its own source still has to be read: said in two words wherever its title stands."""
        return self.confidence in {"memory", "unconfirmed"}


@dataclass(frozen=True)
class Standard:
    """One edition of a standard, and what it asks in the order of its file; ``place`` is its own on the page."""

    id: str
    edition: str
    title: str
    full_title: str
    issuer: str
    in_force_on: date
    source: str
    place: int
    requirements: tuple[Requirement, ...]

    @property
    def key(self) -> str:
        """What runs and answers call it."""
        return f"{self.id} {self.edition}"


def read_standard(path: Path) -> Standard:
    """One file. Raises StandardsFileError that says what to mend."""
    try:
        with path.open("rb") as file:
            data = tomllib.load(file)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise StandardsFileError(path.name, "", f"cannot be read as TOML: {error}") from None
    asked = data.pop("requirement", [])
    found = tuple(_requirement(path.name, one) for one in asked)
    _once(path.name, [one.id for one in found])
    if not found:
        raise StandardsFileError(path.name, "", "it asks for nothing: no [[requirement]]")
    return _standard(path.name, data, found)


def _standard(file: str, data: dict[str, Any], asked: tuple[Requirement, ...]) -> Standard:
    wanted = {one.name for one in fields(Standard)} - {"requirements"}
    for name in sorted(wanted ^ set(data)):
        raise StandardsFileError(file, "", f"{name} is missing" if name in wanted else f"{name} is not known here")
    if not isinstance(data["in_force_on"], date):
        raise StandardsFileError(file, "", "in_force_on is not a date, such as 2025-07-01")
    return Standard(requirements=asked, **data)


def _requirement(file: str, data: dict[str, Any]) -> Requirement:
    name = str(data.get("id", "without an id"))
    for key in ("id", *OF_REQUIREMENT):
        if not isinstance(data.get(key), str) or not data[key].strip():
            raise StandardsFileError(file, name, f"{key} is missing")
    known = {one.name for one in fields(Requirement)} - {"options"}
    kept: dict[str, Any] = {
        key: tuple(value) if key == "gates" else value for key, value in data.items() if key in known
    }
    found = Requirement(**kept, options={key: value for key, value in data.items() if key not in known})
    if reason := _wrong(found):
        raise StandardsFileError(file, name, reason)
    return found


def _wrong(asked: Requirement) -> str:
    if asked.confidence not in CONFIDENCES:
        return f"confidence is {asked.confidence}: choose one of {', '.join(CONFIDENCES)}"
    if asked.basis not in {"automatic", "attested"} or asked.about not in {"agreement", "agency"}:
        return "basis is automatic or attested, about is agreement or agency"
    if asked.attested == bool(asked.check):
        return "an automatic requirement names its check, and an attested one has none"
    if unknown := [gate for gate in asked.gates if gate not in GATES]:
        return f"there is no gate {unknown[0]}: choose among {', '.join(GATES)}"
    return ""


def _once(file: str, names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise StandardsFileError(file, name, "this id stands there twice")
        seen.add(name)


@cache
def editions() -> tuple[Standard, ...]:
    """Every edition, in the order of their titles and dates. Raises StandardsFileError."""
    found: dict[str, Standard] = {}
    for folder in settings.STANDARDS_FOLDERS:
        for path in sorted(Path(folder).glob("*.toml")):
            standard = read_standard(path)
            if standard.key in found:
                raise StandardsFileError(path.name, "", f"another file holds {standard.key} already")
            found[standard.key] = standard
    _apart(found.values())
    return tuple(sorted(found.values(), key=lambda one: (one.place, one.id, one.in_force_on)))


def _apart(standards: Iterable[Standard]) -> None:
    """Two standards never share an id of a requirement: answers and exceptions are known by it."""
    owner: dict[str, str] = {}
    for standard in standards:
        for asked in standard.requirements:
            if owner.setdefault(asked.id, standard.id) != standard.id:
                raise StandardsFileError(standard.key, asked.id, f"{owner[asked.id]} has this id too")


@lru_cache(maxsize=64)
def current(on: date) -> tuple[Standard, ...]:
    """The newest edition of each standard that is in force on a day."""
    newest = {one.id: one for one in editions() if one.in_force_on <= on}
    return tuple(newest.values())


@lru_cache(maxsize=64)
def requirements(on: date) -> dict[str, Requirement]:
    """What is asked on a day, by id, in the order of standards and files."""
    return {asked.id: asked for standard in current(on) for asked in standard.requirements}


@cache
def counted() -> dict[str, str]:
    """The standard of each requirement by which an agreement counts in it, whichever edition asks.

    What a standard asks of everything says nothing about whom it is about: it only counts where it asks nothing else
    (domain.md 8.5 rule 7).
    """
    every = {asked.id: (one.id, asked.applies != "everything") for one in editions() for asked in one.requirements}
    choosy = {standard for standard, chooses in every.values() if chooses}
    return {name: standard for name, (standard, chooses) in every.items() if chooses or standard not in choosy}


def asked_of(about: str, on: date) -> list[Requirement]:
    """What is asked of an agreement, or of the agency."""
    return [asked for asked in requirements(on).values() if asked.about == about]


def by_key(key: str) -> Standard | None:
    """An edition by the key that runs keep; None where its file is no longer here."""
    return next((one for one in editions() if one.key == key), None)


def forget() -> None:
    """Read the files anew: for tests that name other folders."""
    for cached in (editions, current, requirements, counted):
        cached.cache_clear()
