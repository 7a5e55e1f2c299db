"""What automated decisions add to agreements: a region of the page."""

from django.urls import reverse

from agreements.extensions import Extension, Panel
from agreements.models import Agreement
from people.models import User


def panels(agreement: Agreement, user: User) -> list[Panel]:
    """On the pages of its own agency, whether or not any is recorded: that none is, has to be seen. No query."""
    if agreement.agency_id != user.agency.pk:
        return []
    return [Panel("automation", "Automated decisions, reviewed", reverse("automated_of", args=[agreement.reference]))]


EXTENSION = Extension("automated", panels="assurance.extensions.automation.panels")
