"""A leaver's policies, and statements they were to answer or sign (settings.OWNED_ITEMS, HANDOVER_TAKERS)."""

from django.db.models import Q
from django.utils import timezone

from agreements.errors import NotNow
from assurance.actions.policy import hand_over_policy
from assurance.actions.statement import hand_over_statement
from assurance.models import Policy, Statement
from assurance.models.statement import OPEN
from people.models import Handover, Person, User
from people.owned import OwnedItem


def owned(person: Person) -> list[OwnedItem]:
    """Policies and statements."""
    return [*owned_policies(person), *owned_statements(person)]


def owned_policies(person: Person) -> list[OwnedItem]:
    """The policies in use that the person owns, by their key."""
    rows = Policy.objects.in_use().filter(owner=person).order_by("pk")
    return [OwnedItem("policy", str(row.pk), row.title) for row in rows]


def take_policy(*, handover: Handover, to: Person, by: User) -> None:
    """Give the policy to somebody else. Raises NotYours, NotPermitted, NotNow where somebody else owns it by now."""
    policy = Policy.objects.filter(agency=handover.agency_id, pk=handover.subject).first()
    if policy is None:
        raise NotNow("Nothing is left to hand over")
    hand_over_policy(policy=policy, leaver=handover.leaver, to=to, by=by)


def owned_statements(person: Person) -> list[OwnedItem]:
    """Statements on their way whose exceptions the person answers, or that they were to sign; by their code."""
    rows = Statement.objects.filter(Q(deputy=person) | Q(signatory=person), state__in=OPEN).order_by("pk")
    return [
        OwnedItem(f"statement {'deputy' if one.deputy_id == person.pk else 'signatory'}", one.code, str(one))
        for one in rows
    ]


def take_statement(*, handover: Handover, to: Person, by: User) -> None:
    """Name somebody else. Raises NotYours, NotPermitted, NotNow also where they may not be named."""
    found = Statement.objects.filter(agency=handover.agency_id, code=handover.subject).first()
    if found is None:
        raise NotNow("Nothing is left to hand over")
    part, now = handover.kind.split()[1], timezone.now()
    hand_over_statement(statement=found, part=part, leaver=handover.leaver, to=to, by=by, now=now)
