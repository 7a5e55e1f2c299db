"""Evidence that an action keeps points to a document of the same agreement that its author may read."""

from typing import Any

from agreements.actions.changes import refuse
from agreements.models import Agreement, Document
from people.models import User


def check_evidence(document: Document | None, agreement: Agreement, by: User) -> None:
    """Raise ValidationError at the field ``evidence`` where the document is another's, or hidden from this person."""
    if document and not documents_for(agreement, by).filter(pk=document.pk).exists():
        raise refuse("evidence", "Choose a document of this agreement")


def documents_for(agreement: Agreement, user: User) -> Any:
    """The documents that this person may point to, those added last first."""
    return Document.objects.visible_to(user).filter(agreement=agreement).order_by("-added_at", "-pk")
