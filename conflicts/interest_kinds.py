"""The kinds of interest, in our own words (interest_kinds.toml; domain.md 3.3)."""

import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class InterestKind:
    """One kind. ``stand_down``: it has a day from which it no longer matters, which is asked for.

    ``connected``: it may be somebody else's, and who they are to the declarant is asked for.
    """

    name: str
    title: str
    help: str
    stand_down: bool = False
    connected: bool = False


def _read() -> dict[str, InterestKind]:
    with Path(__file__).with_suffix(".toml").open("rb") as file:
        return {name: InterestKind(name, **told) for name, told in tomllib.load(file).items()}


BY_NAME = _read()
KIND_CHOICES = [(kind.name, kind.title) for kind in BY_NAME.values()]
