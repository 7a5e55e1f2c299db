"""Add, change and remove the repeating rows of an agreement: parties, flows, information, legal bases and so on."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils import timezone

from agreements.actions.changes import changing, check_and_save, note_author
from agreements.digest import digest
from agreements.errors import NotNow
from agreements.extensions import organisations_named
from agreements.models import Agreement, Flow, Party
from agreements.policies.agreement import check_in_variation, check_may_edit, check_may_edit_terms
from agreements.rows import RowKind
from agreements.sections import OF_ROWS
from agreements.stale import stale
from people.models import User
from records.acting import action


def row_values(kind: RowKind, row: Model) -> dict[str, Any]:
    """The answers of a row as they stand now, by field."""
    return {name: getattr(row, name) for name in kind.fields}


def along_digest(kind: RowKind, row: Model) -> str:
    """What a person was shown to go along with a row."""
    return digest({"along": kind.goes_along(row)})


def check_may_edit_rows(agreement: Agreement, kind: RowKind, user: User) -> None:
    """Who has access can be edited at any time, the rows of the terms while the terms can."""
    if agreement.terms_at_hand is not None:
        check_in_variation(agreement, OF_ROWS[kind.name].name, of_terms=kind.of_terms)
    (check_may_edit_terms if kind.of_terms else check_may_edit)(agreement, user)


@action
def add_row(*, agreement: Agreement, kind: RowKind, values: Mapping[str, Any], by: User, reason: str = "") -> Model:
    """Add a row. Raises ValidationError naming the field, NotYours, NotNow or NotPermitted."""
    with changing(agreement, by) as locked:
        check_may_edit_rows(locked, kind, by)
        row = kind.model(**_tie(kind, locked), **values)
        _check_same_terms(row, locked)
        check_and_save(row)
        _note_author(locked, kind, by)
    _tell_of_party(row, by)
    return row


@action
def change_row(
    *, agreement: Agreement, kind: RowKind, pk: int, values: Mapping[str, Any], seen: str, by: User, reason: str = ""
) -> Model:
    """Change a row of this agreement. Raises Stale when it changed since ``seen``, else as add_row()."""
    with changing(agreement, by) as locked:
        check_may_edit_rows(locked, kind, by)
        row = _own_row(locked, kind, pk)
        now = row_values(kind, row)
        if digest(now) != seen:
            raise stale(row, now, values)
        for name, value in values.items():
            setattr(row, name, value)
        _check_same_terms(row, locked)
        check_and_save(row)
        _note_author(locked, kind, by)
    _tell_of_party(row, by)
    return row


@action
def remove_row(
    *, agreement: Agreement, kind: RowKind, pk: int, by: User, seen: str | None = None, reason: str = ""
) -> None:
    """Remove a row with what goes along; their history stays. Raises NotNow where something else names it.

    ``seen`` is along_digest() as the person was shown it: raises NotNow where more or less goes along by now.
    """
    with changing(agreement, by) as locked:
        check_may_edit_rows(locked, kind, by)
        row = _own_row(locked, kind, pk)
        kind.check_removal(row)
        if seen is not None and seen != along_digest(kind, row):
            raise NotNow("What goes with it was changed meanwhile. Look at it once more")
        row.delete()
        _note_author(locked, kind, by)


def _tell_of_party(row: Model, by: User) -> None:
    if isinstance(row, Party):
        organisations_named([row.organisation_id], by, timezone.localdate())


def _note_author(agreement: Agreement, kind: RowKind, by: User) -> None:
    if kind.of_terms:
        note_author(agreement, by)


def _tie(kind: RowKind, agreement: Agreement) -> dict[str, Any]:
    ties: dict[str, Any] = {"terms": agreement.terms_now, "agreement": agreement}
    return {kind.parent: ties[kind.parent]} if kind.parent in ties else {}


def _own_row(agreement: Agreement, kind: RowKind, pk: int) -> Any:
    row = kind.of(agreement).select_for_update(of=("self",)).filter(pk=pk).first()
    if row is None:
        raise NotNow("Somebody else removed it in the meantime")
    return row


def _check_same_terms(row: Model, agreement: Agreement) -> None:
    """The parties and flows that a row names belong to the same terms, and no party stands under itself."""
    for field in row._meta.concrete_fields:
        named = getattr(row, field.name) if field.related_model in (Party, Flow) else None
        if named is not None and named.terms_id != agreement.terms_now.pk:
            raise ValidationError({field.name: "Choose one that belongs to this agreement"})
    if isinstance(row, Party):
        _check_tree(row)


def _check_tree(party: Party) -> None:
    above = party.parent
    while above is not None:
        if party.pk and above.pk == party.pk:
            raise ValidationError({"parent": "A party cannot stand under itself: choose another"})
        above = above.parent
