"""Check every row of a sheet against the register and against what was decided: nothing is written here."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from agreements.choices import Kind, Status
from agreements.imports import dates
from agreements.imports.cells import Cells, Desk, gather, read_fields
from agreements.imports.columns import DATES
from agreements.imports.duties import read_access, read_duties
from agreements.imports.known import Existing, Known
from agreements.imports.parties import Bodies, read_parties
from agreements.imports.provisions import read_provisions
from agreements.imports.questions import Asking, Question
from agreements.imports.row import Checked
from agreements.normalise import normalise
from records.choices import YesNoUnknown
from records.words import nz_date

Pace = Callable[[Iterable["Raw"]], Iterator["Raw"]]


@dataclass(frozen=True)
class Raw:
    """One row as it was read, and what a person said about it."""

    number: int
    cells: Sequence[str]
    notes: Mapping[str, str]
    anyway: bool = False


@dataclass
class Result:
    """Every row checked, and what has to be decided."""

    rows: list[Checked]
    questions: list[Question]
    open: list[Question]
    new_names: list[str]


def check(
    rows: Iterable[Raw], mapping: Mapping[str, str], choices: Mapping[str, Any], known: Known, on: date,
    pace: Pace = iter,
) -> Result:  # fmt: skip
    """Check rows. ``mapping`` gives the meaning of each column, ``choices`` what was decided, ``on`` is today.

    ``pace`` sees each row as its turn comes.
    """
    found = list(rows)
    desk = Desk(known, Asking(choices), on, month_first_shown=_month_first(found, mapping))
    bodies, twice = Bodies(desk), Twice(desk)
    checked = [_check(raw, mapping, desk, bodies, twice) for raw in pace(found)]
    used = {
        body for row in checked for body in (*row.draft.parties, *row.draft.subcontractors) if isinstance(body, str)
    }
    return Result(checked, desk.asking.in_order(), desk.asking.open, sorted(used))


def _check(raw: Raw, mapping: Mapping[str, str], desk: Desk, bodies: Bodies, twice: "Twice") -> Checked:
    row = Checked(raw.number)
    for at, note in raw.notes.items():
        if mapping.get(at):
            desk.cannot_read(row, note.rstrip("."), int(at))
    cells = gather(mapping, raw.cells)
    read_fields(row, cells, desk)
    read_parties(row, cells, bodies)
    read_provisions(row, cells, desk)
    read_duties(row, cells, bodies)
    read_access(row, cells, bodies)
    _check_title(row)
    _check_kind(row, desk)
    _check_dates(row, desk)
    _settle_status(row, desk.on)
    twice.check(row, cells, anyway=raw.anyway)
    return row


def _check_title(row: Checked) -> None:
    if not row.draft.values.get("title"):
        row.say("error", "It has no title. Write what people call this arrangement, or skip the row")


def _check_kind(row: Checked, desk: Desk) -> None:
    """Every agreement is of a kind; where the sheet is silent, one kind is decided on for all those rows."""
    waiting = any("waits for your answer: kind" in problem.text for problem in row.problems)
    if row.draft.values.get("kind") or waiting:
        return
    decided = desk.asking.ask(
        row.number,
        "kind:none",
        "rows",
        "Some rows do not say what kind of arrangement they are. Record them as",
        [(str(value), str(label)) for value, label in Kind.choices],
        Kind.SHARING_AGREEMENT,
    )
    if decided is None:
        row.say("error", "It does not say what kind it is: this waits for your answer")
    else:
        row.draft.values["kind"] = decided
        row.say("note", f"It does not say what kind it is: recorded as {Kind(decided).label.lower()}")


def _check_dates(row: Checked, desk: Desk) -> None:
    values = row.draft.values
    start, end = values.get("starts_on"), values.get("ends_on")
    if start and end and end < start:
        values.pop("ends_on")
        desk.cannot_read(row, f"It ends on {nz_date(end)}, before it starts on {nz_date(start)}", None)
    if values.get("ends_on") and values.get("open_ended") == YesNoUnknown.YES:
        values["open_ended"] = YesNoUnknown.NO
        row.say("warning", f"It has an end date and is said to have none: the date, {nz_date(end)}, is recorded")
    if values.get("signed_on") and values["signed_on"] > desk.on:
        row.say("warning", f"It is signed in the future, on {nz_date(values['signed_on'])}: check the year")
    ended = row.draft.ended_on
    if ended and ended > desk.on:
        row.draft.ended_on = None
        desk.cannot_read(row, f"It ended on {nz_date(ended)}, which is still to come", None)


def _settle_status(row: Checked, on: date) -> None:
    """Where the sheet does not say, a day of ending says that it ended; everything else counts as signed."""
    draft = row.draft
    if not draft.status:
        draft.status = Status.ENDED if draft.ended_on else Status.SIGNED
        row.say("note", f"Its status is not said: recorded as {Status(draft.status).label.lower()}")
    end = draft.values.get("ends_on")
    if draft.status == Status.SIGNED and end and end < on:
        row.say(
            "warning",
            f"It is past its end ({nz_date(end)}): the register will show it so until you end it or extend it",
        )
    if draft.status == Status.ENDED and not draft.ended_on and not (end and end <= on):
        row.say("warning", "The day it ended is not said: today stands in the list of its steps")
    if draft.status == Status.DRAFT and draft.values.get("signed_on"):
        row.say("warning", "It is called a draft, but has a day of signing: recorded as a draft")


class Twice:
    """Finds rows that say what another row, or the register, says already."""

    def __init__(self, desk: Desk) -> None:
        """``desk`` knows the register and what was decided."""
        self._desk = desk
        self._rows: dict[str, list[Checked]] = {}

    def check(self, row: Checked, cells: Cells, *, anyway: bool) -> None:
        """Hold a row back that looks like another one, unless a person decided otherwise."""
        title = normalise(row.draft.values.get("title", ""))
        if not title:
            return
        for other in self._rows.get(title, []):
            self._against_row(row, other, anyway=anyway)
        self._rows.setdefault(title, []).append(row)
        self._against_register(row, [cell.text for cell in cells.get("old_reference", ())], anyway=anyway)

    def _against_row(self, row: Checked, other: Checked, *, anyway: bool) -> None:
        if set(row.draft.parties) != set(other.draft.parties):
            return
        if _days(row) == _days(other):
            self._held(row, f"It has the same title, parties and dates as row {other.number}", anyway=anyway)
        else:
            row.say("warning", f"It has the same title and parties as row {other.number}, but other dates")

    def _against_register(self, row: Checked, references: Sequence[str], *, anyway: bool) -> None:
        known, title = self._desk.known, row.draft.values["title"]
        for existing in known.agreements_called(title):
            if _same(row, existing, known.own):
                self._held(row, f"It looks like {existing.reference}, which is in the register already", anyway=anyway)
                return
        for reference in references:
            for existing in known.agreements_called(reference):
                self._held(row, f"{existing.reference} in the register is known as {reference} already", anyway=anyway)
                return
        for existing in known.agreements_like(title):
            row.say("warning", f"Its title is much like that of {existing.reference}, {existing.title}")

    def _held(self, row: Checked, sentence: str, *, anyway: bool) -> None:
        decided = self._desk.asking.ask(
            row.number,
            "twice",
            "rows",
            "Some rows look like another row, or like an agreement in the register. What happens to them?",
            [("hold", "Hold them back"), ("import", "Import them as well")],
            "hold",
            needed=False,
        )
        row.say("warning" if anyway or decided == "import" else "error", sentence, twice=True)


def _days(row: Checked) -> tuple[Any, ...]:
    return tuple(row.draft.values.get(name) for name in ("signed_on", "starts_on", "ends_on"))


def _same(row: Checked, existing: Existing, own: set[int]) -> bool:
    """The title is the same; the parties overlap or one side names none; no date contradicts."""
    mine = {body for body in row.draft.parties if isinstance(body, int)}
    theirs = existing.parties - own
    if row.draft.parties and theirs and not mine & theirs:
        return False
    pairs = (("starts_on", existing.starts_on), ("signed_on", existing.signed_on))
    return all(row.draft.values.get(name) in (None, value) or value is None for name, value in pairs)


def _month_first(rows: Sequence[Raw], mapping: Mapping[str, str]) -> bool:
    """Whether some date can only be read month first, and none only day first."""
    columns = [int(at) for at, name in mapping.items() if name in DATES]
    texts = [row.cells[at] for row in rows for at in columns if at < len(row.cells)]
    return any(map(dates.shows_month_first, texts)) and not any(map(dates.shows_day_first, texts))
