"""Requirement by agreement: the list of agreements with a column for each requirement of one standard."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.http import QueryDict

from agreements.choices import Status
from agreements.filters import agreement_list
from agreements.lists.agreement import Found, find, shown
from agreements.models import Agreement
from agreements.models.agreement import IN_USE
from agreements.sheets import Cell
from assurance.editions import Requirement, Standard, current
from assurance.extensions.in_lists import COHORTS, COUNTED, SCOPE, counts_only_scope, entry_of
from assurance.models import AcceptedException, ConformanceEntry
from assurance.outcome import Outcome
from people.models import User
from records.filters import LinkFilter
from records.lists import Address
from records.words import nz_date

IN_FORCE = (("standing", "in_force"), ("standing", "past_end"))  # what is past its end and not closed is still in use
OUTCOMES = (Outcome.NOT_MET, Outcome.UNKNOWN, Outcome.MET)
QUESTIONS = (
    ("Which arrangements in force lack an audit clause?", "lacks", "L1.2-audit"),
    ("Which lack an assurance clause?", "lacks", "L1.2-assurance"),
    ("Which have no contract for services and no conflict-of-interest clause?", "lacks", "L1.3"),
    ("Which began without due diligence?", "lacks", "ISS-05"),
    ("Which began without a risk assessment?", "lacks", "ISS-06"),
    ("Which have no end and no assurance cycle?", "lacks", "ISS-12"),
    ("Where is a party paused?", "lacks", "F12"),
    ("Where does nobody know whether the Standard applies?", "in_scope", "unknown"),
)
NOT_ASSESSED = "Not assessed yet"
REST = (  # what is not counted unless somebody asks for it
    ("drafts and what waits to be signed", (Status.DRAFT, Status.IN_REVIEW, Status.APPROVED)),
    ("what has ended, is closed out or was withdrawn", (Status.ENDED, Status.CLOSED_OUT, Status.WITHDRAWN)),
)
OF_STATUS = {"status", "standing", "closing"}  # whoever asks for one of these says for themselves what is counted
CHUNK = 500  # agreements of a sheet in memory at a time


@dataclass(frozen=True)
class Mark:
    """One cell: an outcome, empty where nothing was assessed, and until when it is accepted."""

    asked: Requirement
    outcome: str
    until: date | None = None

    @property
    def label(self) -> str:
        """The requirement, by its number and title."""
        return str(self.asked)

    @property
    def words(self) -> str:
        """As a sheet says it."""
        label = Outcome(self.outcome).label if self.outcome else NOT_ASSESSED
        return f"{label}, accepted until {nz_date(self.until)}" if self.until else label


@dataclass(frozen=True)
class Row:
    """An agreement, how it stands on the day, and a mark for each requirement."""

    agreement: Agreement
    standing: str
    entry: ConformanceEntry | None
    marks: list[Mark]

    @property
    def critical(self) -> bool:
        """Whether something that admits no delay is not met."""
        return self.entry is not None and self.entry.critical

    @property
    def met(self) -> int:
        """How many of the requirements shown are met."""
        return sum(mark.outcome == Outcome.MET for mark in self.marks)

    @property
    def unknown(self) -> int:
        """How many of them nobody knows about."""
        return sum(mark.outcome == Outcome.UNKNOWN for mark in self.marks)


@dataclass(frozen=True)
class Counted:
    """A requirement, and by outcome how many agreements and the query that lists them."""

    asked: Requirement
    numbers: list[tuple[Outcome, int, str]]
    accepted: int
    accepted_query: str


def standards(on: date) -> list[Standard]:
    """Those that ask something of agreements."""
    return [one for one in current(on) if asked_by(one)]


def asked_by(standard: Standard) -> list[Requirement]:
    """What it asks of an agreement."""
    return [asked for asked in standard.requirements if asked.about == "agreement"]


def read(user: User, on: date, data: QueryDict) -> Address:
    """The register's own list with one choice more: the standard whose requirements are the columns."""
    spec = agreement_list(user, on, party=data.get("party", ""))
    choices = [(one.id, one.title) for one in standards(on)]
    chosen = LinkFilter("standard", "Requirements of", lambda: choices, lambda _: Q())
    return Address(replace(spec, filters=(*spec.filters, chosen)), data)


