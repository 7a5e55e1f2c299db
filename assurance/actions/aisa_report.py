"""Enter, correct, complete and reopen the yearly report of an AISA or of information matching. Every row stays."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localdate

from agreements.actions.changes import check_and_save, refuse
from agreements.models import Agreement
from assurance.aisa.asked import every
from assurance.aisa.policies import check_may_complete, check_may_enter, check_may_reopen, check_may_share
from assurance.models import AisaEntry, AisaStep, AisaStepKind
from people.models import User
from records.acting import action
from records.errors import Refused

Place = tuple[str, str]  # item, and the party or outcome it is of
Value = str | int | None


@dataclass(frozen=True)
class Said:
    """What is to stand at one place: words or a number, or None for not recorded."""

    item: str
    of: str
    value: Value

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.item, self.of


class EnteredMeanwhile(Refused):
    """Somebody entered the same after this person opened the form; nothing was saved and nothing typed is lost."""

    def __init__(self, entries: Sequence[AisaEntry], seen: int) -> None:
        """``seen`` is the newest row now: sent again, it says that the person has seen it."""
        super().__init__(f"{entries[0].by} entered some of this after you opened it. Save again and yours stands")
        self.entries, self.seen = entries, seen


@action
def save_entries(
    *, agreement: Agreement, year: int, said: Sequence[Said], seen: int, by: User, now: datetime, why: str = ""
) -> list[AisaEntry]:
    """Keep a row for each place where something else is to stand than ``seen``, the newest row the person saw, had.

    A correction says ``why``. Raises NotYours, NotNow, EnteredMeanwhile, ValidationError; nothing is saved then.
    """
    locked = _locked(agreement)
    check_may_enter(locked, year, by, localdate(now))
    rows = list(AisaEntry.objects.filter(agreement=locked, year=year).select_related("by__person").order_by("pk"))
    saw = newest(row for row in rows if row.pk <= seen)
    changes = [one for one in said if _value(saw.get(one.place)) != one.value]
    _check_meanwhile(changes, rows, seen)
    _check_says_why(changes, saw, why)
    made = [_entry(locked, year, one, why.strip() if one.place in saw else "", by, now) for one in changes]
    for entry in made:
        check_and_save(entry)
    return made


@action
def complete_year(*, agreement: Agreement, year: int, by: User, now: datetime) -> AisaStep:
    """Say that a year is complete: what it says stands until it is reopened. Raises NotYours, NotNow."""
    locked = _locked(agreement)
    check_may_complete(locked, year, by, localdate(now))
    return _step(locked, year, AisaStepKind.COMPLETE, "", by, now)


@action
def share_year(*, agreement: Agreement, year: int, by: User, now: datetime) -> AisaStep:
    """Show a complete year to the parties that use this register, until it is reopened. Raises NotYours, NotNow."""
    locked = _locked(agreement)
    check_may_share(locked, year, by)
    return _step(locked, year, AisaStepKind.SHARED, "", by, now)


@action
def reopen_year(*, agreement: Agreement, year: int, why: str, by: User, now: datetime) -> AisaStep:
    """Open a complete year again, with a reason. Raises NotYours, NotNow, ValidationError."""
    locked = _locked(agreement)
    check_may_reopen(locked, year, by)
    if not why.strip():
        raise refuse("why", "Say why: the reason stands with the year")
    return _step(locked, year, AisaStepKind.REOPENED, why.strip(), by, now)


def newest(rows: Iterable[AisaEntry]) -> dict[Place, AisaEntry]:
    """What stands at each place, of rows in the order in which they were entered."""
    return {(row.item, row.of): row for row in rows}


def _locked(agreement: Agreement) -> Agreement:
    rows = Agreement.objects.select_for_update(of=("self",), no_key=True).select_related("current_terms", "agency")
    return rows.get(pk=agreement.pk)


def _value(entry: AisaEntry | None) -> Value:
    return entry.value if entry else None


def _check_meanwhile(changes: Sequence[Said], rows: Sequence[AisaEntry], seen: int) -> None:
    later: Mapping[Place, AisaEntry] = newest(row for row in rows if row.pk > seen)
    clash = [later[one.place] for one in changes if one.place in later and later[one.place].value != one.value]
    if clash:
        raise EnteredMeanwhile(clash, max(row.pk for row in rows))


def _check_says_why(changes: Sequence[Said], saw: Mapping[Place, AisaEntry], why: str) -> None:
    if not changes:
        raise refuse("why", "Nothing differs from what stands there: change something, or go back")
    if any(one.place in saw for one in changes) and not why.strip():
        raise refuse("why", "You correct what was recorded: say why. What stood there stays on record")


def _entry(agreement: Agreement, year: int, said: Said, why: str, by: User, now: datetime) -> AisaEntry:
    asked = next(one for one in every() if one.key == said.item)
    number = said.value if asked.is_figure and isinstance(said.value, int) else None
    words = said.value if not asked.is_figure and isinstance(said.value, str) else ""
    return AisaEntry(
        agreement=agreement, year=year, item=said.item, of=said.of, number=number, words=words, why=why, by=by, at=now
    )


def _step(agreement: Agreement, year: int, kind: AisaStepKind, why: str, by: User, now: datetime) -> AisaStep:
    made = AisaStep(agreement=agreement, year=year, kind=kind, why=why, by=by, at=now)
    check_and_save(made)
    return made
