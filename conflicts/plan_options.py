"""What can be done about a conflict of interest (plan_options.toml; domain.md 3.7)."""

import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class PlanOption:
    """One option. ``family`` is the word procurement uses for it: report, restrict, recruit, remove and so on."""

    name: str
    title: str
    family: str
    help: str = ""


def _read() -> dict[str, PlanOption]:
    with Path(__file__).with_suffix(".toml").open("rb") as file:
        return {name: PlanOption(name, **told) for name, told in tomllib.load(file).items()}


BY_NAME = _read()
OPTION_CHOICES = [(option.name, option.title) for option in BY_NAME.values()]
