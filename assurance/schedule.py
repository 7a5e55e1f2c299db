"""Which assurance an agreement has on a cycle, and when it is next due: pure, over its facts (domain.md 9.3).

An own cycle counts before all; else the shorter of what was agreed and what the risk that remains asks for.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from assurance.days import later, months_later
from assurance.facts import ActivityFact, AgreementFacts
from assurance.models.activity import EXERCISES, ActivityKind
from assurance.predicates import third_party

FILE = Path(__file__).with_name("activity_cycles.toml")
CERTIFICATE = ActivityKind.CERTIFICATE.value


@dataclass(frozen=True)
class Cycles:
    """Months by kind and by the risk that remains; 0 where nothing is scheduled."""

    months: Mapping[str, Mapping[str, int]]
    first_days: int
    certificate_days: int

    def of(self, kind: str, risk: str) -> int:
        """The months of a kind for a risk."""
        return self.months.get(kind, {}).get(risk, 0)


@cache
def default_cycles() -> Cycles:
    """What activity_cycles.toml says."""
    with FILE.open("rb") as file:
        told = tomllib.load(file)
    tables = {name: value for name, value in told.items() if isinstance(value, dict)}
    return Cycles(tables, told["first_days"], told["certificate_days"])


def residual(facts: AgreementFacts) -> str:
    """The risk that remains by the newest final assessment; unknown where nobody has rated it."""
    found = facts.newest("risk")
    return found.residual if found else "unknown"


def months_of(facts: AgreementFacts, kind: str) -> int:
    """How often it comes round for this agreement, in months; 0 where nothing is scheduled."""
    if kind in facts.own_cycles:
        return facts.own_cycles[kind]
    if third_party(facts)[0] == "no":
        return 0
    risk = residual(facts)
    months = facts.agency_cycles.get(f"{kind}.{risk}", default_cycles().of(kind, risk))
    agreed = facts.cycle_months if kind == ActivityKind.CONFIRMATION else None
    return min(months, agreed) if months and agreed else months or agreed or 0


def wanted(facts: AgreementFacts) -> dict[str, int]:
    """What is on a cycle, with its months: nothing before the signing and nothing after the end."""
    if not facts.in_use:
        return {}
    found = {kind.value: months_of(facts, kind.value) for kind in ActivityKind}
    return {kind: months for kind, months in found.items() if months}


def due(facts: AgreementFacts, kind: str, months: int, on: date) -> date:
    """When the next of a kind is due: a cycle after the last, and the first with time to ask for it."""
    done = last_done(facts, kind)
    if done:
        return max(months_later(done, months), on)
    provision = facts.provisions.get(EXERCISES[ActivityKind(kind)])
    since = max((day for day in (facts.started_on, provision and provision.used_on) if day), default=on)
    return max(months_later(since, months), later(on, default_cycles().first_days))


def last_done(facts: AgreementFacts, kind: str) -> date | None:
    """The day of the last activity of a kind."""
    return max((one.done_on for one in facts.activities if one.kind == kind and one.done_on), default=None)


def scheduled(facts: AgreementFacts) -> dict[str, ActivityFact]:
    """The open activities that the register has made, by kind."""
    return {one.kind: one for one in facts.activities if one.scheduled and one.done_on is None}
