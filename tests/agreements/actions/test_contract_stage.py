"""Stages of a contract: each a dated row that nothing changes, and no stage without its row."""

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from agreements.actions.contract import change_contract, contract_values
from agreements.actions.contract_stage import take_stage_step
from agreements.choices import ContractStage
from agreements.digest import digest
from agreements.errors import NotNow, NotYours
from agreements.models import Contract, ContractStageChange
from people.permissions import NotPermitted
from records.acting import acting
from records.bulk import update
from tests.agreements_at import contract_of
from tests.cast import NOW, TODAY, Cast

pytestmark = pytest.mark.django_db


def step(contract: Contract, name: str, cast: Cast, reason: str = "As agreed", on: date | None = None) -> Contract:
    return take_stage_step(contract=contract, step=name, by=cast.privacy_officer, now=NOW, on=on, reason=reason)


def told(contract: Contract) -> list[tuple[str, str, str]]:
    return list(contract.stage_changes.order_by("pk").values_list("step", "source", "target"))


def test_from_the_plan_to_its_end(cast: Cast) -> None:
    contract = contract_of(cast, stage=ContractStage.PLANNED)
    for name in ("procure", "negotiate", "sign", "begin", "end"):
        step(contract, name, cast)
    assert Contract.objects.get().stage == ContractStage.ENDED
    assert told(contract) == [
        ("record", "", "planned"),
        ("procure", "planned", "procurement"),
        ("negotiate", "procurement", "negotiation"),
        ("sign", "negotiation", "signed"),
        ("begin", "signed", "in_service"),
        ("end", "in_service", "ended"),
    ]
    last = ContractStageChange.objects.latest("pk")
    assert (last.by, last.at, last.on, last.why, last.said) == (cast.privacy_officer, NOW, TODAY, "As agreed", "Ended")
    assert last.history.get().history_user == cast.privacy_officer


def test_the_last_stage_is_undone_with_a_reason_and_both_rows_stay(cast: Cast) -> None:
    contract = contract_of(cast, stage=ContractStage.NEGOTIATION)
    step(contract, "sign", cast, on=TODAY - timedelta(days=40))
    step(contract, "end", cast)
    step(contract, "undo", cast, "Entered for the wrong contract")
    assert Contract.objects.get().stage == ContractStage.SIGNED
    step(contract, "undo", cast, "Not signed yet either")
    assert Contract.objects.get().stage == ContractStage.NEGOTIATION
    assert [one[0] for one in told(contract)] == ["record", "sign", "end", "undo", "undo"]
    with pytest.raises(NotNow, match="It was recorded at this stage"):
        step(contract, "undo", cast, "Once more")


def test_what_is_refused_says_why_and_writes_nothing(cast: Cast) -> None:
    contract = contract_of(cast, stage=ContractStage.PLANNED)
    with pytest.raises(NotNow, match="It is planned, so this is not the next step"):
        step(contract, "begin", cast)
    with pytest.raises(NotNow, match="Say why"):
        step(contract, "end", cast, reason=" ")
    with pytest.raises(NotNow, match="lies in the future"):
        step(contract, "sign", cast, on=TODAY + timedelta(days=1))
    with pytest.raises(NotPermitted):
        take_stage_step(contract=contract, step="sign", by=cast.staff_member, now=NOW)
    with pytest.raises(NotYours, match="belongs to another agency"):
        take_stage_step(contract=contract, step="sign", by=Cast("OTH", "Other Ministry").privacy_officer, now=NOW)
    managed = contract_of(cast, reference="C-2", manager=cast.privacy_officer.person)
    with pytest.raises(NotYours, match="can change it"):
        take_stage_step(contract=managed, step="end", by=cast.contract_manager, now=NOW, reason="Over")
    assert told(contract) == [("record", "", "planned")]


def test_correcting_a_contract_leaves_its_stage(cast: Cast) -> None:
    contract = contract_of(cast)
    seen = contract_values(contract)
    wanted = seen | {"stage": "ended", "title": "Other"}
    change_contract(contract=contract, values=wanted, seen=digest(seen), by=cast.privacy_officer)
    found = Contract.objects.get()
    assert (found.stage, found.title) == (ContractStage.IN_SERVICE, "Other")


def test_a_recorded_stage_cannot_be_changed_by_any_statement(cast: Cast) -> None:
    contract_of(cast)
    for statement in (
        "UPDATE agreements_contractstagechange SET why = 'Nothing'",
        "UPDATE agreements_contractstagechange SET \"on\" = '2020-01-01'",
        "DELETE FROM agreements_contractstagechange",
    ):
        with pytest.raises(IntegrityError, match="A recorded stage never changes"), transaction.atomic():
            connection.cursor().execute(statement)


def test_a_stage_without_its_row_is_refused(cast: Cast) -> None:
    contract = contract_of(cast)
    contract.stage = ContractStage.ENDED
    with pytest.raises(IntegrityError, match="not what its newest recorded stage says"), transaction.atomic():
        with acting(by=cast.privacy_officer):
            update([contract], ["stage"])
        connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")
    connection.cursor().execute("SET CONSTRAINTS ALL DEFERRED")
    assert Contract.objects.get().stage == ContractStage.IN_SERVICE


def test_the_migration_takes_the_stages_from_the_history(cast: Cast) -> None:
    contract = contract_of(cast, stage=ContractStage.NEGOTIATION)
    step(contract, "sign", cast)
    seen = contract_values(Contract.objects.get())
    change_contract(contract=contract, values=seen | {"title": "Other"}, seen=digest(seen), by=cast.privacy_officer)
    newest = ContractStageChange.objects.latest("pk").pk
    with connection.schema_editor() as editor:
        import_module("agreements.migrations.0019_contract_stages").fill(apps, editor)
    filled = ContractStageChange.objects.filter(pk__gt=newest).order_by("pk")
    assert [(one.step, one.source, one.target, one.by) for one in filled] == [
        ("record", "", "negotiation", cast.privacy_officer),
        ("correct", "negotiation", "signed", cast.privacy_officer),
    ]
    assert filled[1].said == "Put right"
