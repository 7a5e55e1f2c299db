"""People on home: what leavers owned and nobody has taken over, and where sign-ins and delegations are kept."""

from typing import Any

from django.db.models import Q

from assurance.home.base import Asks, Found, Viewer, numbers
from people.models import Handover
from people.roles import Permission


def ask_people(viewer: Viewer) -> Asks:
    """How much is to be handed over."""
    open_now = Handover.objects.visible_to(viewer.user).open()
    return {"counts": numbers(open_now, {"open": Q()})}


def people(viewer: Viewer, found: Found) -> dict[str, Any]:
    """Hand-overs for whoever hands over; people for whoever looks after them."""
    hands_over = viewer.may(Permission.HAND_OVER)
    manages = viewer.may(Permission.MANAGE_PEOPLE)
    return {"handovers": found["counts"]["open"] if hands_over else None, "manages": manages}
