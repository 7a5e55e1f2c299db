"""Read the rows of a list of staff, and say of each what is wrong with it. Knows nothing of the register."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from people.models import Engagement
from records.forms import NZDateField, plain
from records.sheets.reading import read
from records.sheets.sheet import Line, Unreadable

MOST_PEOPLE = 30_000
# By the name of the column: what it is called here, and other words for it.
COLUMNS: dict[str, tuple[str, ...]] = {
    "name": ("Name", "Full name"),
    "email": ("E-mail address", "Email", "E-mail", "Email address"),
    "unit": ("Unit", "Team", "Business unit"),
    "above": ("Unit above", "Part of", "Group"),
    "position": ("Position", "Job title", "Role"),
    "manager": ("Manager’s e-mail address", "Manager's e-mail address", "Manager email", "Manager’s email"),
    "engagement": ("Engagement", "Engaged as"),
    "senior": ("Senior leader", "Senior"),
    "started_on": ("Started on", "Start date"),
}
NEEDED = ("name", "email")
YES, NO = {"yes", "y", "true", "1"}, {"no", "n", "false", "0", ""}


@dataclass
class Row:
    """One line: its number in the file, what it says of a person, and what is wrong with it.

    A cell that is empty, or a column that is not there, says nothing: what the register knows then stays.
    """

    number: int
    says: dict[str, Any] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    @property
    def email(self) -> str:
        """By which the person is known."""
        return str(self.says.get("email", ""))


def rows_of(content: bytes) -> list[Row]:
    """The rows of an uploaded file. Raises Unreadable, with a sentence, for what is no list of staff."""
    sheet = read(content, MOST_PEOPLE).sheets[0]
    lines = [line for line in sheet.lines if not line.blank]
    where = columns_of(lines[0].cells)
    if len(lines) - 1 > MOST_PEOPLE:
        raise Unreadable(f"The file has more than {MOST_PEOPLE:,} people. Split it and import the parts one by one.")
    rows = [_row(line, where) for line in lines[1:]]
    if not rows:
        raise Unreadable("There is nobody in this file: it holds its headings only.")
    twice = {email for email, times in Counter(row.email for row in rows).items() if email and times > 1}
    for row in rows:
        if row.email in twice:
            row.problems.append(f"{row.email} stands in more than one row: one person, one row")
    return rows


def columns_of(headings: Sequence[str]) -> dict[str, int]:
    """At which place each column stands. Raises Unreadable for a heading that is missing, unknown or there twice."""
    known = {plain(word): name for name, words in COLUMNS.items() for word in words}
    found: dict[str, int] = {}
    for at, heading in enumerate(headings):
        name = known.get(plain(heading))
        if not heading.strip():
            continue
        if name is None:
            wanted = ", ".join(words[0] for words in COLUMNS.values())
            raise Unreadable(f"“{heading[:60]}” is not a column of a list of staff. The first line holds: {wanted}.")
        if name in found:
            raise Unreadable(f"Two columns are called “{COLUMNS[name][0]}”. Keep one of them.")
        found[name] = at
    missing = [COLUMNS[name][0] for name in NEEDED if name not in found]
    if missing:
        raise Unreadable(
            f"The first line has no column “{missing[0]}”. It holds the headings, and every list has that one."
        )
    return found


def _row(line: Line, where: Mapping[str, int]) -> Row:
    row = Row(line.number)
    for name, at in where.items():
        text = " ".join(line.cells[at].split()) if at < len(line.cells) else ""
        try:
            value = READERS[name](text)
        except ValidationError as problem:
            row.problems.append(str(problem.messages[0]))
        else:
            if value not in (None, ""):
                row.says[name] = value
    row.problems += [f"{COLUMNS[name][0]} is missing" for name in NEEDED if not row.says.get(name) and not row.problems]
    if row.email and row.says.get("manager") == row.email:
        row.problems.append("Nobody is their own manager")
    if row.says.get("above") and not row.says.get("unit"):
        row.problems.append("It says which unit is above, but not the unit")
    return row


def _text(text: str) -> str:
    if len(text) > 200:
        raise ValidationError(f"“{text[:40]}…” is longer than 200 characters")
    return text


def _email(text: str) -> str:
    if text:
        try:
            validate_email(text)
        except ValidationError:
            raise ValidationError(f"“{text[:60]}” is not an e-mail address") from None
    return text.lower()


def _engagement(text: str) -> str:
    known = {plain(label): value for value, label in Engagement.choices}
    if text and plain(text) not in known:
        raise ValidationError(f"“{text[:40]}” is not a way to be engaged: {', '.join(Engagement.labels)}")
    return known.get(plain(text), "")


def _senior(text: str) -> bool | None:
    if plain(text) not in YES | NO:
        raise ValidationError(f"“{text[:40]}” is neither yes nor no")
    return plain(text) in YES if text else None


def _date(text: str) -> date | None:
    return NZDateField(required=False).clean(text)


READERS: dict[str, Callable[[str], Any]] = dict.fromkeys(("name", "unit", "above", "position"), _text)
READERS |= {"email": _email, "manager": _email, "engagement": _engagement, "senior": _senior, "started_on": _date}
