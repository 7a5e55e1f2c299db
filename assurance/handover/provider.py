"""Providers whom a leaver asked and who have not answered (settings.OWNED_ITEMS), and who follows them up then."""

from django.utils import timezone

from agreements.errors import NotNow
from assurance.actions.provider_request import hand_over_request
from assurance.models import ProviderRequest
from people.models import Handover, Person, User
from people.owned import OwnedItem


def owned_requests(person: Person) -> list[OwnedItem]:
    """What waits for an answer and the person follows up."""
    rows = ProviderRequest.objects.waiting().followed_by(person.pk).select_related("organisation").order_by("due_on")
    return [OwnedItem("request to a provider", one.reference, str(one)) for one in rows]


def take_request(*, handover: Handover, to: Person, by: User) -> None:
    """Let somebody else follow it up. Raises NotYours, NotPermitted, NotNow where nothing is left to follow up."""
    found = ProviderRequest.objects.filter(agency=handover.agency_id, reference=handover.subject).first()
    if found is None:
        raise NotNow("Nothing is left to hand over")
    hand_over_request(request=found, leaver=handover.leaver, to=to, by=by, now=timezone.now())
