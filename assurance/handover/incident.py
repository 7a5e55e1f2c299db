"""Breaches, concerns and complaints that a leaver was looking into (settings.OWNED_ITEMS), and who takes them over.

Whoever hands over need not be allowed to read them: nothing but the reference is said.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from agreements.errors import NotNow
from assurance.actions.breach_kept import hand_over_breach
from assurance.actions.complaint import hand_over_complaint
from assurance.actions.concern_handling import hand_over_concern
from assurance.models import Complaint, Concern, PrivacyBreach
from people.models import Handover, Person, User
from people.owned import OwnedItem

TAKEN: dict[str, tuple[Any, Callable[..., object]]] = {
    "breach": (PrivacyBreach, hand_over_breach),
    "concern": (Concern, hand_over_concern),
    "complaint": (Complaint, hand_over_complaint),
}


def owned_incidents(person: Person) -> list[OwnedItem]:
    """What is open and was given to the person."""
    breaches = PrivacyBreach.objects.filter(owner=person, closed_at=None)
    found: dict[str, QuerySet[Any]] = {
        "breach": breaches,
        "concern": Concern.objects.open(),
        "complaint": Complaint.objects.open(),
    }
    return [
        OwnedItem(kind, reference, reference)
        for kind, rows in found.items()
        for reference in rows.filter(owner=person).order_by("pk").values_list("reference", flat=True)
    ]


def take_incident(*, handover: Handover, to: Person, by: User) -> None:
    """Give it to somebody else who may read it, and did not raise it. Raises NotYours, NotPermitted, NotNow."""
    model, act = TAKEN[handover.kind]
    found = model.objects.filter(agency=handover.agency_id, reference=handover.subject).first()
    if found is None:
        raise NotNow("Nothing is left to hand over")
    given: dict[str, Any] = {handover.kind: found}
    act(**given, leaver=handover.leaver, to=to, by=by, now=timezone.now())
