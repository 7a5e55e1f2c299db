"""What a person answers for in other apps, which say so through two settings: OWNED_ITEMS and HANDOVER_TAKERS."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from people.labels import role_in_text
from people.models import Agency, Handover, Person
from people.roles import Role

# Parts that are held by role, which an agency may call something else.
ROLES_OF_PARTS = {"owner": Role.BUSINESS_OWNER, "contract manager": Role.CONTRACT_MANAGER}


@dataclass(frozen=True)
class OwnedItem:
    """One thing to hand over. The first word of ``kind`` ("agreement owner") says who can re-assign it."""

    kind: str
    subject: str
    title: str


def owned_by(person: Person) -> list[OwnedItem]:
    """Everything the person answers for, from every callable that settings.OWNED_ITEMS names."""
    return [item for path in settings.OWNED_ITEMS for item in import_string(path)(person)]


def in_words(kind: str, agency: Agency) -> str:
    """What kind of thing it is, with what the agency calls whoever holds that part: "agreement relationship lead"."""
    what, _, part = kind.partition(" ")
    role = ROLES_OF_PARTS.get(part)
    return f"{what} {role_in_text(agency, role)}" if role in agency.own_words else kind


def taker(handover: Handover) -> Callable[..., Any]:
    """The callable ``(handover=, to=, by=)`` that re-assigns this item; it raises Refused where it may not."""
    found: Callable[..., Any] = import_string(settings.HANDOVER_TAKERS[handover.kind.split()[0]])
    return found
