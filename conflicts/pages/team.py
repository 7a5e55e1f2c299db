"""A manager's team: who was asked, who answered and who is late, and which plans they have to review."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import QuerySet

from conflicts.choices import WAITING
from conflicts.models import Declaration, Invitation, ManagementPlan, Round
from people.models import Person, Placement, User

SOON = timedelta(days=30)  # how long before its day a review of a plan is shown


@dataclass
class Member:
    """One person of the team, and what each running round has from them."""

    person: Person
    position: str
    invitations: list[tuple[Invitation, bool]] = field(default_factory=list)


@dataclass(frozen=True)
class Team:
    """What a manager sees. Nothing of what anybody declared: that stands with the declarations they decide on."""

    members: list[Member]
    rounds: list[Round]
    answered: int
    waiting: int
    late: int
    reviews: "QuerySet[ManagementPlan]"
    to_decide: "QuerySet[Declaration]"


def team(user: User, on: date) -> Team:
    """Five queries, however large the team is."""
    rows = Placement.objects.on(on).filter(manager=user.person_id, person__in=Person.objects.here_on(on))
    placed = rows.select_related("person").order_by("person__name", "person")
    members = {row.person_id: Member(row.person, row.position) for row in placed}
    asked = Invitation.objects.running().filter(person__in=members).select_related("round").order_by("round__due_on")
    late = waiting = answered = 0
    for each in asked:
        is_late = each.is_late(on)
        members[each.person_id].invitations.append((each, is_late))
        late, waiting, answered = late + is_late, waiting + each.is_open, answered + (each.state == "returned")
    return Team(
        members=list(members.values()),
        rounds=list({each.round_id: each.round for each in asked}.values()),
        answered=answered,
        waiting=waiting,
        late=late,
        reviews=_reviews(user, on),
        to_decide=_to_decide(user),
    )


def _reviews(user: User, on: date) -> "QuerySet[ManagementPlan]":
    decided = Declaration.objects.visible_to(user).filter(decider=user.person_id)
    due = ManagementPlan.objects.filter(declaration__in=decided, ended_on=None, approved_on__isnull=False)
    rows = due.filter(review_on__lte=on + SOON).select_related("declaration__person", "declaration__supplier")
    return rows.order_by("review_on", "pk")


def _to_decide(user: User) -> "QuerySet[Declaration]":
    mine = Declaration.objects.visible_to(user).filter(decider=user.person_id, status__in=WAITING)
    return mine.select_related("person", "supplier").order_by("submitted_at", "pk")
