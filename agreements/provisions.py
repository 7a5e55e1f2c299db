"""What an agreement should provide for: C1 to C25, in our own words (provisions.toml; domain.md 1.6)."""

import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class ProvisionKind:
    """One kind of provision; ``code`` is how requirements and history refer to it, for good."""

    code: str
    title: str
    help: str
    source: str
    confirmed: bool = True
    mandatory: bool = False


def _read() -> tuple[ProvisionKind, ...]:
    with Path(__file__).with_suffix(".toml").open("rb") as file:
        return tuple(ProvisionKind(code, **words) for code, words in tomllib.load(file).items())


PROVISIONS = _read()
BY_CODE = {kind.code: kind for kind in PROVISIONS}
MANDATORY = tuple(kind.code for kind in PROVISIONS if kind.mandatory)
CODES = [(kind.code, kind.title) for kind in PROVISIONS]
