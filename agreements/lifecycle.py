"""The life of an agreement as a table: pure, on one screen; actions/status.py is its one writer."""

from dataclasses import dataclass

from agreements.choices import Status
from people.labels import a_role
from people.models import Agency
from people.roles import Permission, Role


@dataclass(frozen=True)
class Step:
    """One way from a status to another."""

    name: str
    label: str
    sources: tuple[Status, ...]
    target: Status
    permission: Permission
    needs_reason: bool = False
    not_the_author: bool = False
    dangerous: bool = False
    says: str = ""
    done: str = ""

    def explained(self, agency: Agency) -> str:
        """What it does, in the words of the agency that the agreement belongs to."""
        return self.says.format(approver=a_role(agency, Role.APPROVER))


P = Permission
STEPS = (
    Step(
        "submit",
        "Submit for review",
        (Status.DRAFT,),
        Status.IN_REVIEW,
        P.EDIT_OWN_AGREEMENTS,
        done="Submitted for review",
        says="It goes to {approver}. It cannot be edited while it is in review.",
    ),
    Step(
        "send_back",
        "Send back",
        (Status.IN_REVIEW, Status.APPROVED),
        Status.DRAFT,
        P.APPROVE_AGREEMENTS,
        needs_reason=True,
        done="Sent back",
        says="It becomes a draft again, and your reason is shown to its author.",
    ),
    Step(
        "take_back",
        "Take back",
        (Status.IN_REVIEW,),
        Status.DRAFT,
        P.EDIT_OWN_AGREEMENTS,
        done="Taken back",
        says="It becomes a draft again, so that you can edit it.",
    ),
    Step(
        "approve",
        "Approve",
        (Status.IN_REVIEW,),
        Status.APPROVED,
        P.APPROVE_AGREEMENTS,
        not_the_author=True,
        done="Approved",
        says="Its terms can then change only by a variation.",
    ),
    Step(
        "sign",
        "Record signing",
        (Status.APPROVED,),
        Status.SIGNED,
        P.RECORD_SIGNING,
        done="Signing recorded",
        says="The day every party had signed. From then on the parties can read its signed face.",
    ),
    Step(
        "end",
        "End the agreement",
        (Status.SIGNED,),
        Status.ENDED,
        P.RECORD_SIGNING,
        needs_reason=True,
        dangerous=True,
        done="Ended",
        says="Nothing may be shared under it any more. You are asked what became of the information.",
    ),
    Step(
        "reinstate",
        "Undo ending",
        (Status.ENDED,),
        Status.SIGNED,
        P.RECORD_SIGNING,
        needs_reason=True,
        done="Ending undone",
        says="For an ending recorded by mistake. Both steps stay in the history.",
    ),
    Step(
        "withdraw",
        "Withdraw",
        (Status.DRAFT, Status.IN_REVIEW, Status.APPROVED),
        Status.WITHDRAWN,
        P.EDIT_OWN_AGREEMENTS,
        needs_reason=True,
        dangerous=True,
        done="Withdrawn",
        says="It leaves every list of work. Its history stays.",
    ),
    Step(
        "reopen",
        "Reopen as a draft",
        (Status.WITHDRAWN,),
        Status.DRAFT,
        P.EDIT_OWN_AGREEMENTS,
        needs_reason=True,
        done="Reopened as a draft",
        says="It becomes a draft again.",
    ),
)
BY_NAME = {step.name: step for step in STEPS}


def steps_from(status: str) -> list[Step]:
    """The steps that lead on from a status, in the order of the table."""
    return [step for step in STEPS if status in step.sources]


def diagram() -> str:
    """The table as a Mermaid state diagram (docs/lifecycle.md holds it and a test compares)."""
    lines = ["stateDiagram-v2", "    [*] --> draft: create", "    [*] --> signed: record an existing arrangement"]
    lines.append("    [*] --> ended: record an arrangement that has ended")
    for step in STEPS:
        lines += [f"    {source.value} --> {step.target.value}: {step.label.lower()}" for source in step.sources]
    return "\n".join(lines) + "\n"
