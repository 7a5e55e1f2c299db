"""The yearly report of one agreement, and those of many at once: what stands, last year beside it, what is missing."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import F

from agreements.models import Agreement, Party
from assurance.actions.aisa_report import Place
from assurance.aisa.asked import OUTCOMES, Asked, contents, every, figures
from assurance.aisa.counting import Counted, counted, totals
from assurance.models import AdverseNotice, AisaEntry, AisaStep, AisaStepKind
from assurance.years import begins, called, ends
from records.words import number


@dataclass(frozen=True)
class Line:
    """One text or figure: what stands this year and stood last year, None where it is not recorded."""

    asked: Asked
    of: str
    value: str | int | None
    before: str | int | None
    note: str = ""
    entries: tuple[AisaEntry, ...] = ()

    @property
    def place(self) -> Place:
        """Where its entries stand."""
        return self.asked.key, self.of

    @property
    def title(self) -> str:
        """What it is called, with the party or the outcome."""
        return f"{self.asked.title}: {self.of}" if self.of else self.asked.title

    @property
    def shown(self) -> str:
        """As it is read; empty where it is not recorded."""
        return in_words(self.value)

    @property
    def shown_before(self) -> str:
        """The same of last year."""
        return in_words(self.before)

    @property
    def corrected(self) -> tuple[AisaEntry, ...]:
        """Every row of it where there is more than one, newest first."""
        return self.entries[::-1] if len(self.entries) > 1 else ()


@dataclass(frozen=True)
class Report:
    """One agreement in one year."""

    agreement: Agreement
    year: int
    texts: list[Line]
    figures: list[Line]
    notices: list[Counted]
    steps: list[AisaStep] = field(default_factory=list)
    seen: int = 0

    @property
    def complete(self) -> bool:
        """Whether somebody said that it is."""
        return bool(self.steps) and self.steps[0].kind != AisaStepKind.REOPENED

    @property
    def shared(self) -> bool:
        """Whether the other parties see it."""
        return bool(self.steps) and self.steps[0].kind == AisaStepKind.SHARED

    @property
    def recorded(self) -> int:
        """How many of its texts and figures say something."""
        return sum(line.value is not None for line in (*self.texts, *self.figures))

    @property
    def of(self) -> int:
        """How many there are."""
        return len(self.texts) + len(self.figures)

    @property
    def state(self) -> str:
        """For the list."""
        return "complete" if self.complete else "in_progress" if self.recorded else "not_started"

    @property
    def called(self) -> str:
        """2025/26."""
        return called(self.year)


def in_words(value: str | int | None) -> str:
    """A number with its commas, a text as it is."""
    return number(value) if isinstance(value, int) else value or ""


def report_of(agreement: Agreement, year: int) -> Report:
    """The report of one agreement, four queries."""
    return next(reports_of([agreement], year))


def reports_of(agreements: Sequence[Agreement], year: int) -> Iterator[Report]:
    """The reports of these agreements in their order. Five queries, however many."""
    entries, steps, notices = _entries(agreements, year), _steps(agreements, year), _notices(agreements, year)
    parties = _parties(agreements)
    for one in agreements:
        now, before = entries[one.pk, year], entries[one.pk, year - 1]
        dated, dated_before = notices[one.pk, year], notices[one.pk, year - 1]
        labels = {"party": _named(parties[one.pk], [*now, *before]), "outcome": _outcomes([*now, *before])}
        rows = _Rows(_by_place(now), _by_place(before), totals(dated), totals(dated_before))
        yield Report(
            agreement=one,
            year=year,
            texts=[rows.line(asked, "") for asked in contents(one.kind)],
            figures=[rows.line(asked, of) for asked in figures(one.kind) for of in labels.get(asked.by, [""])],
            notices=dated,
            steps=steps[one.pk],
            seen=max((row.pk for row in now), default=0),
        )


@dataclass(frozen=True)
class _Rows:
    """The rows of an agreement, this year's and last year's, by place; and what dated notices count."""

    now: dict[Place, list[AisaEntry]]
    before: dict[Place, list[AisaEntry]]
    counted: Mapping[str, int]
    counted_before: Mapping[str, int]

    def line(self, asked: Asked, of: str) -> Line:
        """What stands at one place. Dated notices count before what was typed in; where both differ it is said."""
        entries = tuple(self.now.get((asked.key, of), ()))
        typed, was_typed = _last(entries), _last(self.before.get((asked.key, of), ()))
        if not asked.counted:
            return Line(asked, of, typed, was_typed, "", entries)
        found, was = self.counted.get(asked.key), self.counted_before.get(asked.key)
        note = "" if found is None else "Counted from dated notices"
        if found is not None and typed not in (None, found):
            note += f"; {in_words(typed)} was typed in"
        return Line(asked, of, typed if found is None else found, was_typed if was is None else was, note, entries)


def _last(entries: Sequence[AisaEntry]) -> str | int | None:
    return entries[-1].value if entries else None


def _by_place(entries: Iterable[AisaEntry]) -> dict[Place, list[AisaEntry]]:
    found: dict[Place, list[AisaEntry]] = defaultdict(list)
    for entry in entries:
        found[entry.item, entry.of].append(entry)
    return found


def _entries(agreements: Sequence[Agreement], year: int) -> dict[tuple[int, int], list[AisaEntry]]:
    found: dict[tuple[int, int], list[AisaEntry]] = defaultdict(list)
    rows = AisaEntry.objects.filter(agreement__in=agreements, year__in=(year - 1, year)).select_related("by__person")
    for row in rows.order_by("pk"):
        found[row.agreement_id, row.year].append(row)
    return found


def _steps(agreements: Sequence[Agreement], year: int) -> dict[int, list[AisaStep]]:
    """Newest first."""
    found: dict[int, list[AisaStep]] = defaultdict(list)
    rows = AisaStep.objects.filter(agreement__in=agreements, year=year).select_related("by__person")
    for row in rows.order_by("-pk"):
        found[row.agreement_id].append(row)
    return found


def _notices(agreements: Sequence[Agreement], year: int) -> dict[tuple[int, int], list[Counted]]:
    found: dict[tuple[int, int], list[Counted]] = defaultdict(list)
    rows = AdverseNotice.objects.filter(agreement__in=agreements, given_on__range=(begins(year - 1), ends(year)))
    for row in counted(rows.prefetch_related("outcomes").order_by("given_on", "pk")):
        found[row.notice.agreement_id, year if row.notice.given_on >= begins(year) else year - 1].append(row)
    return found


def _parties(agreements: Sequence[Agreement]) -> dict[int, list[str]]:
    """The names of the other parties of the terms in force."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = Party.objects.filter(terms__in=[one.current_terms_id for one in agreements]).order_by("pk")
    rows = rows.exclude(organisation__agency=F("terms__agreement__agency"))
    for agreement, name in rows.values_list("terms__agreement", "organisation__name"):
        if name not in found[agreement]:
            found[agreement].append(name)
    return found


def _named(parties: list[str], entries: Iterable[AisaEntry]) -> list[str]:
    """The parties of today, and those that figures stand of; one blank where nobody is named."""
    by_party = {asked.key for asked in every() if asked.by == "party"}
    return [*dict.fromkeys([*parties, *(entry.of for entry in entries if entry.item in by_party)])] or [""]


def _outcomes(entries: Iterable[AisaEntry]) -> list[str]:
    """The usual outcomes, then those that people added this year or last."""
    own = dict.fromkeys(entry.of for entry in entries if entry.item == "outcome" and entry.of not in OUTCOMES)
    return [*OUTCOMES, *own]
