"""Where an arrangement stands in the plan, and why: pure, over its facts. Weights are data (plan_weights.toml).

What nobody knows counts as a risk of its own, less than the thing itself would (domain.md 8.5 rule 22).
"""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from assurance.days import cohort
from assurance.facts import AgreementFacts
from assurance.models.plan_item import RiskTier
from assurance.predicates import standard

FILE = Path(__file__).with_name("plan_weights.toml")
EXISTED = {"existing", "interim", "unknown"}
SIZES = ("large_volume", "some_volume", "old_years", "aged_years")


class WeightsFileError(Exception):
    """Weights that cannot be used; says the file and the reason."""


@dataclass(frozen=True)
class Weights:
    """What each factor counts and says, from how many points on a tier begins, and what counts as large or old."""

    points: Mapping[str, tuple[int, str]]
    tiers: Mapping[str, int]
    sizes: Mapping[str, int]

    def tier(self, score: int) -> str:
        """High, medium or low."""
        return next((name for name in (RiskTier.HIGH, RiskTier.MEDIUM) if score >= self.tiers[name]), RiskTier.LOW)


@dataclass(frozen=True)
class Standing:
    """Where an arrangement stands: ``reasons`` are (points, sentence), the heaviest first."""

    cohort: str
    score: int
    tier: str
    reasons: tuple[tuple[int, str], ...]


def cohort_of(facts: AgreementFacts) -> str:
    """By the day of signing; what existed before without that day is unknown (L1.5, L1.6)."""
    return "unknown" if facts.existing and facts.signed_on is None else cohort(facts.signed_on)


def is_asked(facts: AgreementFacts) -> bool:
    """Whether it belongs in the plan: from before the Standard, in use, not known to be out of its scope (rule 6)."""
    return facts.in_use and cohort_of(facts) in EXISTED and standard(facts)[0] != "no"


def standing(facts: AgreementFacts, on: date, weights: Weights | None = None) -> Standing:
    """Its cohort, score, tier and why, on a day."""
    weights = weights or the_weights()
    found = [weights.points[name] for name in factors(facts, on, weights.sizes)]
    score = sum(points for points, _ in found)
    reasons = sorted(found, key=lambda one: -one[0])
    return Standing(cohort_of(facts), score, weights.tier(score), tuple(reasons))


def factors(facts: AgreementFacts, on: date, sizes: Mapping[str, int]) -> list[str]:
    """The factors that hold, in the order of FACTORS."""
    return [name for one in FACTORS for name in one(facts, on, sizes)]


Factor = Callable[[AgreementFacts, date, Mapping[str, int]], Iterable[str]]


def _any_of(name: str, answers: Iterable[str]) -> list[str]:
    """A yes among the answers, else an unknown; no answer at all is unknown."""
    found = set(answers) or {"unknown"}
    return [f"{name}_{word}" for word in ("yes", "unknown") if word in found][:1]


def _sensitivity(facts: AgreementFacts, on: date, sizes: Mapping[str, int]) -> Iterable[str]:
    found = {item.sensitivity for flow in facts.flows for item in flow.information} or {"unknown"}
    return [f"sensitivity_{word}" for word in ("high", "unknown", "medium") if word in found][:1]


def _people(facts: AgreementFacts, on: date, sizes: Mapping[str, int]) -> Iterable[str]:
    items = [item for flow in facts.flows for item in flow.information]
    maori = [facts.maori_data] if facts.maori_data != "unknown" else []
    return [
        *_any_of("children", [item.children for item in items]),
        *_any_of("health", [item.health for item in items]),
        *_any_of("maori", [*maori, *(item.maori for item in items)]),
    ]


def _volume(facts: AgreementFacts, on: date, sizes: Mapping[str, int]) -> Iterable[str]:
    known = [flow.volume for flow in facts.flows if flow.volume is not None]
    if sum(known) >= sizes["large_volume"]:
        return ["volume_large"]
    if len(known) < len(facts.flows) or not known:
        return ["volume_unknown"]
    return ["volume_some"] if sum(known) >= sizes["some_volume"] else []


def _control(facts: AgreementFacts, on: date, sizes: Mapping[str, int]) -> Iterable[str]:
    found = {flow.control for flow in facts.flows} or {"unknown"}
    if found & {"download", "collect"}:
        return ["copies"]
    return ["control_unknown"] if "unknown" in found else ["connected"] if "api" in found else []


