"""What a person decides once for the whole sheet: each is asked once, however many rows wait for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Option = tuple[str, str]

GROUPS = {
    "dates": "Dates",
    "words": "Words that the register calls something else",
    "split": "One party or several?",
    "party": "Organisations that may be in the register already",
    "rows": "Rows that are not whole",
}


@dataclass
class Question:
    """One decision: its options as value and label, the one suggested, and the rows that wait for it."""

    key: str
    group: str
    text: str
    options: Sequence[Option]
    suggested: str
    rows: set[int] = field(default_factory=set)
    chosen: str | None = None
    needed: bool = True

    @property
    def shown(self) -> str:
        """What the form shows as chosen: the decision, or the suggestion before there is one."""
        return self.suggested if self.chosen is None else self.chosen


class Asking:
    """Collects the questions that rows raise, and answers those that were decided."""

    def __init__(self, choices: Mapping[str, Any]) -> None:
        """``choices`` is what was decided so far, by the key of the question."""
        self._choices = choices
        self.questions: dict[str, Question] = {}

    def ask(
        self,
        row: int,
        key: str,
        group: str,
        text: str,
        options: Sequence[Option],
        suggested: str,
        *,
        needed: bool = True,
    ) -> str | None:
        """The decision, or None while there is none; a decision that is no longer on offer counts as none.

        What is not ``needed`` has a safe answer of its own and does not hold the import up.
        """
        question = self.questions.get(key)
        if question is None:
            decided = self._choices.get(key)
            chosen = decided if decided in {value for value, _ in options} else None
            question = self.questions[key] = Question(
                key, group, text, options, suggested, chosen=chosen, needed=needed
            )
        question.rows.add(row)
        return question.chosen

    @property
    def open(self) -> list[Question]:
        """Questions nobody has answered yet."""
        return [question for question in self.questions.values() if question.needed and question.chosen is None]

    def in_order(self) -> list[Question]:
        """Every question by group, those that most rows wait for first."""
        order = list(GROUPS)
        return sorted(self.questions.values(), key=lambda one: (order.index(one.group), -len(one.rows), one.text))