def chosen(address: Address, on: date) -> Standard:
    """The standard whose requirements are the columns: the first of all where the address names none."""
    asked = address.values.get("standard", ("",))[0]
    offered = standards(on)
    return next((one for one in offered if one.id == asked), offered[0])


@dataclass(frozen=True)
class Matrix:
    """The page: what was found, the standard, its columns, and what each of them counts."""

    found: Found
    standard: Standard
    asked: list[Requirement]
    page: Any
    rows: list[Row]
    counted: list[Counted]
    out_of_scope: bool
    rest: list[tuple[str, str]]
    unsure: int
    unsure_query: str

    @property
    def address(self) -> Address:
        """The list as its address asks for it."""
        return self.found.address


def matrix(user: User, on: date, data: QueryDict) -> Matrix:
    """Everything on the page, in three queries besides those of the list, whatever the rows."""
    address = read(user, on, data)
    visible = counted_among(address, Agreement.objects.visible_to(user))
    found = find(address, visible, user.agency)
    standard = chosen(found.address, on)
    page = found.address.page(shown(found.rows), found.count)
    accepted = _accepted(found.rows, on)
    rows = marked(list(page), standard, on, accepted)
    counted = _counted(found, standard, accepted)
    unsure, query = _unsure(found.address, visible, user, on)
    scope = counts_only_scope(standard)
    return Matrix(found, standard, asked_by(standard), page, rows, counted, scope, _rest(address), unsure, query)


def counted_among(address: Address, visible: "QuerySet[Agreement]") -> "QuerySet[Agreement]":
    """What is in use, past its end too; anything else only where the address asks how that stands."""
    return visible if OF_STATUS & set(address.values) else visible.filter(status__in=IN_USE)


def _rest(address: Address) -> list[tuple[str, str]]:
    """What is not counted, in words, each with the query that shows it; nothing where the address chose itself."""
    if OF_STATUS & set(address.values):
        return []
    said = [address.query()] if address.query() else []
    return [(words, "&".join([*said, *(f"status={one}" for one in statuses)])) for words, statuses in REST]


def _unsure(address: Address, visible: "QuerySet[Agreement]", user: User, on: date) -> tuple[int, str]:
    """Beside what lacks a requirement: of how many others nobody knows, and the query that lists them."""
    if "lacks" not in address.values or address.problems:
        return 0, ""
    query = address.query(without="lacks", not_known=address.values["lacks"][0])
    return visible.filter(read(user, on, QueryDict(query)).condition()).count(), query


Accepted = Mapping[int, Mapping[str, date]]


def marked(agreements: Sequence[Agreement], standard: Standard, on: date, accepted: Accepted) -> list[Row]:
    """A row for each agreement that shown() fetched."""
    return [_row(one, accepted.get(one.pk, {}), standard, on) for one in agreements]


def _accepted(rows: "QuerySet[Agreement]", on: date) -> Accepted:
    """By agreement and requirement, the last day of what is accepted now: few among thousands, so all are read."""
    found: dict[int, dict[str, date]] = {}
    held = AcceptedException.objects.on(on).filter(agreement__in=rows.order_by().values("pk")).order_by("ends_on")
    for key, requirement, until in held.values_list("agreement", "requirement", "ends_on"):
        found.setdefault(key, {})[requirement] = until
    return found


