"""The self-assessment of a year: every element with its level, last year's, its comment and what the register knows."""

from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from assurance.maturity.elements import Element, elements
from assurance.maturity.facts import FACTS, Fact, Known, collect
from assurance.models import Level, MaturityAnswer
from assurance.years import FIRST, ends, financial_year
from people.models import User

OFFERED = 4  # years to choose from


@dataclass(frozen=True)
class Rated:
    """One element in one year. ``earlier`` are the answers of the year that came before the one that counts."""

    element: Element
    answer: MaturityAnswer | None
    before: MaturityAnswer | None
    earlier: list[MaturityAnswer]
    facts: list[Fact]

    @property
    def moved(self) -> str:
        """Up, down or level since last year; empty where one of the two is missing."""
        if self.answer is None or self.before is None:
            return ""
        order = Level.values
        step = order.index(self.answer.level) - order.index(self.before.level)
        return "Up since last year" if step > 0 else "Down since last year" if step else "As last year"


@dataclass(frozen=True)
class Maturity:
    """A year: its elements by section, and how many stand at each level."""

    year: int
    due: date
    sections: list[tuple[str, list[Rated]]]
    counts: list[tuple[str, int, int]]
    years: list[int]

    @property
    def left(self) -> int:
        """How many elements nobody rated yet."""
        return sum(one.answer is None for _, rated in self.sections for one in rated)


def maturity(user: User, year: int, on: date) -> Maturity:
    """The year as it stands. Facts are of today."""
    found = rated(user, year, collect(user.agency, on))
    now = [one.answer.level for one in found if one.answer]
    before = [one.before.level for one in found if one.before]
    last = financial_year(on)
    return Maturity(
        year=year,
        due=ends(year),
        sections=[(title, list(rows)) for title, rows in groupby(found, key=lambda one: one.element.section)],
        counts=[(str(label), now.count(value), before.count(value)) for value, label in Level.choices],
        years=list(range(last, max(FIRST, last - OFFERED), -1)),
    )


def rated(user: User, year: int, known: Known) -> list[Rated]:
    """Every element of a year in its order. One query."""
    rows = MaturityAnswer.objects.visible_to(user).filter(year__in=(year - 1, year)).select_related("by__person")
    answers: dict[tuple[int, str], list[MaturityAnswer]] = {}
    for row in rows.order_by("-pk"):
        answers.setdefault((row.year, row.element), []).append(row)
    return [_rated(one, answers.get((year, one.key), []), answers.get((year - 1, one.key), []), known)
            for one in elements()]  # fmt: skip


def _rated(asked: Element, now: list[MaturityAnswer], before: list[MaturityAnswer], known: Known) -> Rated:
    facts = [FACTS[name](known) for name in asked.facts]
    facts += [replace(FACTS[name](known), near=True) for name in asked.near]
    return Rated(asked, now[0] if now else None, before[0] if before else None, now[1:], facts)
