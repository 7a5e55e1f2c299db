"""Save the answers about provisions C1 to C25, all on one page."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError

from agreements.actions.changes import changing, check_and_save, note_author
from agreements.actions.evidence import check_evidence
from agreements.choices import Answer
from agreements.digest import digest
from agreements.models import EVIDENCE_FIELDS, Agreement, Document, Provision
from agreements.policies.agreement import check_may_edit_part
from agreements.provisions import BY_CODE
from agreements.stale import saved_since
from people.models import User
from records.acting import action

IN_WORDS = ("answer", "clause", "document", "page", "why_absent")
FIELDS = (*IN_WORDS, *EVIDENCE_FIELDS)
BLANK = {"answer": Answer.UNKNOWN.value, "clause": "", "document": "", "page": "", "why_absent": ""}
BLANK_EVIDENCE = {"evidence": None, "evidence_page": "", "evidence_on": None}
Values = dict[str, Any]


def provision_values(agreement: Agreement) -> dict[str, Values]:
    """The answers as they stand, by code; a code that nobody answered is unknown. One query for all documents."""
    rows = list(agreement.terms_now.provisions.all())
    keys = [row.evidence_id for row in rows if row.evidence_id]
    documents = Document.objects.in_bulk(keys) if keys else {}
    found = {row.code: _values(row, documents.get(row.evidence_id or 0)) for row in rows}
    return {code: found.get(code, BLANK | BLANK_EVIDENCE) for code in BY_CODE}


def _values(row: Provision, document: Document | None) -> Values:
    said = {name: getattr(row, name) for name in IN_WORDS}
    return said | {"evidence": document, "evidence_page": row.evidence_page, "evidence_on": row.evidence_on}


def provisions_digest(agreement: Agreement) -> str:
    """What a person saw when they opened the page."""
    return digest({code: digest(values) for code, values in provision_values(agreement).items()})


@action
def save_provisions(
    *, agreement: Agreement, answers: Mapping[str, Mapping[str, Any]], seen: str, by: User, reason: str = ""
) -> list[str]:
    """Save the answers that differ and return their codes; what an answer does not name stays as it is.

    Raises Stale when somebody saved since ``seen``, ValidationError with a dict by code, NotYours or NotNow.
    """
    with changing(agreement, by) as locked:
        check_may_edit_part(locked, "provisions", by)
        before = provision_values(locked)
        if provisions_digest(locked) != seen:
            saved = Provision.history.filter(terms_id=locked.terms_now.pk)
            raise saved_since({}, {}, saved, seen=provisions_digest(locked))
        changed = [code for code in BY_CODE if before[code] | dict(answers[code]) != before[code]]
        rows = {row.code: row for row in locked.terms_now.provisions.all()}
        _save_each(locked, {code: answers[code] for code in changed}, rows, by)
        if changed:
            note_author(locked, by)
    return changed


def _save_each(
    agreement: Agreement, answers: Mapping[str, Mapping[str, Any]], rows: Mapping[str, Provision], by: User
) -> None:
    errors: dict[str, list[ValidationError]] = {}
    for code, values in answers.items():
        row = rows.get(code) or Provision(terms=agreement.terms_now, code=code)
        pointed_to = row.evidence_id
        for name, value in values.items():
            setattr(row, name, value)
        try:
            if row.evidence_id != pointed_to:
                check_evidence(row.evidence, agreement, by)
            check_and_save(row)
        except ValidationError as problem:
            errors[code] = [ValidationError(f"{code}: {sentence}") for sentence in problem.messages]
    if errors:
        raise ValidationError(errors)
