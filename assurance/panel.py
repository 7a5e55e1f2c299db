"""What conformance shows on the agreement's own page: a panel, and what people did on the timeline."""

from django.urls import reverse

from agreements.extensions import Panel
from agreements.models import Agreement
from people.models import User


def panels(agreement: Agreement, user: User) -> list[Panel]:
    """What the standards ask, in short; never on the signed face, which has no panels."""
    return [Panel("conformance", "What the standards ask", reverse("conformance", args=[agreement.reference]))]
