"""The words of every question: label, hint, why it is asked and on what it rests (questions.toml)."""

import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Question:
    """One question. ``why`` and ``source`` stand under "Why we ask"; ``confirmed`` False adds "to be confirmed"."""

    field: str
    label: str
    hint: str = ""
    why: str = ""
    source: str = ""
    confirmed: bool = True


def _read() -> dict[str, Question]:
    with Path(__file__).with_suffix(".toml").open("rb") as file:
        return {field: Question(field, **words) for field, words in tomllib.load(file).items()}


QUESTIONS = _read()
