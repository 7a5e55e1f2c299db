"""Disposal: content leaves the record under an authority; keys, dates and hashes stay, and the verifier says so."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection, models, transaction
from django.utils.module_loading import import_string

from records import guard_sql
from records.acting import Actor, action
from records.errors import Refused
from records.models import Disposal, Recorded, StoredFile


class DisposalRefused(Refused):
    """The content may not be disposed of, or not so."""


@action
def dispose(
    *,
    model: type[Recorded],
    pks: Sequence[int],
    fields: Sequence[str],
    authority: str,
    reason: str,
    approved_by: Actor,
    by: Actor,
    at: datetime,
) -> Disposal:
    """Blank ``fields`` of the rows ``pks`` of ``model``: in the live rows, their history and the ledger's text.

    Must run as the owner of the schema. Raises DisposalRefused when the approver disposes, when the authority or the
    reason is missing, when a field is a key, or when something holds the rows (DISPOSAL_HOLDS).
    """
    check_may_dispose(model=model, pks=pks, authority=authority, reason=reason, approved_by=approved_by, by=by)
    found = guard_sql.of_model(model)
    made = Disposal.objects.create(
        authority=authority,
        reason=reason,
        by_id=by.pk,
        approved_by_id=approved_by.pk,
        at=at,
        table=found.table,
        history_table=found.history,
        key=found.key,
        pks=sorted(pks),
        blanks={_column(model, name): blank_of(model, name) for name in fields},
        last_history_id=_last_history_id(model),
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT records_dispose(%s)", [made.pk])
    for forget in settings.AFTER_DISPOSAL:
        import_string(forget)(model=model, pks=made.pks)
    return made


@action
def dispose_file(*, file: StoredFile, authority: str, reason: str, approved_by: Actor, by: Actor, at: datetime) -> None:
    """Remove a stored file's bytes; its row and hash stay. Refused as ``dispose`` is."""
    check_may_dispose(
        model=StoredFile, pks=[file.pk], authority=authority, reason=reason, approved_by=approved_by, by=by
    )
    file.disposed_at = at
    file.save()
    transaction.on_commit(lambda: default_storage.delete(file.name))


def check_may_dispose(
    *, model: type[Recorded], pks: Sequence[int], authority: str, reason: str, approved_by: Actor, by: Actor
) -> None:
    """Raise DisposalRefused with the sentence that says why not."""
    if not pks:
        raise DisposalRefused("Name the rows to dispose of.")
    if not authority.strip() or not reason.strip():
        raise DisposalRefused("Name the disposal authority, and say why.")
    if by.pk == approved_by.pk:
        raise DisposalRefused("Somebody else approves a disposal than the one who carries it out.")
    for hold in settings.DISPOSAL_HOLDS:
        reasons = import_string(hold)(model=model, pks=pks)
        if reasons:
            raise DisposalRefused(" ".join(reasons))


def blank_of(model: type[models.Model], name: str) -> Any:
    """What stands in a disposed field: nothing where the column allows it, else an empty value of its kind."""
    field = model._meta.get_field(name)
    if not isinstance(field, models.Field) or field.is_relation or field.primary_key:
        raise DisposalRefused(f"{name} is a key, and keys stay.")
    if field.null:
        return None
    if isinstance(field, models.JSONField):
        return {}
    if isinstance(field, models.CharField | models.TextField):
        return ""
    if isinstance(field, models.BinaryField):
        return "\\x"
    raise DisposalRefused(f"{name} has no empty value.")


def _column(model: type[models.Model], name: str) -> str:
    field = model._meta.get_field(name)
    return str(getattr(field, "column", name))


def _last_history_id(model: type[Recorded]) -> int:
    newest: int | None = model.history.aggregate(newest=models.Max("history_id"))["newest"]
    return newest or 0
