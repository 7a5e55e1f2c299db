"""The score of the plan: each factor raises it and says why, unknown is a risk, and the weights are checked."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from agreements.choices import Control
from assurance.facts import AgreementFacts
from assurance.plan_score import FILE, KNOWN, WeightsFileError, factors, is_asked, read_weights, standing, the_weights
from tests.assurance.facts_of import COMPLIANT, ON, SUBCONTRACTOR, TRUST, but, flow, provisions

OLD = but(existing=True, terms_state="recorded", signed_on=date(2025, 2, 1))
DEEP = replace(SUBCONTRACTOR, id=9, parent=3)

RAISES: dict[str, AgreementFacts] = {
    "sensitivity_high": but(OLD, flows=(flow(sensitivity="high"),)),
    "sensitivity_medium": OLD,
    "sensitivity_unknown": but(OLD, flows=(flow(sensitivity="unknown"),)),
    "children_yes": but(OLD, flows=(flow(children="yes"),)),
    "children_unknown": but(OLD, flows=(flow(children="unknown"),)),
    "health_yes": but(OLD, flows=(flow(health="yes"),)),
    "health_unknown": but(OLD, flows=(flow(health="unknown"),)),
    "maori_yes": but(OLD, maori_data="yes"),
    "maori_unknown": but(OLD, flows=(flow(maori="unknown"),)),
    "volume_large": but(OLD, flows=(replace(flow(), volume=100_000),)),
    "volume_some": but(OLD, flows=(replace(flow(), volume=1_000),)),
    "volume_unknown": but(OLD, flows=(replace(flow(), volume=None),)),
    "copies": but(OLD, flows=(flow("download"),)),
    "connected": but(OLD, flows=(flow("api"),)),
    "control_unknown": but(OLD, flows=(flow("unknown"),)),
    "audit_missing": but(OLD, provisions=provisions(C14="absent")),
    "audit_unknown": but(OLD, provisions=provisions(C14="unknown")),
    "assurance_missing": but(OLD, provisions=provisions(C12="absent")),
    "assurance_unknown": but(OLD, provisions=provisions(C12="unknown")),
    "conflict_missing": but(OLD, provisions=provisions(C9="absent")),
    "conflict_unknown": but(OLD, provisions=provisions(C9="unknown")),
    "contract_none": but(OLD, service_contract="no", contracts=()),
    "contract_unknown": but(OLD, service_contract="unknown", contracts=()),
    "overseas_yes": but(OLD, overseas="yes"),
    "overseas_unknown": but(OLD, overseas="unknown"),
    "subcontractors": but(OLD, parties=(*OLD.parties, SUBCONTRACTOR)),
    "subcontractors_deep": but(OLD, parties=(*OLD.parties, SUBCONTRACTOR, DEEP)),
    "old": but(OLD, signed_on=date(2021, 11, 1)),
    "aged": but(OLD, signed_on=date(2024, 11, 1)),
    "age_unknown": but(OLD, signed_on=None),
    "paused": but(OLD, parties=(replace(TRUST, paused=True),)),
    "scope_unknown": but(OLD, public_service="unknown"),
}
CALM = but(OLD, flows=(replace(flow(sensitivity="low"), volume=999),))


def held(facts: AgreementFacts, on: date = ON) -> list[str]:
    return factors(facts, on, the_weights().sizes)


def test_an_arrangement_without_any_factor_scores_nothing_and_stands_low() -> None:
    found = standing(CALM, ON)
    assert (found.score, found.tier, found.reasons) == (0, "low", ())


def test_every_factor_has_its_example() -> None:
    assert set(RAISES) == KNOWN == set(the_weights().points)


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_each_factor_raises_the_score_and_says_why(name: str) -> None:
    facts = RAISES[name]
    assert name in held(facts)
    points, says = the_weights().points[name]
    assert points > 0
    found = standing(facts, ON)
    assert (points, says) in found.reasons
    assert found.score == sum(points for points, _ in found.reasons)


@pytest.mark.parametrize(
    "stem", ["sensitivity", "children", "health", "maori", "overseas", "audit", "assurance", "conflict", "contract"]
)
def test_what_nobody_knows_counts_less_than_the_risk_itself_and_more_than_nothing(stem: str) -> None:
    points = the_weights().points
    worst = next(points[name][0] for name in points if name.startswith(stem) and not name.endswith("unknown"))
    assert 0 < points[f"{stem}_unknown"][0] < worst


def test_an_arrangement_of_which_nothing_is_known_is_no_low_risk() -> None:
    nothing = AgreementFacts(1, 1, "MCW-2026-0001", "deed", "signed", "recording", existing=True)
    found = standing(nothing, ON)
    assert found.tier == "high"
    assert all("not known" in says or "Nobody" in says or "not recorded" in says for _, says in found.reasons)


def test_reasons_come_heaviest_first() -> None:
    found = standing(but(RAISES["copies"], maori_data="yes", overseas="yes", signed_on=None), ON)
    assert [points for points, _ in found.reasons] == sorted((points for points, _ in found.reasons), reverse=True)


@pytest.mark.parametrize("control", Control.values)
def test_copies_count_more_than_looking(control: str) -> None:
    said = {"download": ["copies"], "collect": ["copies"], "api": ["connected"], "unknown": ["control_unknown"]}
    wanted = said.get(control, [])
    assert [name for name in held(but(CALM, flows=(flow(control),))) if name in RAISES and "c" in name and name in
            {"copies", "connected", "control_unknown"}] == wanted  # fmt: skip


@pytest.mark.parametrize(
    ("signed_on", "cohort", "asked"),
    [
        (date(2025, 2, 17), "existing", True),
        (date(2025, 2, 18), "interim", True),
        (date(2025, 6, 30), "interim", True),
        (date(2025, 7, 1), "new", False),
        (None, "unknown", True),
        (date.min, "existing", True),
        (date.max, "new", False),
    ],
)
def test_cohorts_end_on_their_days(signed_on: date | None, cohort: str, *, asked: bool) -> None:
    facts = but(OLD, signed_on=signed_on)
    assert (standing(facts, ON).cohort, is_asked(facts)) == (cohort, asked)


@pytest.mark.parametrize(
    "otherwise",
    [
        {"status": "ended"},
        {"status": "draft"},
        {"outside_state_services": "no", "parties": ()},
        {"personal_information": "no"},
        {"public_service": "no"},
        {"kind": "aisa"},
    ],
)
def test_what_has_ended_or_is_out_of_scope_is_not_asked(otherwise: dict[str, object]) -> None:
    assert is_asked(OLD)
    assert not is_asked(but(OLD, **otherwise))


def test_past_its_end_and_suspended_is_asked() -> None:
    assert is_asked(but(OLD, ends_on=date(2025, 12, 31)))
    assert is_asked(but(OLD, status="suspended"))


def test_what_was_agreed_here_is_not_unknown() -> None:
    assert not is_asked(but(COMPLIANT, signed_on=None))


@pytest.mark.parametrize(("score", "tier"), [(0, "low"), (29, "low"), (30, "medium"), (59, "medium"), (60, "high")])
def test_tiers_begin_where_the_file_says(score: int, tier: str) -> None:
    assert the_weights().tier(score) == tier


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("high = 60", "high = 30", "high begins above medium"),
        ("high = 60", 'high = "60"', "tiers: high is missing, or no whole number"),
        ("old_years = 5", "", "sizes: old_years is missing"),
        ("points = 15", "points = 101", "sensitivity_high: points is a whole number from 0 to 100"),
        ("points = 15", "points = true", "sensitivity_high: points is a whole number from 0 to 100"),
        ('id = "paused"', 'id = "weather"', "weather: there is no such factor"),
        ('id = "paused"', 'id = "old"', "old: there is no such factor, or it stands there twice"),
        ('says = "It is Māori data"', 'says = " "', "maori_yes: says is missing"),
        ("[tiers]", "[tiers", "cannot be read as TOML"),
    ],
)
def test_a_wrong_file_is_refused_with_its_reason(tmp_path: Path, old: str, new: str, says: str) -> None:
    file = tmp_path / "plan_weights.toml"
    file.write_text(FILE.read_text("utf-8").replace(old, new, 1), "utf-8")
    with pytest.raises(WeightsFileError, match=says):
        read_weights(file)


def test_a_factor_without_a_weight_is_named(tmp_path: Path) -> None:
    file = tmp_path / "plan_weights.toml"
    kept = FILE.read_text("utf-8").split("[[weight]]")
    file.write_text("[[weight]]".join(kept[:-1]), "utf-8")
    with pytest.raises(WeightsFileError, match="scope_unknown: this factor has no weight"):
        read_weights(file)
