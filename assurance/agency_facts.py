"""What the register knows of the agency as a whole, conflicts of interest and policies: counts, and nobody's name."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q

from assurance.models import Attestation, Policy
from conflicts.choices import WAITING
from conflicts.models import Conversation, Decision, Declaration
from people.models import Agency, Person, Placement

A_YEAR = timedelta(days=366)


@dataclass(frozen=True)
class AgencyFacts:
    """Counts on a day, of the last year: people here, those who declared, senior leaders, decisions, managers.

    ``answers`` are the newest answers of people, by requirement; ``policies`` by their area, how many are in use and
    how many of these are late to be reviewed.
    """

    people: int = 0
    declared: int = 0
    senior: int = 0
    senior_declared: int = 0
    decided: int = 0
    unreasoned: int = 0
    waiting: int = 0
    managers: int = 0
    managers_with_conversation: int = 0
    answers: Mapping[str, str] = field(default_factory=dict)
    policies: Mapping[str, tuple[int, int]] = field(default_factory=dict)


def collect_agency(agency: Agency, on: date) -> AgencyFacts:
    """The facts of an agency on a day. Six queries, however many people."""
    since, here = on - A_YEAR, Person.objects.here_on(on).filter(agency=agency)
    mine = Declaration.objects.filter(person=OuterRef("pk"), submitted_on__gt=since, submitted_on__lte=on)
    people = list(here.annotate(said=Exists(mine)).values_list("senior", "said"))
    decisions = Decision.objects.filter(declaration__agency=agency, on__gt=since)
    reasons = list(decisions.values_list("reasons", flat=True))
    conversations = Conversation.objects.filter(
        person__isnull=False, agency=agency, on__gt=since, by__person=OuterRef("manager")
    )
    placed = Placement.objects.on(on).filter(manager__isnull=False, person__in=here, manager__in=here)
    managers = set(placed.annotate(had=Exists(conversations)).values_list("manager", "had"))
    newest = Attestation.objects.filter(agency=agency, agreement=None).order_by("requirement", "-pk")
    return AgencyFacts(
        people=len(people),
        declared=sum(said for _, said in people),
        senior=sum(senior for senior, _ in people),
        senior_declared=sum(senior and said for senior, said in people),
        decided=len(reasons),
        unreasoned=sum(not why.strip() for why in reasons),
        waiting=Declaration.objects.filter(agency=agency, status__in=WAITING).filter(_long_ago(on)).count(),
        managers=len(managers),
        managers_with_conversation=sum(had for _, had in managers),
        answers=dict(newest.distinct("requirement").values_list("requirement", "value")),
        policies=policies_of(agency, on),
    )


def policies_of(agency: Agency, on: date) -> Mapping[str, tuple[int, int]]:
    """By area, how many policies are in use and how many of these are late to be reviewed. One query."""
    late = Count("pk", filter=Q(next_review__lt=on))
    rows = Policy.objects.in_use().filter(agency=agency).order_by().values_list("area")
    return {area: (many, overdue) for area, many, overdue in rows.annotate(many=Count("pk"), overdue=late)}


def _long_ago(on: date) -> Q:
    """A month is more than any decision needs."""
    return Q(submitted_on__lt=on - timedelta(days=31))
