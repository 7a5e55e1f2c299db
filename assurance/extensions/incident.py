"""What breaches and concerns add to agreements: a region of the page. Their events stand in panel.py."""

from django.urls import reverse

from agreements.extensions import Extension, Panel
from agreements.models import Agreement
from people.models import User


def panels(agreement: Agreement, user: User) -> list[Panel]:
    """How many breaches are about it, and a way to raise a concern. No query."""
    return [Panel("incidents", "Breaches and concerns", reverse("breaches_of", args=[agreement.reference]))]


EXTENSION = Extension("incidents", panels="assurance.extensions.incident.panels")
