"""The table of steps and its diagram."""

from agreements.choices import ContractStage, Status, TermsState
from agreements.contract_lifecycle import STAGE_STEPS, stage_steps_from
from agreements.lifecycle import STEPS, steps_from


def test_every_status_can_be_reached_and_left() -> None:
    reached = {target for step in STEPS for _, target in step.ways}
    assert set(Status) - reached == set()
    for terms in (TermsState.APPROVED, TermsState.RECORDING, TermsState.RECORDED):
        assert all(steps_from(status, terms) for status in Status)


def test_what_was_agreed_here_has_no_recording_and_what_was_recorded_is_no_draft() -> None:
    of = {state: {step.name for step in STEPS if not step.of_terms or state in step.of_terms} for state in TermsState}
    assert of[TermsState.APPROVED].isdisjoint({"complete_recording", "reopen_recording", "withdraw_record", "restore"})
    assert of[TermsState.RECORDED].isdisjoint({"reopen", "complete_recording"})


def test_every_step_says_what_it_does() -> None:
    steps = (*STEPS, *STAGE_STEPS)
    assert [step.name for step in steps if not (step.says and step.done and step.label)] == []


def test_every_stage_of_a_contract_can_be_reached_and_left() -> None:
    assert {step.target for step in STAGE_STEPS if step.target} == set(ContractStage) - {ContractStage.PLANNED}
    assert all(stage_steps_from(stage) for stage in ContractStage)
