"""File, function and example belong together: each check has a passing and a failing agreement."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any

import pytest

from assurance.assess import assess
from assurance.checks import CHECKS
from assurance.editions import Requirement, editions
from assurance.outcome import Outcome
from assurance.plan_score import standing
from assurance.schedule import due, wanted
from tests.assurance.examples import EXAMPLES
from tests.assurance.facts_of import AISA, COMPLIANT, ON, attested, but

OF_ONE = [asked for standard in editions() for asked in standard.requirements if asked.about == "agreement"]
ASKED = [asked for asked in OF_ONE if asked.check]


def test_every_check_is_asked_by_a_standard_and_has_its_examples() -> None:
    assert {asked.check for asked in ASKED} == set(CHECKS) == set(EXAMPLES)


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: asked.id)
def test_the_passing_agreement_meets_it_and_the_failing_one_does_not(asked: Requirement) -> None:
    passes, fails = EXAMPLES[asked.check]
    good, bad = (assess(facts, [asked], ON)[asked.id] for facts in (passes, fails))
    if asked.applies == "aisa" and passes.kind != "aisa":
        good, bad = (assess(but(facts, kind="aisa"), [asked], ON)[asked.id] for facts in (passes, fails))
    assert (good.outcome, bad.outcome) == (Outcome.MET, Outcome.NOT_MET), (good, bad)
    assert bad.why
    assert bad.why != good.why


def test_the_compliant_agreement_has_nothing_left_but_what_people_attest() -> None:
    asked = OF_ONE
    found = assess(COMPLIANT, asked, ON)
    left = {name for name, result in found.items() if result.outcome.is_open}
    assert left == {one.id for one in asked if one.attested and one.applies in {"third_party", "personal_information"}}
    said = attested(**dict.fromkeys(left, "met"))
    answered = but(attested={name: replace(one, shown_on=COMPLIANT.signed_on) for name, one in said.items()})
    assert not [one for one in assess(answered, asked, ON).values() if one.outcome.is_open]


def everywhere(value: Any, day: date) -> Any:
    """The same facts with one day wherever a day stands, however deep."""
    if isinstance(value, date):
        return day
    if isinstance(value, tuple):
        return tuple(everywhere(one, day) for one in value)
    if isinstance(value, Mapping):
        return {name: everywhere(one, day) for name, one in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{one.name: everywhere(getattr(value, one.name), day) for one in fields(value)})
    return value


@pytest.mark.parametrize("day", [date.min, date(1840, 2, 6), date.max])
def test_days_far_past_and_future_break_no_check_and_no_score(day: date) -> None:
    for facts in (COMPLIANT, AISA, *(one for pair in EXAMPLES.values() for one in pair)):
        own = but(facts, signed_on=day, starts_on=day, ends_on=day, overseen_on=day, review_due_on=day)
        for far in (own, everywhere(facts, day)):
            for on in (day, ON):
                assert not [one for one in assess(far, OF_ONE, on).values() if "could not be made" in one.why]
                assert standing(far, on).score >= 0
            for kind, months in wanted(far).items():
                assert due(far, kind, months, ON) >= ON
