"""Conversations about interests: with third parties at each stage, and of a manager with a member of staff."""

from typing import Self

from django.db import models
from django.db.models import Q

from agreements.models import Agreement, Contract
from conflicts.choices import ConversationOutcome, Stage
from people.models import Agency, Person, User
from people.permissions import may
from people.roles import Permission
from records.constraints import one_of
from records.models import Recorded
from records.words import nz_date


class ConversationQuerySet(models.QuerySet["Conversation"]):
    """Conversations as somebody may read them."""

    def visible_to(self, user: User) -> Self:
        """With third parties: to readers of agreements. With staff: to the two, and to the integrity team."""
        third_parties = Q(person=None) if may(user, Permission.READ_AGREEMENTS) else Q(pk__in=[])
        own = Q(person=user.person_id) | Q(person__isnull=False, by=user)
        if may(user, Permission.SEE_DECLARATIONS):
            own |= Q(person__isnull=False)
        return self.filter(third_parties | own, agency=user.agency)


class Conversation(Recorded):
    """One conversation, recorded even if nothing came of it (letter, 2, paragraph 4; domain.md 3.8). It stands.

    It is about an agreement or a contract and its third parties, or with one ``person``.
    """

    never_empty = ("with_whom",)

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="conversations")
    agreement = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, null=True, blank=True, related_name="conversations"
    )
    contract = models.ForeignKey(
        Contract, on_delete=models.PROTECT, null=True, blank=True, related_name="conversations"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="conversations")
    stage = models.CharField("at which stage?", max_length=16, choices=Stage, blank=True)
    on = models.DateField("when?")
    with_whom = models.CharField("who talked?", max_length=300)
    outcome = models.CharField("what came of it?", max_length=9, choices=ConversationOutcome)
    note = models.TextField("anything to note?", max_length=2000, blank=True)
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrected_by")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("recorded at")

    objects = ConversationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, agreement=None, contract=None, stage="")
                | Q(person=None) & ~Q(stage="") & (Q(agreement__isnull=False) | Q(contract__isnull=False)),
                name="conversation_about_one_thing",
            ),
            one_of("stage", ["", *Stage.values], "conversation_stage_known"),
            one_of("outcome", ConversationOutcome.values, "conversation_outcome_known"),
            models.UniqueConstraint(fields=["corrects"], name="conversation_corrected_once"),
            models.CheckConstraint(condition=~Q(with_whom=""), name="conversation_names_who"),
        ]
        indexes = [models.Index(fields=["agreement", "stage", "on"], name="conversation_of_agreement")]

    def __str__(self) -> str:
        return f"Conversation on {nz_date(self.on)}"
