"""Bring an agreement into the register: make a new one, or record one that exists."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from agreements.actions.changes import check_and_save, finish, note_author
from agreements.actions.reference import next_reference
from agreements.choices import Origin, PartyRole, Status, TermsState
from agreements.models import Agreement, Party, StatusChange, Terms
from agreements.recording import check_days
from people.models import User
from people.permissions import check_may
from people.roles import Permission
from records.acting import action


@action
def create_agreement(*, title: str, kind: str, purpose: str, by: User, now: datetime) -> Agreement:
    """Create a draft with its first terms and the person's agency as a party. Raises ValidationError, NotPermitted."""
    check_may(by, Permission.CREATE_AGREEMENTS)
    agreement = make({"title": title, "kind": kind}, {"purpose": purpose}, Origin.NEW, Status.DRAFT, by, now)
    note_status(agreement, "create", localdate(now), by, now)
    finish(agreement, by, localdate(now))
    return agreement


@action
def record_existing(
    *,
    values: Mapping[str, Any],
    status: str,
    by: User,
    now: datetime,
    ended_on: date | None = None,
    reason: str = "",
) -> Agreement:
    """Record an arrangement as it stands: signed or ended, unknown left unknown. Gaps never block.

    ``values`` holds fields of Agreement and Terms by name. Raises ValidationError (recording.py), NotPermitted.
    """
    check_may(by, Permission.CREATE_AGREEMENTS)
    check_days({**values, "ended_on": ended_on}, status, localdate(now))
    own = {name: value for name, value in values.items() if name in AGREEMENT_FIELDS}
    terms = {name: value for name, value in values.items() if name not in AGREEMENT_FIELDS}
    agreement = make(own, terms, Origin.EXISTING, Status(status), by, now)
    since = ended_on if status == Status.ENDED else terms.get("signed_on") or terms.get("starts_on")
    note_status(agreement, "record", since or localdate(now), by, now, why=reason)
    finish(agreement, by, localdate(now))
    return agreement


AGREEMENT_FIELDS = frozenset(
    field.name for field in Agreement._meta.concrete_fields if field.name not in {"id", "current_terms"}
)


def make(
    own: Mapping[str, Any], terms: Mapping[str, Any], origin: Origin, status: Status, by: User, now: datetime
) -> Agreement:
    """A saved agreement with its first terms, its reference and the person's agency as a party."""
    agreement = Agreement(agency=by.agency, origin=origin, status=status, created_by=by, created_at=now)
    for name, value in own.items():
        setattr(agreement, name, value)
    agreement.reference = next_reference(by.agency, localdate(now).year)
    check_and_save(agreement)
    state = TermsState.DRAFT if status == Status.DRAFT else TermsState.RECORDING
    agreement.current_terms = Terms(agreement=agreement, number=1, state=state, **terms)
    check_and_save(agreement.current_terms)
    agreement.save()
    _add_own_agency(agreement)
    note_author(agreement, by)
    return agreement


def _add_own_agency(agreement: Agreement) -> None:
    body = getattr(agreement.agency, "organisation", None)
    if body:
        Party(terms=agreement.terms_now, organisation=body, role=PartyRole.LEAD).save()


def note_status(agreement: Agreement, step: str, on: date, by: User, now: datetime, why: str = "") -> None:
    """Write the row that says how the agreement came to stand where it does."""
    StatusChange(
        agreement=agreement,
        terms=agreement.current_terms,
        step=step,
        target=agreement.status,
        by=by,
        at=now,
        on=on,
        why=why,
    ).save()
