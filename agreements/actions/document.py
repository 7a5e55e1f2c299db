"""Put documents in, add versions, and say what they are and who may read them. Nothing here takes anything away."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from agreements.actions.changes import changing, check_and_save
from agreements.actions.contract import lock_contract
from agreements.digest import digest
from agreements.errors import NotNow
from agreements.models import Agreement, Contract, Document, DocumentVersion
from agreements.policies.agreement import check_may_edit
from agreements.policies.contract import check_may_log
from agreements.stale import stale
from people.models import User
from records.acting import action
from records.files import store
from records.models import StoredFile
from records.scanning import scan
from records.uploads import Accepted, accept
from records.words import nz_date

FIELDS = ("title", "kind", "readers")


def document_values(document: Document) -> dict[str, Any]:
    """What is said about a document, by field."""
    return {name: getattr(document, name) for name in FIELDS}


@action
def add_document(
    *, holder: Agreement | Contract, values: Mapping[str, Any], name: str, content: bytes, by: User, now: datetime
) -> Document:
    """Put a document in under an agreement or a contract, as its first version; without a title called as its file.

    Raises NotAccepted (the file), NotNow where it is here already, ValidationError, NotYours or NotPermitted.
    """
    accepted = accept(name, content)
    scanned_by = scan(content, accepted.name)
    with holding(holder, by) as locked:
        file = store(content)
        under = {"contract" if isinstance(locked, Contract) else "agreement": locked}
        _check_not_here(under, file, by)
        document = Document(agency=locked.agency, added_by=by, added_at=now, **under, **values)
        document.title = " ".join(document.title.split()) or accepted.name.rpartition(".")[0]
        check_and_save(document)
        _keep(document, accepted, file, {"scanned_by": scanned_by}, by, now)
    return document


def keep_document(
    *, agreement: Agreement, values: Mapping[str, Any], file: StoredFile, accepted: Accepted, scanned_by: str, by: User,
    now: datetime,
) -> Document:  # fmt: skip
    """Put in what was accepted, scanned and stored before, inside an action that locked and checked.

    Raises ValidationError.
    """
    document = Document(agency=agreement.agency, agreement=agreement, added_by=by, added_at=now, **values)
    check_and_save(document)
    _keep(document, accepted, file, {"scanned_by": scanned_by}, by, now)
    return document


@action
def add_version(
    *, document: Document, name: str, content: bytes, by: User, now: datetime, note: str = ""
) -> DocumentVersion:
    """Put in the next version; the earlier ones stay as they are. Raises as add_document()."""
    accepted = accept(name, content)
    scanned_by = scan(content, accepted.name)
    with holding(document.holder, by):
        locked = lock_in_use(document, by)
        file = store(content)
        same = locked.versions.filter(file=file).first()
        if same:
            raise NotNow(f"These are the very bytes of version {same.number}: there is nothing to add")
        said = {"scanned_by": scanned_by, "note": " ".join(note.split())}
        return _keep(locked, accepted, file, said, by, now)


@action
def change_document(
    *, document: Document, values: Mapping[str, Any], seen: str, by: User, reason: str = ""
) -> Document:
    """Say anew what a document is and who may read it. Raises Stale, ValidationError, NotYours or NotPermitted."""
    with holding(document.holder, by):
        locked = lock_in_use(document, by)
        now = document_values(locked)
        if digest(now) != seen:
            raise stale(locked, now, values)
        for name, value in values.items():
            setattr(locked, name, value)
        check_and_save(locked)
    return locked


def check_may_add(holder: Agreement | Contract, user: User) -> None:
    """The person may keep documents here: whoever may edit the agreement, or keeps contracts."""
    if isinstance(holder, Contract):
        check_may_log(holder, user)
    else:
        check_may_edit(holder, user)


def check_may_change(document: Document, user: User) -> None:
    """The person may change a document that they may read, while it is not set aside."""
    check_may_add(document.holder, user)
    check_in_use(document)


def check_in_use(document: Document) -> None:
    """It was not set aside."""
    if document.is_aside:
        raise NotNow("It was set aside: bring it back first")


@contextmanager
def holding(holder: Agreement | Contract, by: User) -> Iterator[Agreement | Contract]:
    """Lock what documents stand under, and check that this person may keep them there."""
    if isinstance(holder, Contract):
        contract = lock_contract(holder)
        check_may_add(contract, by)
        yield contract
        return
    with changing(holder, by) as agreement:
        check_may_add(agreement, by)
        yield agreement


def lock_in_use(document: Document, by: User) -> Document:
    """The document as it stands now, if it was not set aside and this person may still read it."""
    locked = lock_document(document, by)
    check_in_use(locked)
    return locked


def lock_document(document: Document, by: User) -> Document:
    """The document as it stands now, locked, if this person may still read it."""
    rows = Document.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=_readable(by))
    found = rows.filter(pk=document.pk).first()
    if found is None:
        raise NotNow("Somebody changed meanwhile who may read this document")
    return found


def _readable(by: User) -> Any:
    return Document.objects.visible_to(by).order_by().values("pk")


def _check_not_here(under: Mapping[str, Any], file: StoredFile, by: User) -> None:
    """The same bytes stand in one place once, as far as the person may know."""
    here = DocumentVersion.objects.filter(file=file, document__in=_readable(by))
    found = here.filter(**{f"document__{name}": holder for name, holder in under.items()}).first()
    if found:
        aside = ". It was set aside: bring it back" if found.document.is_aside else ""
        raise NotNow(f"This very file is here already: “{found.document}”, added on {nz_date(found.added_at)}{aside}")


def _keep(
    document: Document, accepted: Accepted, file: StoredFile, said: Mapping[str, str], by: User, now: datetime
) -> DocumentVersion:
    last = document.versions.order_by("-number").first()
    version = DocumentVersion(
        document=document, number=last.number + 1 if last else 1, file=file, file_name=accepted.name,
        media_type=accepted.type.media_type, added_by=by, added_at=now, **said,
    )  # fmt: skip
    check_and_save(version)
    return version
