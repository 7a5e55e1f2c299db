"""What the page of an agreement or a contract shows of conflicts: how it stands, what is missing, the conversations."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from agreements.models import Agreement, Contract
from conflicts.choices import Stage
from conflicts.conversation_thresholds import BEFORE
from conflicts.models import Conversation
from conflicts.standing import Standing, standings
from people.models import User


@dataclass(frozen=True)
class Conversations:
    """The conversations, the newest first, and how an agreement stands; ``next`` is the stage that is missing."""

    rows: list[Conversation]
    standing: Standing | None = None

    @property
    def next(self) -> str:
        """The first stage without a conversation, to be filled in; once there is none, while it runs."""
        if self.standing and self.standing.lacking:
            return self.standing.lacking[0]
        return Stage.IN_TERM if self.standing else Stage.BEFORE_SIGNING

    @property
    def steps(self) -> list[tuple[Stage, Conversation | None]]:
        """Each stage that asks for a conversation, and the newest that was had; None where it is missing."""
        needed = self.standing.needed if self.standing else ()
        lacking = self.standing.lacking if self.standing else ()
        had = {one.stage: one for one in reversed(self.rows) if not one.put_right_by}  # type: ignore[attr-defined]
        return [(stage, None if stage in lacking else had.get(stage)) for stage in BEFORE if stage in needed]


def conversations_of_agreement(agreement: Agreement, user: User, on: date) -> Conversations:
    """Its own and those of the contracts that serve it. Two queries."""
    about = Q(agreement=agreement) | Q(contract__agreement_links__agreement=agreement)
    return Conversations(_rows(about, user), standings([agreement.pk], on).get(agreement.pk))


def conversations_of_contract(contract: Contract, user: User) -> Conversations:
    """Those of the contract alone. One query."""
    return Conversations(_rows(Q(contract=contract), user))


def _rows(about: Q, user: User) -> list[Conversation]:
    rows = Conversation.objects.visible_to(user).filter(about, person=None).distinct()
    found = list(rows.select_related("by__person", "contract", "corrects").order_by("-on", "-pk"))
    by = {one.corrects_id: one for one in found if one.corrects_id}
    for one in found:
        one.put_right_by = by.get(one.pk)  # type: ignore[attr-defined]
    return found
