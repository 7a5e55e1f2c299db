"""How often assurance comes round, by the risk that remains, by what was agreed and by what somebody set."""

from dataclasses import replace
from datetime import date

from assurance.facts import ActivityFact
from assurance.schedule import due, months_of, wanted
from tests.assurance.facts_of import AISA, ON, OTHER_AGENCY, OURS, RISK, but, provisions


def test_the_cycles_follow_the_risk_that_remains_and_what_nobody_rated_is_a_risk() -> None:
    by_risk = {
        risk: wanted(but(assessments=(replace(RISK, residual=risk),))) for risk in ("critical", "high", "medium", "low")
    }
    assert by_risk["critical"] == {"confirmation": 3, "audit": 12}
    assert by_risk["high"] == {"confirmation": 6, "audit": 12}
    assert by_risk["medium"] == {"confirmation": 12, "audit": 24} == wanted(but(assessments=()))
    assert by_risk["low"] == {"confirmation": 24}


def test_the_shorter_of_what_was_agreed_and_what_the_risk_asks_for_and_an_own_cycle_before_all() -> None:
    assert months_of(but(cycle_months=6), "confirmation") == 6
    assert months_of(but(cycle_months=36), "confirmation") == 12
    assert months_of(but(cycle_months=6), "audit") == 24
    agency = {"confirmation.medium": 9, "audit.medium": 0}
    assert wanted(but(agency_cycles=agency)) == {"confirmation": 9}
    assert wanted(but(agency_cycles=agency, own_cycles={"site_visit": 18, "confirmation": 0})) == {"site_visit": 18}


def test_within_the_state_services_and_out_of_use_nothing_is_scheduled_unless_somebody_set_it() -> None:
    within = but(AISA, outside_state_services="no", parties=(OURS, OTHER_AGENCY))
    assert wanted(within) == {}
    assert wanted(replace(within, parties=AISA.parties)) != {}  # one of them stands outside, whatever was answered
    assert wanted(replace(within, own_cycles={"audit": 12})) == {"audit": 12}
    assert wanted(but(outside_state_services="unknown")) != {}
    assert all(wanted(but(status=status)) == {} for status in ("draft", "approved", "ended", "closed_out"))


def test_the_first_leaves_time_to_ask_and_the_next_comes_a_cycle_after_the_last() -> None:
    old = but(signed_on=date(2019, 1, 1), starts_on=date(2019, 1, 1), provisions={}, activities=())
    assert due(old, "confirmation", 12, ON) == date(2027, 1, 30)  # 90 days, although it is years behind
    assert due(but(provisions=provisions()), "confirmation", 12, ON) == date(2027, 10, 1)  # used in October 2026
    last = ActivityFact("audit", done_on=date(2026, 6, 1), outcome="satisfactory")
    assert due(but(activities=(last,)), "audit", 12, ON) == date(2027, 6, 1)
    assert due(but(activities=(replace(last, done_on=date(2024, 1, 1)),)), "audit", 12, ON) == ON
