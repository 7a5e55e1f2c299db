"""Start a variation, lead it through its life, bring it into force: the one writer of variations."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from agreements.actions.changes import changing, check_and_save, finish, lock, note_author, refuse
from agreements.actions.duplicate import copy_rows, plain_fields
from agreements.actions.status import check_said, told
from agreements.checkers import OutsideCheck
from agreements.choices import TermsState, VariationKind
from agreements.difference import fingerprint
from agreements.errors import NotNow
from agreements.extensions import check_from
from agreements.material import material_changes, weakened
from agreements.models import Agreement, StatusChange, Terms
from agreements.policies.agreement import check_is_draft, check_may_edit
from agreements.policies.variation import check_may_vary, check_may_vary_step
from agreements.variation_lifecycle import VARIATION_BY_NAME, VARIED, VariationStep
from people.models import User
from records.acting import action
from records.choices import YesNoUnknown
from records.words import nz_date

SIGNED_ALONE = {"signed_on"}


@action
def start_variation(
    *,
    agreement: Agreement,
    why: str,
    by: User,
    now: datetime,
    kind: str = VariationKind.CHANGE,
    ends_on: date | None = None,
) -> Agreement:
    """Copy the terms in force as a draft that can be edited, and return the agreement with it at hand.

    A renewal begins with its new end day. The terms in force stay as they are. Raises
    NotNow where a variation is under way or its terms do not stand yet, NotYours, NotPermitted, ValidationError.
    """
    with changing(agreement.with_terms(None), by, localdate(now)) as locked:
        check_may_vary(locked, by)
        if not why.strip():
            raise refuse("why", "Say why the terms change: the reason is kept with the variation")
        varied = locked.with_terms(_copy(locked, kind, why.strip()))
        if kind == VariationKind.RENEWAL:
            _renew(varied.terms_now, ends_on)
        note_author(varied, by)
        note_step(varied, "vary_start", localdate(now), by, now, why=why.strip())
    return varied


def _copy(agreement: Agreement, kind: str, why: str) -> Terms:
    base = agreement.terms_now
    numbers = Terms.objects.filter(agreement=agreement).values_list("number", flat=True)
    made = Terms(
        agreement=agreement,
        number=max(numbers) + 1,
        based_on=base,
        base_seen=fingerprint(base),
        variation_kind=kind,
        variation_why=why,
        **plain_fields(base, SIGNED_ALONE),
    )
    check_and_save(made)
    copy_rows(base, made, varied=True)
    return made


def _renew(terms: Terms, ends_on: date | None) -> None:
    if ends_on is None:
        raise refuse("ends_on", "Enter the new last day. If it has no end from now on, start a change of terms")
    if terms.ends_on and ends_on <= terms.ends_on:
        raise refuse("ends_on", f"It ends on {nz_date(terms.ends_on)} already: a renewal ends later")
    terms.ends_on = ends_on
    terms.open_ended = YesNoUnknown.NO
    check_and_save(terms)


@action
def take_variation_step(
    *,
    agreement: Agreement,
    step: str,
    by: User,
    now: datetime,
    on: date | None = None,
    in_force_from: date | None = None,
    reason: str = "",
    sections: Iterable[str] = (),
    outside: OutsideCheck | None = None,
) -> Agreement:
    """Take one step with the variation at hand (variation_lifecycle.py).

    ``on`` is the day of signing; ``in_force_from`` the day its terms apply from: reached already, they are in force
    at once. ``sections`` are those that sending back is about. Raises NotNow, NotYours or NotPermitted.
    """
    chosen, today = VARIATION_BY_NAME[step], localdate(now)
    with changing(agreement, by, today) as locked:
        check_may_vary_step(locked, chosen, by, today)
        true_from = on or today
        check_said(chosen.needs_reason or _weakens(locked, chosen), reason, true_from, today)
        more = told(locked, chosen, by, today, sections, outside)
        _move(locked, chosen, true_from, in_force_from)
        note_step(locked, step, true_from, by, now, why=reason, **more)
        if locked.terms_now.state == TermsState.SIGNED and (in_force_from or today) <= today:
            _switch(locked, by, now)
    return locked


def _weakens(agreement: Agreement, step: VariationStep) -> bool:
    """Approving it takes out or weakens a mandatory provision, which asks for a reason (F2)."""
    return step.name == "vary_approve" and bool(agreement.terms_now.weakened)


def _note_what_changes(terms: Terms) -> None:
    """Write down what asks for more than an approval, as it is submitted."""
    found = Terms.objects.whole().in_bulk([key for key in (terms.based_on_id, terms.pk) if key])
    if terms.based_on_id:
        old, new = found[terms.based_on_id], found[terms.pk]
        terms.material_changes, terms.weakened = material_changes(old, new), weakened(old, new)


def _move(agreement: Agreement, step: VariationStep, on: date, in_force_from: date | None) -> None:
    terms = agreement.terms_now
    terms.state = step.target
    if step.name == "vary_submit":
        _note_what_changes(terms)
    if step.name == "vary_sign":
        terms.signed_on, terms.in_force_from = on, in_force_from or on
        _check_after_the_last(terms)
        check_from(agreement, in_force_from or on)
    terms.save()


def _check_after_the_last(terms: Terms) -> None:
    base = terms.based_on
    began = base and (base.in_force_from or base.starts_on)
    if began and terms.in_force_from and terms.in_force_from < began:
        raise NotNow(
            f"The terms that it changes are in force from {nz_date(began)}: it cannot replace them before that"
        )


@action
def bring_into_force(*, agreement: Agreement, on: date, by: User, now: datetime) -> bool:
    """Let the signed variation at hand replace the terms in force, once its day is reached; whether it did.

    Asked again, or too early, nothing happens. An agreement that has ended meanwhile keeps its terms.
    """
    locked = lock(agreement)
    terms = locked.terms_now
    due = terms.state == TermsState.SIGNED and terms.in_force_from is not None and terms.in_force_from <= on
    if not due or locked.status not in VARIED or terms.based_on_id != locked.current_terms_id:
        return False
    _switch(locked, by, now)
    finish(locked, by, on)
    return True


def _switch(agreement: Agreement, by: User, now: datetime) -> None:
    """The old terms are past, the new ones in force; both stay readable."""
    old, new = agreement.current_terms, agreement.terms_now
    if old is None or new.based_on_id != old.pk:
        raise NotNow("Other terms are in force by now: withdraw this variation and start another from them")
    old.state, new.state = TermsState.PAST, TermsState.IN_FORCE
    old.save()
    new.save()
    agreement.current_terms = new
    agreement.save()
    note_step(agreement, "vary_in_force", new.in_force_from or localdate(now), by, now)


@action
def look_again(*, agreement: Agreement, by: User) -> Agreement:
    """Say that the variation at hand was compared with the terms in force as they now are. Raises NotNow, NotYours."""
    with changing(agreement, by) as locked:
        check_may_edit(locked, by)
        check_is_draft(locked)
        terms = locked.terms_now
        if terms.based_on is None or terms.based_on_id != locked.current_terms_id:
            raise NotNow("Other terms are in force by now: withdraw this variation and start another from them")
        terms.base_seen = fingerprint(terms.based_on)
        terms.save()
        note_author(locked, by)
    return locked


def note_step(agreement: Agreement, step: str, on: date, by: User, now: datetime, **more: Any) -> None:
    """Write the row of record of a variation's step; the agreement stays where it stands."""
    StatusChange(
        agreement=agreement, terms=agreement.terms_now, variation=agreement.terms_now.number, step=step,
        source=agreement.status, target=agreement.status, by=by, at=now, on=on, **more,
    ).save()  # fmt: skip
