"""The words of every question: label, hint, why it is asked and on what it rests (questions.toml)."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from people.labels import role_label
from people.models import Agency
from people.roles import Role


@dataclass(frozen=True)
class Question:
    """One question. ``why`` and ``source`` stand under "Why we ask"; ``confirmed`` False adds "to be confirmed".

    ``role`` marks a question that asks for whoever holds a role: the agency's word for it is the label.
    """

    field: str
    label: str
    hint: str = ""
    why: str = ""
    source: str = ""
    confirmed: bool = True
    role: str = ""

    def asked_by(self, agency: Agency) -> str:
        """The label in the words of the agency that answers."""
        return role_label(agency, Role(self.role)) if self.role else self.label


def _read() -> dict[str, Question]:
    with Path(__file__).with_suffix(".toml").open("rb") as file:
        return {field: Question(field, **words) for field, words in tomllib.load(file).items()}


QUESTIONS = _read()
