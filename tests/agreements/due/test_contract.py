"""What the tick finds due about contracts, and whom it tells."""

from datetime import date, timedelta
from typing import Any

import pytest

from agreements.actions.contract import change_contract, contract_values
from agreements.actions.contract_stage import take_stage_step
from agreements.actions.oversight import log_oversight
from agreements.actions.subcontractor import add_subcontractor
from agreements.digest import digest
from agreements.due.contract import (
    calendar_of,
    contract_ends_near,
    contracts_quiet,
    readable,
    readable_subcontractors,
    subcontractors_starting,
)
from agreements.models import Contract
from agreements.policies.contract import QUIET_AFTER
from people.actions.person import mark_left
from people.notices import due_for
from tests.agreements_at import contract_of, organisation
from tests.cast import NOW, TODAY, Cast
from tests.noticed import told

pytestmark = pytest.mark.django_db
END = date(2026, 10, 31)
ENTRY = {"kind": "meeting", "on": TODAY, "note": "Met the provider"}


def change(contract: Contract, cast: Cast, **values: Any) -> Contract:
    """Correct the contract as the privacy officer would."""
    now = contract_values(contract)
    return change_contract(contract=contract, values=now | values, seen=digest(now), by=cast.privacy_officer)


def test_an_end_is_told_ninety_and_thirty_days_before_and_when_it_passed(cast: Cast) -> None:
    contract = contract_of(cast, manager=cast.contract_manager.who, ends_on=END)
    days = {91: [], 90: ["contract_90"], 31: ["contract_90"], 30: ["contract_30"], 0: ["contract_30"]}
    for before, kinds in (days | {-1: ["contract_past"]}).items():
        contract_ends_near(END - timedelta(days=before))
        assert [kind for _, kind, _ in told()] == kinds, f"{before} days before"
    assert told() == [
        ("Contract manager of MCW", "contract_past",
         "Contract C-2026-0147 passed its end on 31 October 2026, and nobody has said that it ended"),
    ]  # fmt: skip
    assert contract_ends_near(END + timedelta(days=1)) == 0, "twice is once"
    take_stage_step(contract=contract, step="end", by=cast.contract_manager, now=NOW, reason="It ran out")
    assert contract_ends_near(END + timedelta(days=2)) == 1
    assert told() == []


def test_a_number_that_is_corrected_is_not_told_twice(cast: Cast) -> None:
    contract = contract_of(cast, manager=cast.contract_manager.who, ends_on=END)
    contract_ends_near(END)
    change(contract, cast, reference="C-2026-9999")
    assert contract_ends_near(END) == 0


def test_half_a_year_without_an_entry_is_told_until_somebody_logs(cast: Cast) -> None:
    contract = contract_of(cast, manager=cast.contract_manager.who, starts_on=date(2026, 1, 1))
    log_oversight(about=contract, values=ENTRY, by=cast.contract_manager, now=NOW)
    quiet = TODAY + timedelta(days=QUIET_AFTER)
    assert contracts_quiet(quiet - timedelta(days=1)) == 0
    assert contracts_quiet(quiet) == 1
    assert told()[0][2] == "Nothing was logged about contract C-2026-0147 since 14 July 2026"
    log_oversight(about=contract, values=ENTRY | {"on": TODAY}, by=cast.contract_manager, now=NOW)
    assert contracts_quiet(quiet) == 0, "an entry about the same day is no newer"
    later = {"on": quiet}
    log_oversight(about=contract, values=ENTRY | later, by=cast.contract_manager, now=NOW + timedelta(days=QUIET_AFTER))
    assert contracts_quiet(quiet) == 1
    assert told() == []


@pytest.mark.parametrize(
    ("starts_on", "stage", "says"),
    [
        (date(2026, 1, 1), "in_service", ["since it started on 1 January 2026"]),
        (None, "in_service", ["Nothing was ever logged about contract C-2026-0147"]),
        (TODAY, "in_service", []),
        (date(2026, 1, 1), "planned", []),
        (date(2026, 1, 1), "ended", []),
    ],
)
def test_without_any_entry_it_counts_from_the_start(
    cast: Cast, starts_on: date | None, stage: str, says: list[str]
) -> None:
    contract_of(cast, manager=cast.contract_manager.who, starts_on=starts_on, stage=stage)
    assert contracts_quiet(TODAY) == len(says)
    assert [part for part, (_, _, text) in zip(says, told(), strict=True) if part in text] == says
    assert contracts_quiet(TODAY + timedelta(days=1)) == 0


def test_a_subcontractor_is_told_before_it_starts_and_settles_once_it_has(cast: Cast) -> None:
    contract = contract_of(cast, manager=cast.contract_manager.who)
    other = organisation("Marae Systems Ltd")
    values = {"organisation": other, "parent": None, "does": "", "starts_on": END, "ends_on": None}
    add_subcontractor(contract=contract, values=values, by=cast.privacy_officer)
    assert subcontractors_starting(END - timedelta(days=31)) == 0
    assert subcontractors_starting(END - timedelta(days=30)) == 1
    assert told()[0][2] == "A subcontractor of contract C-2026-0147 starts on 31 October 2026"
    assert "Marae" not in told()[0][2], "names stay in the register"
    assert [each.title for each in due_for(cast.contract_manager)] == ["Navigation services"]
    assert subcontractors_starting(END) == 0
    assert subcontractors_starting(END + timedelta(days=1)) == 1
    assert told() == []


def test_where_nobody_manages_it_the_privacy_officers_hear_and_no_other_agency_reads(cast: Cast) -> None:
    other = Cast("NRA", "National Records Agency")
    contract_of(cast, ends_on=END)
    contract = contract_of(cast, reference="C-2", manager=cast.contract_manager.who, ends_on=END)
    mark_left(person=cast.contract_manager.who, left_on=TODAY, by=cast.administrator, on=TODAY)
    contract_ends_near(END)
    assert [name for name, _, _ in told()] == ["Privacy officer of MCW", "Privacy officer of MCW"]
    about = [f"Contract {contract.pk}"]
    assert readable(cast.privacy_officer, about) == {about[0]: "Navigation services"}
    assert readable(other.privacy_officer, about) == {}
    assert readable(cast.administrator, about) == {}
    assert readable_subcontractors(cast.administrator, ["Subcontractor 1"]) == {}


def test_the_calendar_holds_ends_and_starts_of_what_one_manages(cast: Cast) -> None:
    contract = contract_of(cast, manager=cast.contract_manager.who, ends_on=END)
    contract_of(cast, reference="C-2", manager=cast.contract_manager.who, ends_on=END, stage="ended")
    values = {"organisation": organisation("Marae Systems Ltd"), "parent": None, "does": "", "ends_on": None}
    row = add_subcontractor(contract=contract, values=values | {"starts_on": TODAY}, by=cast.privacy_officer)
    assert [(day.what, day.on) for day in calendar_of(cast.contract_manager)] == [
        ("End of contract C-2026-0147", END), (f"Start of subcontractor {row.pk}", TODAY),
    ]  # fmt: skip
    assert calendar_of(cast.privacy_officer) == []
    assert calendar_of(cast.administrator) == []


def test_the_tick_asks_no_more_for_many_contracts_than_for_one(cast: Cast, django_assert_max_num_queries: Any) -> None:
    for number in range(12):
        contract_of(cast, reference=f"C-{number}", manager=cast.contract_manager.who, ends_on=END)
    contract_ends_near(TODAY - timedelta(days=300))  # the first run makes the system user
    for step in (contract_ends_near, contracts_quiet):
        with django_assert_max_num_queries(12):
            assert step(END) == 12
