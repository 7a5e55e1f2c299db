"""Save the answers about provisions C1 to C25, all on one page."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError

from agreements.actions.changes import changing, check_and_save, note_author
from agreements.choices import Answer
from agreements.digest import digest
from agreements.errors import Stale
from agreements.models import Agreement, Provision
from agreements.policies import check_may_edit_part
from agreements.provisions import BY_CODE
from people.models import User
from records.acting import action

FIELDS = ("answer", "clause", "document", "page", "why_absent")
BLANK = {"answer": Answer.UNKNOWN.value, "clause": "", "document": "", "page": "", "why_absent": ""}


def provision_values(agreement: Agreement) -> dict[str, dict[str, str]]:
    """The answers as they stand, by code; a code that nobody answered is unknown."""
    rows = {row.code: {name: getattr(row, name) for name in FIELDS} for row in agreement.terms_now.provisions.all()}
    return {code: rows.get(code, dict(BLANK)) for code in BY_CODE}


def provisions_digest(agreement: Agreement) -> str:
    """What a person saw when they opened the page."""
    return digest({code: sorted(values.items()) for code, values in provision_values(agreement).items()})


@action
def save_provisions(
    *, agreement: Agreement, answers: Mapping[str, Mapping[str, str]], seen: str, by: User, reason: str = ""
) -> list[str]:
    """Save the answers that differ and return their codes.

    Raises Stale when somebody saved since ``seen``, ValidationError with a dict by code, NotYours or NotNow.
    """
    with changing(agreement, by) as locked:
        check_may_edit_part(locked, "provisions", by)
        before = provision_values(locked)
        if provisions_digest(locked) != seen:
            raise _stale(locked)
        changed = [code for code in BY_CODE if dict(answers[code]) != before[code]]
        rows = {row.code: row for row in locked.terms_now.provisions.all()}
        _save_each(locked, {code: answers[code] for code in changed}, rows)
        if changed:
            note_author(locked, by)
    return changed


def _save_each(agreement: Agreement, answers: Mapping[str, Mapping[str, str]], rows: Mapping[str, Provision]) -> None:
    errors: dict[str, list[ValidationError]] = {}
    for code, values in answers.items():
        row = rows.get(code) or Provision(terms=agreement.terms_now, code=code)
        for name, value in values.items():
            setattr(row, name, value)
        try:
            check_and_save(row)
        except ValidationError as problem:
            errors[code] = [ValidationError(f"{code}: {sentence}") for sentence in problem.messages]
    if errors:
        raise ValidationError(errors)


def _stale(agreement: Agreement) -> Stale:
    last = Provision.history.filter(terms_id=agreement.terms_now.pk).order_by("-history_id").first()
    who = str(last.history_user) if last and last.history_user else "Somebody"
    return Stale(who, last.history_date if last else None, [], provisions_digest(agreement))