def _row(agreement: Agreement, accepted: Mapping[str, date], standard: Standard, on: date) -> Row:
    entry = entry_of(agreement)
    outcomes = _outcomes(entry)
    if entry and entry.in_scope not in COUNTED and counts_only_scope(standard):
        outcomes = {}
    rest = Outcome.NOT_APPLICABLE if entry else ""
    marks = []
    for asked in asked_by(standard):
        outcome = outcomes.get(asked.id, rest)
        until = accepted.get(asked.id) if outcome == Outcome.NOT_MET else None
        marks.append(Mark(asked, outcome, until))
    return Row(agreement, agreement.standing(on), entry, marks)


def _outcomes(entry: ConformanceEntry | None) -> dict[str, Outcome]:
    if entry is None:
        return {}
    return {name: outcome for outcome in OUTCOMES for name in getattr(entry, outcome)}


def _counted(found: Found, standard: Standard, accepted: Accepted) -> list[Counted]:
    """By requirement, how many of what the address finds; each number with the query that lists as many."""
    numbers, address = _numbers(found.rows, standard), found.address
    held = Counter(requirement for each in accepted.values() for requirement in each)
    names = {Outcome.NOT_MET: "lacks", Outcome.UNKNOWN: "not_known", Outcome.MET: "meets"}
    return [
        Counted(
            asked,
            [(one, numbers.get((asked.id, one), 0), address.query(**{names[one]: asked.id})) for one in OUTCOMES],
            held[asked.id],
            address.query(accepted=asked.id),
        )
        for asked in asked_by(standard)
    ]


def _numbers(rows: "QuerySet[Agreement]", standard: Standard) -> dict[tuple[str, str], int]:
    """How many agreements have each outcome of each requirement; one query."""
    counted = rows.filter(conformance__in_scope__in=COUNTED) if counts_only_scope(standard) else rows
    lists = [f"conformance__{outcome}" for outcome in OUTCOMES]
    wanted = {asked.id for asked in asked_by(standard)}
    numbers: Counter[tuple[str, str]] = Counter()
    alike = counted.order_by().values(*lists).annotate(n=Count("*")).values_list(*lists, "n")
    for *found, n in alike:  # few of thousands differ, so that counting those alike is a third of taking all apart
        for outcome, names in zip(OUTCOMES, found, strict=True):
            for name in wanted.intersection(names or ()):
                numbers[name, outcome] += n
    return numbers


def questions(on: date) -> list[tuple[str, str]]:
    """Questions that are asked often, each with the query that answers it for what is in use."""
    home = {asked.id: one.id for one in standards(on) for asked in asked_by(one)}
    return [
        (words, urlencode([*([("standard", home[value])] if value in home else []), (name, value), *IN_FORCE]))
        for words, name, value in QUESTIONS
        if name != "lacks" or value in home
    ]


def headings(standard: Standard) -> list[str]:
    """The first line of the sheet."""
    asked = [str(one) for one in asked_by(standard)]
    return ["Reference", "Title", "Standing", "Owner", "Cohort", "The Standard’s scope", "Critical", *asked]


def sheet_rows(rows: "QuerySet[Agreement]", standard: Standard, on: date) -> Iterator[list[Cell]]:
    """One line an agreement, in the order of headings(); memory does not grow with them."""
    keys = list(rows.values_list("pk", flat=True))
    for start in range(0, len(keys), CHUNK):
        part = keys[start : start + CHUNK]
        found = shown(Agreement.objects.filter(pk__in=part)).in_bulk()
        accepted = _accepted(Agreement.objects.filter(pk__in=part), on)
        for row in marked([found[key] for key in part if key in found], standard, on, accepted):
            yield _line(row)


def _line(row: Row) -> list[Cell]:
    entry, owner = row.entry, row.agreement.owner
    cohort = dict(COHORTS)[entry.cohort].split(":")[0] if entry else ""
    said: Iterable[str] = (mark.words for mark in row.marks)
    return [
        row.agreement.reference, row.agreement.title, row.standing, owner.name if owner else "", cohort,
        dict(SCOPE)[entry.in_scope] if entry else NOT_ASSESSED, "Yes" if row.critical else "", *said,
    ]  # fmt: skip
