"""Save one section of an agreement."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.timezone import localdate

from agreements.actions.changes import changing, note_author
from agreements.digest import digest
from agreements.models import Agreement
from agreements.policies.agreement import check_in_variation, check_may_edit, check_may_edit_terms
from agreements.recording import FUTURE
from agreements.sections import VARIED_BY_NAME, Section
from agreements.stale import saved_since
from people.models import Person, User
from records.acting import action


def section_values(agreement: Agreement, section: Section) -> dict[str, Any]:
    """The answers of a section as they stand now, by field."""
    own = {name: getattr(agreement, name) for name in section.agreement_fields}
    return own | {name: getattr(agreement.terms_now, name) for name in section.terms_fields}


def check_may_edit_section(agreement: Agreement, section: Section, user: User) -> None:
    """Sections about owners and contacts can be edited at any time, the others while the terms can."""
    if agreement.terms_at_hand is not None:
        check_in_variation(agreement, section.name)
    (check_may_edit if section.after_approval else check_may_edit_terms)(agreement, user)


@action
def update_section(
    *, agreement: Agreement, section: Section, values: Mapping[str, Any], seen: str, by: User, reason: str = ""
) -> Agreement:
    """Save the answers of one section.

    ``seen`` is the digest of section_values() when the person opened it. Raises Stale when the section changed since,
    ValidationError when an answer breaks a rule, NotYours, NotNow or NotPermitted; nothing is saved then.
    """
    with changing(agreement, by) as locked:
        section = VARIED_BY_NAME.get(section.name, section) if locked.terms_at_hand else section
        check_may_edit_section(locked, section, by)
        _check_seen(locked, section, values, seen)
        changed = _save(locked, section, values)
        if changed and not section.after_approval:
            note_author(locked, by)
    return locked


def _check_seen(agreement: Agreement, section: Section, values: Mapping[str, Any], seen: str) -> None:
    now = section_values(agreement, section)
    if digest(now) != seen:
        raise saved_since(now, values, agreement.history, agreement.terms_now.history)


def _save(agreement: Agreement, section: Section, values: Mapping[str, Any]) -> bool:
    """Save what differs from what stands, and nothing else; whether anything did."""
    records = ((agreement, section.agreement_fields), (agreement.terms_now, section.terms_fields))
    changed = [(record, names) for record, names in records if _differs(record, names, values)]
    errors: dict[str, Any] = {}
    for record, names in changed:
        refused = {name: _gone(record, name, values[name]) or _not_yet(record, name, values[name]) for name in names}
        errors |= {name: sentence for name, sentence in refused.items() if sentence}
        for name in names:
            setattr(record, name, values[name])
        errors |= _errors(record, names)
    if errors:
        raise ValidationError(errors)
    for record, _ in changed:
        record.save()
    return bool(changed)


def _differs(record: Model, names: Collection[str], values: Mapping[str, Any]) -> bool:
    return any(getattr(record, name) != values[name] for name in names)


def _gone(record: Model, name: str, value: object) -> str:
    """Why a person cannot be chosen anew for a part: they are of another agency, or have left."""
    if not isinstance(value, Person) or value == getattr(record, name):
        return ""
    if value.agency_id != getattr(record, "agency_id", value.agency_id):
        return f"{value} works for another agency"
    return f"{value} has left: choose somebody who is here" if value.has_left(localdate()) else ""


def _not_yet(record: Model, name: str, value: object) -> str:
    """Why a day of signing cannot be given anew: it has not come yet."""
    if name != "signed_on" or not isinstance(value, date) or value == getattr(record, name):
        return ""
    return FUTURE if value > localdate() else ""


def _errors(record: Model, names: Collection[str]) -> dict[str, Any]:
    """What is wrong with the answers; the others were judged when they were given (no rule spans two sections)."""
    try:
        record.full_clean(exclude={field.name for field in record._meta.fields} - set(names))
    except ValidationError as problem:
        return problem.error_dict
    return {}
