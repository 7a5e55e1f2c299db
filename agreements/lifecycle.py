"""The life of an agreement as a table: pure, on one screen; actions/status.py is its one writer."""

from dataclasses import dataclass

from agreements.choices import Status, TermsState
from people.labels import a_role
from people.models import Agency
from people.roles import Permission, Role


@dataclass(frozen=True)
class Step:
    """One way from a status to another.

    Without ``target`` it leaves the agreement where it stands; out of withdrawal, it leads back to where it stood.
    ``terms`` is what its terms become. Where ``of_terms`` is given, the step is for terms in one of these states only.
    """

    name: str
    label: str
    sources: tuple[Status, ...]
    target: Status | None
    permission: Permission
    needs_reason: bool = False
    not_the_author: bool = False
    dangerous: bool = False
    says: str = ""
    done: str = ""
    terms: TermsState | None = None
    of_terms: tuple[TermsState, ...] = ()

    def is_for(self, status: str, terms: str) -> bool:
        """Whether the step leads on from this status, with terms in this state."""
        return status in self.sources and (not self.of_terms or terms in self.of_terms)

    @property
    def ways(self) -> list[tuple[Status, Status]]:
        """From which status to which."""
        if self.target:
            return [(source, self.target) for source in self.sources]
        if self.sources == (Status.WITHDRAWN,):
            return [(Status.WITHDRAWN, status) for status in AS_IT_STANDS]
        return [(source, source) for source in self.sources]

    def explained(self, agency: Agency) -> str:
        """What it does, in the words of the agency that the agreement belongs to."""
        return self.says.format(approver=a_role(agency, Role.APPROVER))


P = Permission
AS_IT_STANDS = (Status.SIGNED, Status.ENDED)  # how an arrangement that exists already is recorded
AGREED_HERE = (TermsState.DRAFT, TermsState.APPROVED)
AGREED_BEFORE = (TermsState.RECORDING, TermsState.RECORDED)
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
        terms=TermsState.DRAFT,
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
        terms=TermsState.APPROVED,
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
        "suspend",
        "Suspend the agreement",
        (Status.SIGNED,),
        Status.SUSPENDED,
        P.RECORD_SIGNING,
        needs_reason=True,
        dangerous=True,
        done="Suspended",
        says="Nothing is shared under it until it is resumed. Its dates run on, and its terms can still be varied.",
    ),
    Step(
        "resume",
        "Resume the agreement",
        (Status.SUSPENDED,),
        Status.SIGNED,
        P.RECORD_SIGNING,
        needs_reason=True,
        done="Resumed",
        says="Sharing goes on under its terms.",
    ),
    Step(
        "end",
        "End the agreement",
        (Status.SIGNED, Status.SUSPENDED),
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
        "close_out",
        "Close out",
        (Status.ENDED,),
        Status.CLOSED_OUT,
        P.RECORD_SIGNING,
        done="Closed out",
        says="Return or destruction is confirmed, and by what. Where it cannot be, you say why: that gap stays shown.",
    ),
    Step(
        "reopen_close_out",
        "Undo closing out",
        (Status.CLOSED_OUT,),
        Status.ENDED,
        P.RECORD_SIGNING,
        needs_reason=True,
        done="Closing out undone",
        says="For a closing out recorded by mistake, or a certificate that came later. Both steps stay in the history.",
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
        terms=TermsState.DRAFT,
        of_terms=AGREED_HERE,
    ),
    Step(
        "complete_recording",
        "Complete the recording",
        AS_IT_STANDS,
        None,
        P.EDIT_OWN_AGREEMENTS,
        done="Recording completed",
        says="What is recorded then stands as its terms. What is not known stays “not recorded”. "
        "To correct it later, the recording is reopened with a reason.",
        terms=TermsState.RECORDED,
        of_terms=(TermsState.RECORDING,),
    ),
    Step(
        "reopen_recording",
        "Reopen the recording",
        AS_IT_STANDS,
        None,
        P.EDIT_ANY_AGREEMENT,
        needs_reason=True,
        done="Recording reopened",
        says="Its terms can then be corrected to what the document says. What the parties change is a variation.",
        terms=TermsState.RECORDING,
        of_terms=(TermsState.RECORDED,),
    ),
    Step(
        "withdraw_record",
        "Withdraw: recorded by mistake",
        AS_IT_STANDS,
        Status.WITHDRAWN,
        P.EDIT_OWN_AGREEMENTS,
        needs_reason=True,
        dangerous=True,
        done="Withdrawn",
        says="For what never was an arrangement, or is in the register twice. It leaves every list of work; "
        "its history stays. An arrangement that is over is ended instead.",
        of_terms=AGREED_BEFORE,
    ),
    Step(
        "restore",
        "Undo withdrawing",
        (Status.WITHDRAWN,),
        None,
        P.EDIT_OWN_AGREEMENTS,
        needs_reason=True,
        done="Withdrawing undone",
        says="It stands again where it stood before it was withdrawn.",
        of_terms=AGREED_BEFORE,
    ),
)
BY_NAME = {step.name: step for step in STEPS}


def steps_from(status: str, terms: str) -> list[Step]:
    """The steps that lead on from a status, with terms in this state, in the order of the table."""
    return [step for step in STEPS if step.is_for(status, terms)]


def diagram() -> str:
    """The table as a Mermaid state diagram (docs/lifecycle.md holds it and a test compares)."""
    lines = ["stateDiagram-v2", "    [*] --> draft: create", "    [*] --> signed: record an existing arrangement"]
    lines.append("    [*] --> ended: record an arrangement that has ended")
    for step in STEPS:
        lines += [f"    {source.value} --> {target.value}: {_in_diagram(step.label)}" for source, target in step.ways]
    return "\n".join(lines) + "\n"


def _in_diagram(label: str) -> str:
    """A colon would end the label there."""
    return label.lower().replace(":", ",")
