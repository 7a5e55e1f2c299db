"""The stages of a contract as a table, in the style of lifecycle.py; actions/contract_stage.py is its one writer."""

from dataclasses import dataclass

from agreements.choices import ContractStage

S = ContractStage
BEFORE_SIGNING = (S.PLANNED, S.PROCUREMENT, S.NEGOTIATION)


@dataclass(frozen=True)
class StageStep:
    """One way from a stage to another. Without ``target`` it leads back to the stage before."""

    name: str
    label: str
    sources: tuple[ContractStage, ...]
    target: ContractStage | None
    needs_reason: bool = False
    dangerous: bool = False
    says: str = ""
    done: str = ""


STAGE_STEPS = (
    StageStep(
        "procure",
        "Start procurement",
        (S.PLANNED,),
        S.PROCUREMENT,
        done="Procurement started",
        says="Suppliers are being looked for.",
    ),
    StageStep(
        "negotiate",
        "Start negotiating",
        (S.PLANNED, S.PROCUREMENT),
        S.NEGOTIATION,
        done="Negotiation started",
        says="The supplier is chosen, and the terms are being agreed.",
    ),
    StageStep(
        "sign",
        "Record signing",
        BEFORE_SIGNING,
        S.SIGNED,
        done="Signed",
        says="Both sides have signed. The services have not begun yet.",
    ),
    StageStep(
        "begin",
        "Begin services",
        (S.SIGNED,),
        S.IN_SERVICE,
        done="Services began",
        says="The supplier works under it. From now on it is looked after: the log of oversight is asked for.",
    ),
    StageStep(
        "end",
        "End the contract",
        (*BEFORE_SIGNING, S.SIGNED, S.IN_SERVICE),
        S.ENDED,
        needs_reason=True,
        dangerous=True,
        done="Ended",
        says="Nothing more is done under it, or it never came about. It leaves the list of running contracts.",
    ),
    StageStep(
        "undo",
        "Undo the last stage",
        (S.PROCUREMENT, S.NEGOTIATION, S.SIGNED, S.IN_SERVICE, S.ENDED),
        None,
        needs_reason=True,
        done="Last stage undone",
        says="For a stage recorded by mistake: it stands again where it stood before. Both steps stay on record.",
    ),
)
BY_STEP = {step.name: step for step in STAGE_STEPS}
RECORDED, CORRECTED = "record", "correct"  # as it was entered; as it was put right before stages had steps


def stage_steps_from(stage: str) -> list[StageStep]:
    """The steps that lead on from a stage, in the order of the table."""
    return [step for step in STAGE_STEPS if stage in step.sources]


def stage_diagram() -> str:
    """The table as a Mermaid state diagram, for docs/lifecycle.md."""
    lines = ["stateDiagram-v2", "    [*] --> planned: record a contract, at whatever stage it is"]
    for step in STAGE_STEPS:
        if step.target:
            lines += [f"    {source.value} --> {step.target.value}: {step.label.lower()}" for source in step.sources]
    return "\n".join(lines) + "\n"
