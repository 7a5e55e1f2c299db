"""Turn the cells of one row into values of fields: text, days, closed lists, yes and no, numbers, people, law."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, TextField

from agreements.choices import Control, Frequency, Identifiability, Kind, Sensitivity, Status
from agreements.columns import BY_NAME
from agreements.imports import dates, values, words
from agreements.imports.columns import DATES, TARGETS, called
from agreements.imports.known import Known
from agreements.imports.questions import Asking, Option
from agreements.imports.row import Checked
from agreements.normalise import normalise
from records.choices import YesNoUnknown

DAY_FIRST = "day_first"
PEOPLE = ("owner", "manager", "senior_owner")
NUMBERS = {"people_affected": (2_000_000_000, False), "breach_hours": (8_760, True), "cycle_months": (120, True)}
LISTS: dict[str, Sequence[Option]] = {
    "frequency": Frequency.choices,
    "control": Control.choices,
    "identifiability": Identifiability.choices,
    "sensitivity": Sensitivity.choices,
}
STATUSES: Sequence[Option] = (
    (Status.SIGNED, "Signed: in force, or past its end, by its dates"),
    (Status.ENDED, "Ended"),
    (Status.DRAFT, "Draft"),
)
LEAVE = ("", "Leave it not recorded")
JOINS = {"purpose": "\n\n", "known_as": "; ", "recorded_from": "; "}


@dataclass
class Desk:
    """What every cell is read with: what is known, what was decided, the day of today."""

    known: Known
    asking: Asking
    on: date
    month_first_shown: bool = False

    def cannot_read(self, row: Checked, sentence: str, column: int | None) -> None:
        """A cell that cannot be read holds its row back, unless it was decided to leave such answers out."""
        decided = self.asking.ask(
            row.number,
            "unreadable",
            "rows",
            "Some cells cannot be read, such as a date that is none. What happens to their rows?",
            [
                ("hold", "Hold them back until the cell is put right"),
                ("leave", "Import them, that answer not recorded"),
            ],
            "hold",
            needed=False,
        )
        leave = decided == "leave"
        row.say("warning" if leave else "error", f"{sentence}. Not recorded" if leave else sentence, column)


@dataclass(frozen=True)
class Cell:
    """One cell and where it stands."""

    column: int
    text: str


Cells = Mapping[str, Sequence[Cell]]


def read_fields(row: Checked, cells: Cells, desk: Desk) -> None:
    """Everything that becomes one field; parties and what flows between them are read by parties.py."""
    for name, found in cells.items():
        reader = _reader(name)
        for cell in found if reader else ():
            if values.lost_letter(cell.text):
                row.say(
                    "warning", f"A letter seems to be lost in “{_short(cell.text)}”: check its spelling", cell.column
                )
        if reader:
            reader(row, name, found, desk)
    row.draft.ended_on = row.draft.values.pop("ended_on", None)


def _reader(name: str) -> Callable[[Checked, str, Sequence[Cell], Desk], None] | None:
    if name in DATES:
        return _read_date
    if name in PEOPLE:
        return _read_person
    if name in NUMBERS:
        return _read_number
    if name in LISTS:
        return _read_list
    special = {"legal_bases": _read_law, "status": _read_status, "old_reference": _read_old_reference}
    return special.get(name) or _by_field(name)


def _by_field(name: str) -> Callable[[Checked, str, Sequence[Cell], Desk], None] | None:
    field = BY_NAME[name].model_field if name in BY_NAME else None
    if field is None:
        return None
    if field.choices:
        return _read_yes_no if list(field.choices) == list(YesNoUnknown.choices) else _read_choice
    return _read_text if isinstance(field, CharField | TextField) else None


def _read_text(row: Checked, name: str, found: Sequence[Cell], desk: Desk) -> None:
    spoken = [cell for cell in found if not _nothing(row, cell)]
    text = JOINS.get(name, " ").join(dict.fromkeys(cell.text for cell in spoken))
    field = BY_NAME[name].model_field
    longest = getattr(field, "max_length", None) or len(text)
    if len(text) <= longest:
        row.draft.values[name] = " ".join(text.split()) if isinstance(field, CharField) and "\n" in text else text
    else:
        sentence = f"{TARGETS[name].heading} has {len(text):,} characters; at most {longest:,} are kept"
        desk.cannot_read(row, sentence, spoken[0].column)


def _nothing(row: Checked, cell: Cell) -> bool:
    """Whether a cell says nothing; if it does so in words, that is said."""
    if not values.says_nothing(cell.text):
        return False
    if cell.text and normalise(cell.text) != values.NOT_RECORDED:
        row.say("note", f"“{cell.text}” says nothing: not recorded", cell.column)
    return True


def _read_old_reference(row: Checked, name: str, found: Sequence[Cell], desk: Desk) -> None:
    """References of old systems stand under "also known as"."""
    for cell in found:
        if not _nothing(row, cell):
            before = row.draft.values.get("known_as", "")
            joined = "; ".join(filter(None, [before, " ".join(cell.text.split())]))
            if len(joined) <= 200:
                row.draft.values["known_as"] = joined
            else:
                desk.cannot_read(row, "The other names together are longer than 200 characters", cell.column)


def _read_date(row: Checked, name: str, found: Sequence[Cell], desk: Desk) -> None:
    cell = found[0]
    if _nothing(row, cell):
        return
    if name == "ends_on" and normalise(cell.text) in {
        "ongoing",
        "open ended",
        "no end date",
        "perpetual",
        "indefinite",
        "evergreen",
        "until terminated",
        "no expiry",
    }:
        row.draft.values["open_ended"] = YesNoUnknown.YES
        return
    day_first = not dates.is_ambiguous(cell.text) or _day_first(row, cell, desk)
    if day_first is None:
        return
    day = dates.read_day(cell.text, day_first=day_first, last=name in {"ends_on", "ended_on"})
    if day.value:
        row.draft.values[name] = day.value
        if day.said:
            row.say("warning" if "recorded as" in day.said else "note", day.said, cell.column)
    else:
        desk.cannot_read(row, day.wrong, cell.column)


def _day_first(row: Checked, cell: Cell, desk: Desk) -> bool | None:
    as_day, as_month = (dates.read_day(cell.text, day_first=first).value for first in (True, False))
    decided = desk.asking.ask(
        row.number,
        DAY_FIRST,
        "dates",
        f"Some dates can be read in two ways, such as {cell.text}. Which comes first?",
        [
            ("yes", f"The day: {cell.text} is {dates.in_words(as_day)}" if as_day else "The day"),
            ("no", f"The month: {cell.text} is {dates.in_words(as_month)}" if as_month else "The month"),
        ],
        "no" if desk.month_first_shown else "yes",
    )
    if decided is None:
        row.say("error", f"“{cell.text}” waits for your answer: day or month first", cell.column)
        return None
    return decided == "yes"


def _read_yes_no(row: Checked, name: str, found: Sequence[Cell], desk: Desk) -> None:
    value = values.read_yes_no(found[0].text)
    if value.wrong:
        desk.cannot_read(row, value.wrong, found[0].column)
        return
    row.draft.values[name] = value.value
    if value.said:
        row.say("note", value.said, found[0].column)


def _read_number(row: Checked, name: str, found: Sequence[Cell], desk: Desk) -> None:
    if _nothing(row, found[0]):
        return
    most, hours = NUMBERS[name]
    value = values.read_number(found[0].text, hours=hours)
    if value.wrong or value.value > most:
        desk.cannot_read(row, value.wrong or f"{value.value:,} is more than the register counts", found[0].column)
        return
    row.draft.values[name] = value.value
    if value.said:
        row.say("note", value.said, found[0].column)


def _read_choice(row: Checked, name: str, found: Sequence[Cell], desk: Desk) -> None:
    field = BY_NAME[name].model_field
    options = [(str(value), str(label)) for value, label in (field.choices or ()) if value] if field else []
    chosen = _choose(row, name, found[0], options, desk)
    if chosen:
        row.draft.values[name] = chosen


def _read_list(row: Checked, name: str, found: Sequence[Cell], desk: Desk) -> None:
    chosen = _choose(row, name, found[0], LISTS[name], desk)
    if chosen:
        (row.draft.item if name in {"identifiability", "sensitivity"} else row.draft.flow)[name] = chosen


def _read_status(row: Checked, name: str, found: Sequence[Cell], desk: Desk) -> None:
    if normalise(found[0].text) == "withdrawn":
        row.say(
            "error",
            "It was withdrawn before it was signed, so there is nothing to record. Skip this row",
            found[0].column,
        )
        return
    row.draft.status = _choose(row, name, found[0], STATUSES, desk) or ""


def _choose(row: Checked, name: str, cell: Cell, options: Sequence[Option], desk: Desk) -> str | None:
    if _nothing(row, cell):
        return None
    value = words.exact(name, cell.text, options)
    if value is not None:
        return value
    heading, needed = TARGETS[name].heading, name in {"kind", "status"}
    decided = desk.asking.ask(
        row.number,
        f"word:{name}:{normalise(cell.text)[:120]}",
        "words",
        f"{heading}: what does “{_short(cell.text)}” mean?",
        [*options] if needed else [*options, LEAVE],
        words.suggest(name, cell.text, options)
        or (Kind.SHARING_AGREEMENT if name == "kind" else Status.SIGNED if needed else ""),
    )
    if decided is None:
        row.say("error", f"“{_short(cell.text)}” waits for your answer: {heading.lower()}", cell.column)
    elif not decided:
        row.say("note", f"“{_short(cell.text)}” is not recorded, as you decided", cell.column)
    return decided


def _read_person(row: Checked, name: str, found: Sequence[Cell], desk: Desk) -> None:
    cell = found[0]
    if _nothing(row, cell):
        return
    people, heading = desk.known.people.find(cell.text), called(name, desk.known.agency)
    if len(people) == 1:
        row.draft.values[name] = people[0]
        if people[0].has_left(desk.on):
            row.say("warning", f"{heading}: {people[0].name} has left; recorded all the same", cell.column)
    else:
        why = "several people have this name" if people else "nobody of this name or e-mail address is in the register"
        row.say("warning", f"{heading} “{_short(cell.text)}” is not recorded: {why}", cell.column)


def _read_law(row: Checked, name: str, found: Sequence[Cell], desk: Desk) -> None:
    for cell in found:
        if _nothing(row, cell):
            continue
        whole = desk.known.law.find(cell.text)
        pieces = [cell.text] if whole else [piece for piece in _lines(cell.text) if not values.says_nothing(piece)]
        for piece in pieces:
            key = desk.known.law.find(piece) or _ask_law(row, piece, cell, desk)
            if key and key not in row.draft.legal_bases:
                row.draft.legal_bases.append(key)


def _lines(text: str) -> list[str]:
    """Legal bases part at lines and semicolons only: their names are full of commas."""
    return values.split_list(text) if any(mark in text for mark in ";\n|") else [text]


def _ask_law(row: Checked, piece: str, cell: Cell, desk: Desk) -> int | None:
    near = desk.known.law.near(piece)
    if not near:
        row.say("warning", f"Legal basis “{_short(piece)}” is not recorded: the library has none like it", cell.column)
        return None
    decided = desk.asking.ask(
        row.number,
        f"law:{normalise(piece)[:120]}",
        "words",
        f"Legal bases: which one is “{_short(piece)}”?",
        [*((str(one.pk), f"{one}: {one.title}") for one in near), LEAVE],
        "",
    )
    if decided is None:
        row.say("error", f"“{_short(piece)}” waits for your answer: legal basis", cell.column)
    elif not decided:
        row.say("note", f"Legal basis “{_short(piece)}” is not recorded, as you decided", cell.column)
    return int(decided) if decided else None


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 60 else f"{plain[:57]}..."


def gather(mapping: Mapping[str, str], texts: Sequence[str]) -> dict[str, list[Cell]]:
    """The cells of a row that hold anything, by what their columns mean."""
    found: dict[str, list[Any]] = {}
    for at, name in mapping.items():
        column = int(at)
        if name and column < len(texts) and texts[column].strip():
            found.setdefault(name, []).append(Cell(column, texts[column].strip()))
    return found
