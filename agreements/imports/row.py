"""One row of the sheet once it was checked: what would be recorded, and what there is to say about it."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

Level = Literal["error", "warning", "note"]
LEVELS: tuple[Level, ...] = ("error", "warning", "note")
# An organisation as a row means it: the key of one in the register, or the name of one to add.
Body = int | str


@dataclass(frozen=True)
class Problem:
    """A sentence about one cell (``column``) or about the row. An error holds the row back."""

    level: Level
    text: str
    column: int | None = None
    twice: bool = False  # it looks like another row or agreement: a person may say that it is not

    def as_json(self) -> dict[str, Any]:
        """How an ImportRow keeps it."""
        return {"level": self.level, "text": self.text, "column": self.column, "twice": self.twice}


@dataclass
class Draft:
    """What a row would become: values of Agreement and Terms by field, and its rows."""

    values: dict[str, Any] = field(default_factory=dict)
    status: str = ""
    ended_on: date | None = None
    parties: dict[Body, str] = field(default_factory=dict)
    subcontractors: list[Body] = field(default_factory=list)
    senders: list[Body] = field(default_factory=list)
    receivers: list[Body] = field(default_factory=list)
    information: list[str] = field(default_factory=list)
    item: dict[str, str] = field(default_factory=dict)
    flow: dict[str, str] = field(default_factory=dict)
    legal_bases: list[int] = field(default_factory=list)
    provisions: dict[str, dict[str, str]] = field(default_factory=dict)  # fields of Provision by code
    duties: dict[tuple[str, Body], str] = field(default_factory=dict)  # who there, by duty and party
    access: list[tuple[Body, str]] = field(default_factory=list)  # party, and who can reach the information there


@dataclass
class Checked:
    """A row, its draft and its problems."""

    number: int
    draft: Draft = field(default_factory=Draft)
    problems: list[Problem] = field(default_factory=list)

    def in_order(self) -> list[Problem]:
        """Errors first, then warnings, then notes."""
        return sorted(self.problems, key=lambda problem: LEVELS.index(problem.level))

    def say(self, level: Level, text: str, column: int | None = None, *, twice: bool = False) -> None:
        """Note a sentence, once."""
        problem = Problem(level, text, column, twice)
        if problem not in self.problems:
            self.problems.append(problem)

    @property
    def good(self) -> bool:
        """Whether it can be recorded."""
        return not any(problem.level == "error" for problem in self.problems)
