"""What the approval adds to an AISA or a matching programme: a panel on its page."""

from django.urls import reverse

from agreements.extensions import Extension, Panel
from agreements.models import Agreement
from assurance.actions.approval import APPROVED_KINDS
from people.models import User


def panels(agreement: Agreement, user: User) -> list[Panel]:
    """Only for the kinds that have one, and only in its own agency."""
    if agreement.kind not in APPROVED_KINDS or agreement.agency_id != user.agency.pk:
        return []
    return [Panel("approval", "Approval under the Privacy Act", reverse("approval", args=[agreement.reference]))]


EXTENSION = Extension("approval", panels="assurance.approval.panels")
