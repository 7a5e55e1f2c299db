"""The documents of an agreement or a contract as somebody may read them."""

from dataclasses import dataclass, field

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.http import content_disposition_header

from agreements.models import Agreement, Contract, Document, DocumentVersion
from people.models import User


@dataclass(frozen=True)
class DocumentLine:
    """A document with its newest version."""

    document: Document
    newest: DocumentVersion


@dataclass(frozen=True)
class DocumentList:
    """What the person may read, newest first, what of it was set aside, and how many privileged ones they may not."""

    lines: list[DocumentLine]
    aside: list[DocumentLine] = field(default_factory=list)
    hidden: int = 0


@dataclass(frozen=True)
class Shelf:
    """What documents stand under, and where they are listed and put in."""

    holder: Agreement | Contract

    @property
    def of_contract(self) -> bool:
        """Whether it is a contract."""
        return isinstance(self.holder, Contract)

    @property
    def url(self) -> str:
        """The list."""
        return self._url("documents")

    @property
    def add_url(self) -> str:
        """Where one is put in."""
        return self._url("document_add")

    def _url(self, name: str) -> str:
        if isinstance(self.holder, Contract):
            return reverse(f"agreements:contract_{name}", args=[self.holder.pk])
        return reverse(f"agreements:{name}", args=[self.holder.reference])


def documents_of(holder: Agreement | Contract, user: User) -> DocumentList:
    """The list of one agreement or contract; three queries however many there are."""
    rows = readable(user).filter(pk__in=holder.documents.order_by().values("pk")).order_by("-added_at", "-pk")
    lines = [DocumentLine(row, next(iter(row.versions.all()))) for row in rows]
    of_all = holder.documents.count() if holder.agency_id == user.agency.pk else len(lines)
    aside = [line for line in lines if line.document.is_aside]
    return DocumentList([line for line in lines if not line.document.is_aside], aside, of_all - len(lines))


def readable(user: User) -> "QuerySet[Document]":
    """Documents that the person may read, each with its versions, newest first."""
    versions = DocumentVersion.objects.select_related("file", "added_by__person").order_by("-number")
    found = Document.objects.visible_to(user).select_related(
        "agreement", "contract", "added_by__person", "aside_by__person"
    )
    return found.prefetch_related(Prefetch("versions", versions))


def attachment(version: DocumentVersion) -> dict[str, str]:
    """The headers with which a version leaves: saved, never shown, never guessed at, never run."""
    return {
        "Content-Disposition": content_disposition_header(True, version.file_name) or "attachment",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
