"""What the yearly report asks, read from report.toml."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assurance.editions import CONFIDENCES

FILE = Path(__file__).parent / "report.toml"
# What Inland Revenue reports its outcomes as; people add their own beside them.
OUTCOMES = ("No offence", "Prosecution", "Warning", "Still under investigation")


@dataclass(frozen=True)
class Asked:
    """One thing that the report says: a text, or a figure.

    ``by`` is party or outcome where there is a figure for each; ``counted`` where dated notices give it.
    """

    key: str
    title: str
    kinds: tuple[str, ...]
    source: str
    confidence: str
    asks: str = ""
    by: str = ""
    counted: bool = False
    is_figure: bool = False

    @property
    def to_be_confirmed(self) -> str:
        """How far it can be relied on, in words; empty where it was read at its source."""
        return CONFIDENCES[self.confidence]


def contents(kind: str) -> list[Asked]:
    """The texts that a report of this kind of agreement has, in their order."""
    return [one for one in every() if kind in one.kinds and not one.is_figure]


def figures(kind: str) -> list[Asked]:
    """The figures that it has."""
    return [one for one in every() if kind in one.kinds and one.is_figure]


@cache
def every() -> tuple[Asked, ...]:
    """Everything in the file, texts first."""
    with FILE.open("rb") as file:
        data = tomllib.load(file)
    found = [(False, one) for one in data["content"]] + [(True, one) for one in data["figure"]]
    return tuple(Asked(**one | {"kinds": tuple(one["kinds"]), "is_figure": is_figure}) for is_figure, one in found)
