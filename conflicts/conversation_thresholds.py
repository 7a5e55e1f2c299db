"""At which stages conversations with third parties are needed: a table (conversation_thresholds.toml)."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from conflicts.choices import Stage

NO_CONTRACT = "none"
BEFORE = (Stage.PLANNING, Stage.APPROACH, Stage.EVALUATION, Stage.NEGOTIATION, Stage.BEFORE_SIGNING)


@dataclass(frozen=True)
class Threshold:
    """One row: it fits where any of its conditions does."""

    title: str
    any: Sequence[Mapping[str, Sequence[str]]]
    stages: tuple[Stage, ...]

    def fits(self, value: str, risk: str) -> bool:
        """Whether it is about a contract of this value and this residual risk."""
        return any(value in one.get("value", [value]) and risk in one.get("risk", [risk]) for one in self.any)


def _read() -> tuple[Threshold, ...]:
    with Path(__file__).with_suffix(".toml").open("rb") as file:
        rows = tomllib.load(file)["threshold"]
    return tuple(Threshold(row["title"], row["any"], tuple(Stage(one) for one in row["stages"])) for row in rows)


THRESHOLDS = _read()


def stages_needed(values: Iterable[str], risk: str) -> tuple[Stage, ...]:
    """The stages that need a conversation, in their order: of all contracts together, where several serve it.

    ``values`` are the value bands of the contracts, none where there is no contract; ``risk`` is the residual risk.
    """
    found = {stage for value in list(values) or [NO_CONTRACT] for stage in threshold_of(value, risk).stages}
    return tuple(stage for stage in BEFORE if stage in found)


def threshold_of(value: str, risk: str) -> Threshold:
    """The first row that fits."""
    return next(one for one in THRESHOLDS if one.fits(value, risk))
