"""Disposal: content leaves the record under an authority; keys, dates and hashes stay, and the verifier says so."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, models, transaction
from django.utils.module_loading import import_string

from records import guard_sql
from records.acting import Actor, action
from records.errors import Refused
from records.models import Disposal, Recorded, StoredFile

GONE = "Disposed of"


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
    _blank(made)
    for forget in settings.AFTER_DISPOSAL:
        import_string(forget)(model=model, pks=made.pks)
    return made


def _blank(made: Disposal) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT records_dispose(%s)", [made.pk])
    except IntegrityError as problem:
        rule = getattr(getattr(problem.__cause__, "diag", None), "constraint_name", "") or "a rule of the database"
        sentence = f"{', '.join(made.blanks)} cannot all be empty there ({rule}): name other fields, or fewer."
        raise DisposalRefused(sentence) from problem


@action
def dispose_file(*, file: StoredFile, authority: str, reason: str, approved_by: Actor, by: Actor, at: datetime) -> None:
    """Remove a stored file's bytes; its row and hash stay, and a disposal names it. Refused as ``dispose`` is."""
    check_may_dispose(
        model=StoredFile, pks=[file.pk], authority=authority, reason=reason, approved_by=approved_by, by=by
    )
    file.disposed_at = at
    file.save()
    found = guard_sql.of_model(StoredFile)
    Disposal.objects.create(
        authority=authority, reason=reason, by_id=by.pk, approved_by_id=approved_by.pk, at=at, table=found.table,
        history_table=found.history, key=found.key, pks=[file.pk], blanks={}, last_history_id=0,
    )  # fmt: skip
    transaction.on_commit(lambda: default_storage.delete(file.name))


def files_of(model: type[Recorded], pks: Sequence[int]) -> tuple[list[StoredFile], list[StoredFile]]:
    """The stored files that the rows name: those nothing else names, and those that something else still needs."""
    rows = model._meta.base_manager.filter(pk__in=pks)
    names = [one.name for one in model._meta.concrete_fields if one.related_model is StoredFile]
    keys = {key for name in names for key in rows.values_list(name, flat=True) if key}
    files = list(StoredFile.objects.filter(pk__in=keys, disposed_at=None).order_by("pk"))
    needed = [file for file in files if _named_elsewhere(file, model, pks)]
    return [file for file in files if file not in needed], needed


def _named_elsewhere(file: StoredFile, model: type[Recorded], pks: Sequence[int]) -> bool:
    for relation in StoredFile._meta.get_fields(include_hidden=True):
        other = relation.related_model
        if not relation.one_to_many or not isinstance(other, type) or not issubclass(other, Recorded):
            continue
        rows = other._meta.base_manager.filter(**{relation.field.name: file})  # type: ignore[union-attr]
        if (rows.exclude(pk__in=pks) if other is model else rows).exists():
            return True
    return False


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
    if name in getattr(model, "never_empty", ()):
        return GONE
    if field.choices and field.default in dict(field.flatchoices):
        return field.default
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
