"""The documents of an agreement as somebody may read them."""

from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.utils.http import content_disposition_header

from agreements.models import Agreement, Document, DocumentVersion
from people.models import User


@dataclass(frozen=True)
class DocumentLine:
    """A document with its newest version."""

    document: Document
    newest: DocumentVersion


@dataclass(frozen=True)
class DocumentList:
    """What the person may read, newest first, and how many privileged ones they may not."""

    lines: list[DocumentLine]
    hidden: int = 0


def documents_of(agreement: Agreement, user: User) -> DocumentList:
    """The list of one agreement; three queries however many there are."""
    rows = readable(user).filter(agreement=agreement)
    lines = [DocumentLine(row, next(iter(row.versions.all()))) for row in rows.order_by("-added_at", "-pk")]
    of_all = agreement.documents.count() if agreement.agency_id == user.agency.pk else len(lines)
    return DocumentList(lines, of_all - len(lines))


def readable(user: User) -> "QuerySet[Document]":
    """Documents that the person may read, each with its versions, newest first."""
    versions = DocumentVersion.objects.select_related("file", "added_by__person").order_by("-number")
    found = Document.objects.visible_to(user).select_related("agreement", "added_by__person")
    return found.prefetch_related(Prefetch("versions", versions))


def attachment(version: DocumentVersion) -> dict[str, str]:
    """The headers with which a version leaves: saved, never shown, never guessed at, never run."""
    return {
        "Content-Disposition": content_disposition_header(True, version.file_name) or "attachment",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
