"""What documents add to an agreement: a panel on its page and events on its timeline."""

from django.urls import reverse

from agreements.extensions import Event, Extension, Panel
from agreements.models import Agreement, DocumentVersion
from people.models import User


def panels(agreement: Agreement, user: User) -> list[Panel]:
    """The list of documents."""
    return [Panel("documents", "Documents", reverse("agreements:documents", args=[agreement.reference]))]


def timeline(agreement: Agreement) -> list[Event]:
    """Every version that was put in; of a privileged document only that one was."""
    versions = DocumentVersion.objects.filter(document__agreement=agreement)
    return [_event(version) for version in versions.select_related("document", "added_by__person")]


def _event(version: DocumentVersion) -> Event:
    document, who = version.document, str(version.added_by)
    if document.is_privileged:
        return Event(version.added_at, "Privileged document added", who, "document")
    said = f"“{document}” added" if version.number == 1 else f"Version {version.number} of “{document}” added"
    return Event(version.added_at, said, who, "document", note=version.note, url=document.get_absolute_url())


EXTENSION = Extension("documents", panels="agreements.documents.panels", timeline="agreements.documents.timeline")
