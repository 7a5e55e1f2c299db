"""One broken check does not silence the others."""

import logging
from dataclasses import replace
from datetime import date
from typing import NoReturn

import pytest

from assurance.assess import CRASHED, assess
from assurance.checks import CHECKS
from assurance.editions import asked_of, requirements
from assurance.outcome import Outcome
from tests.assurance.facts_of import COMPLIANT, ON, attested, but


def broken(*_: object) -> NoReturn:
    raise ZeroDivisionError


def test_a_check_that_crashes_is_unknown_and_logged_and_the_rest_is_shown(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    asked = asked_of("agreement", ON)
    before = assess(COMPLIANT, asked, ON)
    monkeypatch.setitem(CHECKS, "purpose_stated", broken)
    with caplog.at_level(logging.ERROR):
        found = assess(COMPLIANT, asked, ON)
    assert (found["ISS-02"].outcome, found["ISS-02"].why) == (Outcome.UNKNOWN, CRASHED)
    assert {name: one for name, one in found.items() if name != "ISS-02"} == {
        name: one for name, one in before.items() if name != "ISS-02"
    }
    assert "Check purpose_stated of requirement ISS-02 failed for agreement MCW-2026-0001" in caplog.text
    assert "ZeroDivisionError" in caplog.text


@pytest.mark.parametrize(
    ("shown_on", "outcome"),
    [(date(2026, 1, 31), Outcome.MET), (date(2026, 2, 1), Outcome.NOT_MET), (None, Outcome.UNKNOWN)],
)
def test_what_had_to_be_before_the_signing_counts_by_the_day_of_its_document(
    shown_on: date | None, outcome: Outcome
) -> None:
    asked = replace(requirements(ON)["DPUP-purpose"], options={"before_signing": True})
    said = {asked.id: replace(attested(**{asked.id: "met"})[asked.id], shown_on=shown_on)}
    assert assess(but(attested=said), [asked], ON)[asked.id].outcome == outcome


def test_an_answer_that_nobody_knows_is_unknown_and_not_a_crash() -> None:
    """Facts as the database gives them, at their emptiest."""
    empty = but(
        parties=(), flows=(), provisions={}, responsibilities={}, assessments=(), advice=(), contracts=(), people={},
        written=frozenset(), signed_on=None, starts_on=None, ends_on=None, breach_hours=None, legal_bases=(),
    )  # fmt: skip
    assert CRASHED not in {one.why for one in assess(empty, asked_of("agreement", ON), ON).values()}
