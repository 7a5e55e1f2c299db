"""The policies that a leaver owned (settings.OWNED_ITEMS), and who takes them over (HANDOVER_TAKERS)."""

from agreements.errors import NotNow
from assurance.actions.policy import hand_over_policy
from assurance.models import Policy
from people.models import Handover, Person, User
from people.owned import OwnedItem


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
