"""Take in a file that shows something, as a document of the agreement, for whoever may say what it shows."""

from datetime import datetime

from django.utils.timezone import localdate

from agreements.actions.changes import changing
from agreements.actions.document import keep_document
from agreements.models import Agreement, Document, DocumentKind
from assurance.actions.audit_sample import check_may_write
from assurance.models import Action, Activity, ActivityKind, SampledAgreement
from assurance.policies.work import check_may_do, check_may_show, check_may_take
from people.models import User
from records.acting import action
from records.files import store
from records.models import StoredFile
from records.scanning import scan
from records.uploads import accept

About = Activity | Action | SampledAgreement


@action
def keep_evidence(*, about: About, name: str, content: bytes, by: User, now: datetime) -> Document:
    """Keep it for good, called as its file; the very bytes that stand there already give that document.

    Raises NotAccepted (the file), NotNow, NotYours, NotPermitted.
    """
    accepted = accept(name, content)
    scanned_by = scan(content, accepted.name)
    with changing(agreement_of(about), by, localdate(now)) as agreement:
        _check_may_show(about, by)
        file = store(content)
        values = {"title": accepted.name.rpartition(".")[0], "kind": _kind(about)}
        return _standing(agreement, file, by) or keep_document(
            agreement=agreement, values=values, file=file, accepted=accepted, scanned_by=scanned_by, by=by, now=now
        )


def agreement_of(about: About) -> Agreement:
    """Under which agreement it is kept; a finding about none has no place for a file. Raises ValueError."""
    found = about.finding.agreement if isinstance(about, Action) else about.agreement
    if found is None:
        raise ValueError("This is about no agreement")
    return found


def _check_may_show(about: About, by: User) -> None:
    if isinstance(about, SampledAgreement):
        check_may_write(about, by)
    elif isinstance(about, Action):
        check_may_take(about, by)
    elif about.is_open:
        check_may_do(about, by)
    else:
        check_may_show(about, by)


def _kind(about: About) -> DocumentKind:
    certificate = isinstance(about, Activity) and about.kind == ActivityKind.CERTIFICATE
    return DocumentKind.CERTIFICATE if certificate else DocumentKind.OTHER


def _standing(agreement: Agreement, file: StoredFile, by: User) -> Document | None:
    return Document.objects.visible_to(by).in_use().filter(agreement=agreement, versions__file=file).first()
