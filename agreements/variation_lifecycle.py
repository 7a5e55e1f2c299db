"""The life of a variation as a table, beside that of its agreement; actions/variation.py is its one writer.

The terms in force stay as they are until the variation comes into force; the agreement stays where it stands.
"""

from dataclasses import dataclass

from agreements.choices import Status, TermsState
from people.labels import a_role
from people.models import Agency
from people.roles import Permission, Role

# Where an agreement stands whose terms can change.
VARIED = (Status.SIGNED, Status.SUSPENDED)


@dataclass(frozen=True)
class VariationStep:
    """One way of a variation from a state to another; ``by_itself`` is for what only time does."""

    name: str
    label: str
    sources: tuple[TermsState, ...]
    target: TermsState
    permission: Permission
    needs_reason: bool = False
    not_the_author: bool = False
    dangerous: bool = False
    by_itself: bool = False
    says: str = ""
    done: str = ""

    @property
    def ways(self) -> list[tuple[TermsState, TermsState]]:
        """From which state to which."""
        return [(source, self.target) for source in self.sources]

    def explained(self, agency: Agency) -> str:
        """What it does, in the words of the agency that the agreement belongs to."""
        return self.says.format(approver=a_role(agency, Role.APPROVER))


P, T = Permission, TermsState
VARIATION_STEPS = (
    VariationStep(
        "vary_submit",
        "Submit the variation",
        (T.DRAFT,),
        T.IN_REVIEW,
        P.EDIT_OWN_AGREEMENTS,
        done="Variation submitted for review",
        says="It goes to {approver}. It cannot be edited while it is in review.",
    ),
    VariationStep(
        "vary_send_back",
        "Send the variation back",
        (T.IN_REVIEW, T.APPROVED),
        T.DRAFT,
        P.APPROVE_AGREEMENTS,
        needs_reason=True,
        done="Variation sent back",
        says="It becomes a draft again, and your reason is shown to its author.",
    ),
    VariationStep(
        "vary_take_back",
        "Take the variation back",
        (T.IN_REVIEW,),
        T.DRAFT,
        P.EDIT_OWN_AGREEMENTS,
        done="Variation taken back",
        says="It becomes a draft again, so that you can edit it.",
    ),
    VariationStep(
        "vary_approve",
        "Approve the variation",
        (T.IN_REVIEW,),
        T.APPROVED,
        P.APPROVE_AGREEMENTS,
        not_the_author=True,
        done="Variation approved",
        says="What you approve is the difference below. The terms in force stay until it is signed and its day comes.",
    ),
    VariationStep(
        "vary_sign",
        "Record signing of the variation",
        (T.APPROVED,),
        T.SIGNED,
        P.RECORD_SIGNING,
        done="Variation signed",
        says="From the day you give, its terms are in force and the present ones are past. "
        "If that day lies ahead, the register changes over by itself.",
    ),
    VariationStep(
        "vary_in_force",
        "Bring the variation into force",
        (T.SIGNED,),
        T.IN_FORCE,
        P.RECORD_SIGNING,
        by_itself=True,
        done="Variation in force",
        says="Its terms replace the present ones, which stay readable as they were.",
    ),
    VariationStep(
        "vary_withdraw",
        "Withdraw the variation",
        (T.DRAFT, T.IN_REVIEW, T.APPROVED, T.SIGNED),
        T.WITHDRAWN,
        P.EDIT_OWN_AGREEMENTS,
        needs_reason=True,
        dangerous=True,
        done="Variation withdrawn",
        says="The terms in force stay as they are. The variation stays readable, and its number is not used again.",
    ),
)
VARIATION_BY_NAME = {step.name: step for step in VARIATION_STEPS}
STARTED = "Variation started"


def variation_steps_from(state: str) -> list[VariationStep]:
    """The steps that people take from a state, in the order of the table."""
    return [step for step in VARIATION_STEPS if state in step.sources and not step.by_itself]


def variation_diagram() -> str:
    """The table as a Mermaid state diagram, for docs/lifecycle.md."""
    lines = ["stateDiagram-v2", "    [*] --> draft: start a variation"]
    for step in VARIATION_STEPS:
        lines += [f"    {source.value} --> {target.value}: {step.label.lower()}" for source, target in step.ways]
    lines.append("    in_force --> past: the next variation comes into force")
    return "\n".join(lines) + "\n"
