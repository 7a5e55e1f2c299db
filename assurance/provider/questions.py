"""What a provider is asked to confirm of an agreement: a question for each provision that its terms hold."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from agreements.choices import Answer
from agreements.models import Terms
from agreements.provisions import BY_CODE


@dataclass(frozen=True)
class Question:
    """What was promised and what is asked about it, in plain words."""

    code: str
    promise: str
    question: str

    @property
    def about(self) -> str:
        """A word for what it is about."""
        return BY_CODE[self.code].title


def _read() -> dict[str, Question]:
    with Path(__file__).with_suffix(".toml").open("rb") as file:
        return {code: Question(code, **words) for code, words in tomllib.load(file).items()}


QUESTIONS = _read()


def questions_of(terms: Terms | None) -> list[Question]:
    """The questions about terms, in the order of the provisions. One query where none was fetched before."""
    rows = terms.provisions.all() if terms else ()
    present = {row.code for row in rows if row.answer == Answer.PRESENT}
    return [QUESTIONS[code] for code in BY_CODE if code in present and code in QUESTIONS]
