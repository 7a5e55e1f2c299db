"""The life of a declaration as a table: pure, on one screen; actions/step.py is its one writer.

Who takes a step is named by the relation to this declaration, never by rank: see policies.py. That a plan's review is
due is computed from its date.
"""

from dataclasses import dataclass
from enum import StrEnum

from conflicts.choices import BEING_WRITTEN, DECIDED, WAITING, WITH_A_PLAN, DeclarationStatus

D = DeclarationStatus


class Who(StrEnum):
    """Who takes a step."""

    DECLARANT = "the declarant, or whoever recorded it for them"
    DECIDER = "the person who decides"
    APPROVER = "the person who approves the plan"
    SYSTEM = "the register"


@dataclass(frozen=True)
class Step:
    """One way from a status to another."""

    name: str
    label: str
    sources: tuple[DeclarationStatus, ...]
    target: DeclarationStatus
    who: Who
    done: str
    says: str = ""
    needs_reason: bool = False
    dangerous: bool = False


STEPS = (
    Step("submit", "Submit", BEING_WRITTEN, D.SUBMITTED, Who.DECLARANT, "Submitted",
         says="It goes to the person who decides, and is not changed while it is with them."),
    Step("note", "Note the nil return", (D.SUBMITTED,), D.CLOSED, Who.SYSTEM, "Noted: nothing to declare"),
    Step("withdraw", "Withdraw", (*BEING_WRITTEN, D.SUBMITTED), D.WITHDRAWN, Who.DECLARANT, "Withdrawn",
         needs_reason=True, dangerous=True, says="Nothing more is done with it. It stays on record."),
    Step("take_up", "Start the assessment", (D.SUBMITTED, D.ESCALATED), D.ASSESSING, Who.DECIDER, "Assessment started",
         says="The declarant sees that it is being looked at."),
    Step("send_back", "Return for more", (*WAITING,), D.RETURNED, Who.DECIDER, "Returned for more",
         needs_reason=True, says="Your reason is shown to the declarant, who can change it and submit it again."),
    Step("escalate", "Pass to somebody else", WAITING, D.ESCALATED, Who.DECIDER, "Escalated",
         needs_reason=True, says="The person you name decides instead of you."),
    Step("decide_none", "Decide: no conflict", WAITING, D.NO_CONFLICT, Who.DECIDER, "Decided: no conflict",
         needs_reason=True),
    Step("decide_manageable", "Decide: to be managed", WAITING, D.MANAGEABLE, Who.DECIDER, "Decided: to be managed",
         needs_reason=True),
    Step("decide_unmanageable", "Decide: cannot be managed", WAITING, D.UNMANAGEABLE, Who.DECIDER,
         "Decided: cannot be managed", needs_reason=True, dangerous=True),
    Step("draft_plan", "Draft the plan", (D.MANAGEABLE,), D.PLAN_DRAFTED, Who.DECIDER, "Plan drafted"),
    Step("refuse_plan", "Send the plan back", (D.PLAN_DRAFTED,), D.MANAGEABLE, Who.APPROVER, "Plan sent back",
         needs_reason=True),
    Step("approve_plan", "Approve the plan", (D.PLAN_DRAFTED,), D.PLAN_APPROVED, Who.APPROVER, "Plan approved"),
    Step("acknowledge", "Acknowledge the plan", (D.PLAN_APPROVED,), D.MONITORING, Who.DECLARANT, "Plan acknowledged",
         says="You have read the plan and will keep to it."),
    Step("not_kept", "Record that the plan was not kept", (D.PLAN_APPROVED, D.MONITORING), D.NON_COMPLIANT,
         Who.DECIDER, "Plan not kept", needs_reason=True, dangerous=True),
    Step("put_right", "Record that it is put right", (D.NON_COMPLIANT,), D.MONITORING, Who.DECIDER, "Put right",
         needs_reason=True),
    Step("vary_plan", "Have the plan changed", (D.PLAN_APPROVED, D.MONITORING, D.NON_COMPLIANT), D.MANAGEABLE,
         Who.DECIDER, "Plan to be changed", needs_reason=True,
         says="A new plan is written. The one in force applies until the new one is approved."),
    Step("look_again", "Decide again", (*DECIDED, *WITH_A_PLAN), D.ASSESSING, Who.DECIDER, "Taken up again",
         needs_reason=True, dangerous=True,
         says="What was decided no longer stands, and its plan ends today. Both stay on record."),
    Step("close", "Close", (*DECIDED, D.PLAN_APPROVED, D.MONITORING, D.NON_COMPLIANT), D.CLOSED, Who.DECIDER, "Closed",
         needs_reason=True, says="The conflict is over, or there is none. It stays on record."),
    Step("reopen", "Change what was declared", (*WAITING, *DECIDED, *WITH_A_PLAN), D.DRAFT, Who.DECLARANT,
         "Opened again to be changed", needs_reason=True,
         says="It becomes a draft again, and what was decided about it no longer stands."),
)  # fmt: skip
BY_NAME = {step.name: step for step in STEPS}
# Rows besides the steps of the table: the first of each declaration, and that somebody else decides or approves now.
STARTED, REROUTED = "start", "reroute"
BESIDES = {STARTED: "Started", REROUTED: "Given to somebody else"}
STEP_NAMES = [*BESIDES, *BY_NAME]
STEP_CHOICES = [*BESIDES.items(), *((step.name, step.done) for step in STEPS)]


def steps_from(status: str) -> list[Step]:
    """The steps that lead on from a status, in the order of the table."""
    return [step for step in STEPS if status in step.sources]


def conflict_diagram() -> str:
    """The table as a Mermaid state diagram, for docs/lifecycle.md."""
    lines = ["stateDiagram-v2", "    [*] --> draft: start a declaration"]
    for step in STEPS:
        lines += [f"    {source.value} --> {step.target.value}: {step.label.lower()}" for source in step.sources]
    return "\n".join(lines) + "\n"
