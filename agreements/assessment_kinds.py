"""The kinds of assessment and what each asks, in our own words (assessment_kinds.toml; domain.md 1.4 to 1.9)."""

import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class AssessmentQuestion:
    """One question of a kind. ``asks`` is text, or yes_no for yes, no or not known."""

    name: str
    label: str
    hint: str = ""
    asks: str = "text"
    needed: bool = False


@dataclass(frozen=True)
class AssessmentKind:
    """One kind. ``rated`` asks for the two ratings, ``binding`` whether an agreement must bind.

    ``accepted``: it becomes final only when somebody with the power to accept risk accepts it.
    ``name`` is how history and gates refer to it, for good.
    """

    name: str
    title: str
    says: str
    source: str
    questions: tuple[AssessmentQuestion, ...]
    rated: bool = False
    binding: bool = False
    accepted: bool = False


def _read() -> dict[str, AssessmentKind]:
    with Path(__file__).with_suffix(".toml").open("rb") as file:
        return {name: _kind(name, **told) for name, told in tomllib.load(file).items()}


def _kind(name: str, question: list[dict[str, str]], **told: str) -> AssessmentKind:
    asked = tuple(AssessmentQuestion(**one) for one in question)  # type: ignore[arg-type]  # read from our own file
    return AssessmentKind(name, questions=asked, **told)  # type: ignore[arg-type]


BY_NAME = _read()
KIND_CHOICES = [(kind.name, kind.title) for kind in BY_NAME.values()]
