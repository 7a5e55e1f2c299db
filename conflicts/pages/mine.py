"""What the page of one's own interests and declarations shows."""

from dataclasses import dataclass

from django.db.models import Q

from conflicts.choices import BEING_WRITTEN, WAITING, DeclarationStatus
from conflicts.models import Declaration, Interest, Invitation
from conflicts.reads import Reader, readers_of_theirs
from people.models import User

MOST_READERS = 20
RELATED = ("person", "supplier", "decider", "approver", "filled_in_by")


@dataclass(frozen=True)
class Mine:
    """The declarations that a person made and has to do with, their interests, and who opened theirs."""

    drafts: list[Declaration]
    made: list[Declaration]
    to_fill_in: list[Declaration]
    to_decide: list[Declaration]
    to_approve: list[Declaration]
    to_acknowledge: list[Declaration]
    interests: list[Interest]
    readers: list[Reader]
    rounds: list[Invitation]

    @property
    def asked(self) -> bool:
        """Whether a round, a plan about them, or somebody else's declaration waits for this person."""
        others = self.to_fill_in or self.to_decide or self.to_approve
        return bool(self.rounds or self.to_acknowledge or others)


def mine(user: User) -> Mine:
    """Four queries, however many declarations there are."""
    seen = Declaration.objects.visible_to(user).select_related(*RELATED).order_by("-started_at", "-pk")
    me = user.person_id
    waiting = Q(filled_in_by=me, status__in=BEING_WRITTEN) | Q(decider=me, status__in=WAITING)
    waiting |= Q(approver=me, status=DeclarationStatus.PLAN_DRAFTED)
    related = list(seen.filter(Q(person=me) | waiting))
    own = [one for one in related if one.person_id == me]
    others = [one for one in related if one.person_id != me]
    asked = Invitation.objects.open().running().filter(person=me, declaration=None).select_related("round")
    return Mine(
        drafts=[one for one in own if one.is_being_written],
        made=[one for one in own if not one.is_being_written],
        to_fill_in=[one for one in others if one.filled_in_by_id == me and one.status in BEING_WRITTEN],
        to_decide=[one for one in others if one.decider_id == me and one.status in WAITING],
        to_approve=[one for one in others if one.approver_id == me and one.status == DeclarationStatus.PLAN_DRAFTED],
        to_acknowledge=[one for one in own if one.status == DeclarationStatus.PLAN_APPROVED],
        interests=list(Interest.objects.standing().filter(person=me).order_by("kind", "pk")),
        readers=readers_of_theirs(user, MOST_READERS),
        rounds=list(asked.order_by("round__due_on", "pk")),
    )
