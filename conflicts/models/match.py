"""Matches: an interest that may be about an organisation of the register, until somebody says whether it is."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from agreements.models import Organisation
from conflicts.choices import How, MatchState
from conflicts.models.interest import Interest
from people.models import User
from people.permissions import may
from people.roles import Permission
from records.constraints import one_of, together
from records.models import Recorded


class MatchQuerySet(models.QuerySet["Match"]):
    """Matches as somebody may read them."""

    def visible_to(self, user: User) -> Self:
        """Those of the agency's interests, to who may read declarations and knows the arrangements."""
        return self.filter(interest__agency=user.agency) if may(user, Permission.SEE_DECLARATIONS) else self.none()

    def standing(self, on: date) -> Self:
        """Those of interests that go on."""
        return self.filter(interest__ended=False).filter(Q(interest__ends_on=None) | Q(interest__ends_on__gte=on))


class Match(Recorded):
    """One interest and one organisation. Rejected is for good; which agreements it touches is computed.

    ``score`` is how alike they are, 0 to 1; 1 is the same.
    """

    interest = models.ForeignKey(Interest, on_delete=models.PROTECT, related_name="matches")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="interest_matches")
    how = models.CharField(max_length=10, choices=How)
    score = models.DecimalField(max_digits=4, decimal_places=3)
    found_on = models.DateField("found on")
    state = models.CharField(max_length=9, choices=MatchState, default=MatchState.CANDIDATE)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(null=True, blank=True)
    why = models.CharField(max_length=500, blank=True)

    objects = MatchQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "matches"
        constraints = [
            models.UniqueConstraint(fields=["interest", "organisation"], name="match_once"),
            one_of("how", How.values, "match_how_known"),
            one_of("state", MatchState.values, "match_state_known"),
            together("by", "at", "match_decided_by_somebody"),
            models.CheckConstraint(
                condition=Q(state=MatchState.CANDIDATE, by=None) | ~Q(state=MatchState.CANDIDATE) & ~Q(why=""),
                name="match_decided_with_a_reason",
            ),
            models.CheckConstraint(condition=Q(score__gte=0, score__lte=1), name="match_score_in_range"),
        ]
        indexes = [models.Index(fields=["organisation", "state"], name="match_of_organisation")]

    def __str__(self) -> str:
        return f"{self.interest} and {self.organisation}"
