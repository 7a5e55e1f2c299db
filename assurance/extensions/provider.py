"""What asking providers adds to agreements: a region of the page."""

from django.urls import reverse

from agreements.extensions import Extension, Panel
from agreements.models import Agreement
from agreements.models.agreement import ONCE_SIGNED
from people.models import User


def panels(agreement: Agreement, user: User) -> list[Panel]:
    """What providers confirmed, once it was signed. No query."""
    if agreement.status not in ONCE_SIGNED:
        return []
    return [Panel("providers", "What providers confirmed", reverse("providers_of", args=[agreement.reference]))]


EXTENSION = Extension("providers", panels="assurance.extensions.provider.panels")