def _provisions(facts: AgreementFacts, on: date, sizes: Mapping[str, int]) -> Iterable[str]:
    words = {"absent": "missing", "unknown": "unknown"}
    for name, code in (("audit", "C14"), ("assurance", "C12"), ("conflict", "C9")):
        if facts.present(code) in words:
            yield f"{name}_{words[facts.present(code)]}"


def _contract(facts: AgreementFacts, on: date, sizes: Mapping[str, int]) -> Iterable[str]:
    words = {"no": ["contract_none"], "unknown": ["contract_unknown"]}
    return [] if facts.contracts else words.get(facts.service_contract, [])


def _overseas(facts: AgreementFacts, on: date, sizes: Mapping[str, int]) -> Iterable[str]:
    return _any_of("overseas", [facts.overseas])


def _subcontractors(facts: AgreementFacts, on: date, sizes: Mapping[str, int]) -> Iterable[str]:
    under = {party.id for party in facts.subcontractors}
    deep = any(party.parent in under for party in facts.subcontractors)
    return ["subcontractors", "subcontractors_deep"][: bool(under) + deep]


def _age(facts: AgreementFacts, on: date, sizes: Mapping[str, int]) -> Iterable[str]:
    if facts.signed_on is None:
        return ["age_unknown"]
    years = on.year - facts.signed_on.year - ((on.month, on.day) < (facts.signed_on.month, facts.signed_on.day))
    return ["old"] if years >= sizes["old_years"] else ["aged"] if years >= sizes["aged_years"] else []


def _state(facts: AgreementFacts, on: date, sizes: Mapping[str, int]) -> Iterable[str]:
    paused = any(party.paused for party in facts.parties)
    unknown = standard(facts)[0] == "unknown"
    return [name for name, holds in (("paused", paused), ("scope_unknown", unknown)) if holds]


FACTORS: tuple[Factor, ...] = (
    _sensitivity, _people, _volume, _control, _provisions, _contract, _overseas, _subcontractors, _age, _state,
)  # fmt: skip
KNOWN = {
    "sensitivity_high", "sensitivity_medium", "sensitivity_unknown", "children_yes", "children_unknown",
    "health_yes", "health_unknown", "maori_yes", "maori_unknown", "volume_large", "volume_some", "volume_unknown",
    "copies", "connected", "control_unknown", "audit_missing", "audit_unknown", "assurance_missing",
    "assurance_unknown", "conflict_missing", "conflict_unknown", "contract_none", "contract_unknown", "overseas_yes",
    "overseas_unknown", "subcontractors", "subcontractors_deep", "old", "aged", "age_unknown", "paused",
    "scope_unknown",
}  # fmt: skip


@cache
def the_weights() -> Weights:
    """The register's own weights. Raises WeightsFileError."""
    return read_weights(FILE)


def read_weights(path: Path) -> Weights:
    """One file of weights. Raises WeightsFileError that says what to mend."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise WeightsFileError(f"{path.name}: cannot be read as TOML: {error}") from None
    tiers = _numbers(path.name, data, "tiers", ("high", "medium"))
    sizes = _numbers(path.name, data, "sizes", SIZES)
    if tiers["high"] <= tiers["medium"]:
        raise WeightsFileError(f"{path.name}: tiers: high begins above medium")
    return Weights(_points(path.name, data.get("weight")), tiers, sizes)


def _numbers(file: str, data: Mapping[str, object], table: str, names: Iterable[str]) -> dict[str, int]:
    given = data.get(table)
    found: dict[str, int] = {}
    for name in names:
        value = given.get(name) if isinstance(given, dict) else None
        if type(value) is not int or value < 0:
            raise WeightsFileError(f"{file}: {table}: {name} is missing, or no whole number")
        found[name] = value
    return found


def _points(file: str, rows: object) -> dict[str, tuple[int, str]]:
    found: dict[str, tuple[int, str]] = {}
    for row in rows if isinstance(rows, list) else []:
        name, points, says = (row.get(key) for key in ("id", "points", "says")) if isinstance(row, dict) else (0, 0, 0)
        if name not in KNOWN or name in found:
            raise WeightsFileError(f"{file}: {name}: there is no such factor, or it stands there twice")
        if type(points) is not int or not 0 <= points <= 100:
            raise WeightsFileError(f"{file}: {name}: points is a whole number from 0 to 100")
        if not isinstance(says, str) or not says.strip():
            raise WeightsFileError(f"{file}: {name}: says is missing")
        found[name] = (points, says)
    if missing := sorted(KNOWN - set(found)):
        raise WeightsFileError(f"{file}: {missing[0]}: this factor has no weight")
    return found
