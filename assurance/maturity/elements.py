"""The elements of the self-assessment, read from elements.toml."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assurance.editions import CONFIDENCES

FILE = Path(__file__).parent / "elements.toml"
SOURCE = "Privacy Maturity Assessment Framework for government agencies"


@dataclass(frozen=True)
class Element:
    """One thing that is rated; ``facts`` name what the register knows of it, ``near`` what is only near it."""

    key: str
    title: str
    asks: str
    section: str
    facts: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    confidence: str = "unconfirmed"

    @property
    def to_be_confirmed(self) -> str:
        """How far its words can be relied on."""
        return CONFIDENCES[self.confidence]


@cache
def elements() -> tuple[Element, ...]:
    """Every element in the order of the file."""
    with FILE.open("rb") as file:
        data = tomllib.load(file)
    return tuple(
        Element(**one | {name: tuple(one.get(name, ())) for name in ("facts", "near")} | {"section": section["title"]})
        for section in data["section"]
        for one in section["element"]
    )


def element(key: str) -> Element | None:
    """The element of this key."""
    return next((one for one in elements() if one.key == key), None)
