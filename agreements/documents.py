"""What documents add to an agreement: a panel on its page, and the events of all evidence on its timeline."""

from django.urls import reverse

from agreements.extensions import Extension, Panel
from agreements.models import Agreement
from people.models import User


def panels(agreement: Agreement, user: User) -> list[Panel]:
    """The list of documents."""
    return [Panel("documents", "Documents", reverse("agreements:documents", args=[agreement.reference]))]


EXTENSION = Extension("documents", panels="agreements.documents.panels", timeline="agreements.evidence_events.timeline")
