"""Record a privacy breach, say what is known of it, and link what it is about. Told and decided: breach_told.py."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from agreements.actions.changes import check_and_save, refuse
from agreements.digest import digest
from agreements.errors import NotNow, NotYours
from agreements.models import Agreement, Organisation
from agreements.stale import stale
from assurance.actions.numbering import next_number
from assurance.actions.saying import check_may_link
from assurance.due.breach import breaches_due, tell_of_serious
from assurance.models import BreachAgreement, BreachKind, BreachOrganisation, BreachStep, BreachStepKind, PrivacyBreach
from people.models import Agency, User
from people.permissions import check_may
from people.roles import Permission
from records.acting import action
from records.words import nz_datetime

FACTORS = (
    "factor_mitigation", "factor_sensitivity", "factor_harm", "factor_holder", "factor_security", "factor_other",
)  # fmt: skip
AWARE = ("agency_aware_at", "provider_aware_at")
FIELDS = (
    "kind", "title", "what_happened", "happened_on", "found_how", "agency_aware_at", "provider_aware_at", "severity",
    "people_affected", "contained", "containment", *FACTORS,
)  # fmt: skip


def check_may_keep(breach: PrivacyBreach, user: User) -> None:
    """The person keeps breaches of this agency, and this one is open. Raises NotPermitted, NotYours, NotNow."""
    check_may(user, Permission.KEEP_BREACHES)
    if breach.agency_id != user.agency.pk:
        raise NotYours("This breach is another agency’s")
    if breach.closed_at:
        raise NotNow(f"It was closed on {nz_datetime(breach.closed_at)}: open it again first")


@action
def record_breach(
    *, values: Mapping[str, Any], by: User, now: datetime,
    agreement: Agreement | None = None, organisation: Organisation | None = None,
) -> PrivacyBreach:  # fmt: skip
    """Record one. Whoever keeps breaches is told at once, and the head where it is serious.

    Raises NotPermitted, NotYours, ValidationError.
    """
    check_may(by, Permission.KEEP_BREACHES)
    made = keep_breach(by.agency, values, by, now)
    if agreement:
        link_breach_agreement(breach=made, agreement=agreement, by=by, now=now)
    if organisation:
        link_breach_organisation(breach=made, organisation=organisation, by=by, now=now)
    told_of_breach(made, now)
    return made


def keep_breach(agency: Agency, values: Mapping[str, Any], by: User, now: datetime) -> PrivacyBreach:
    """Write a breach and the first row of its log, inside an action that has checked who acts.

    ``told_of_breach()`` follows, once it is linked. Raises ValidationError.
    """
    made = PrivacyBreach(agency=agency, recorded_by=by, recorded_at=now)
    _set(made, values, now)
    made.reference = next_number(PrivacyBreach.objects.all(), agency, "BREACH")
    check_and_save(made)
    kind = BreachKind(made.kind).label.lower()
    log(made, BreachStepKind.RECORDED, f"Recorded as a {kind}, known since {nz_datetime(made.aware_at)}", now, by, now)
    return made


@action
def change_breach(
    *, breach: PrivacyBreach, values: Mapping[str, Any], seen: str, by: User, now: datetime
) -> PrivacyBreach:
    """Say what is known now. ``seen`` is the digest of breach_values() when the form was opened.

    Raises Stale, NotPermitted, NotYours, NotNow, ValidationError; nothing is saved then.
    """
    locked = lock_breach(breach)
    check_may_keep(locked, by)
    stands = breach_values(locked)
    if digest(stands) != seen:
        raise stale(locked, stands, values)
    changed = [name for name in FIELDS if (values.get(name) or None) != (stands[name] or None)]
    if not changed:
        raise refuse("title", "Nothing differs from what stands there: change something, or go back")
    _set(locked, values, now)
    check_and_save(locked)
    columns = {column.name: str(column.verbose_name).rstrip("?") for column in PrivacyBreach._meta.fields}
    said = ", ".join(columns[name] for name in changed)
    log(locked, BreachStepKind.CHANGED, f"Said anew: {said}", now, by, now)
    told_of_breach(locked, now)
    return locked


@action
def link_breach_agreement(*, breach: PrivacyBreach, agreement: Agreement, by: User, now: datetime) -> BreachAgreement:
    """Say that it is about an agreement of the agency. Raises NotPermitted, NotYours, NotNow, ValidationError."""
    locked = lock_breach(breach)
    check_may_keep(locked, by)
    check_may_link(agreement, locked.agreement_links.standing(), by)
    made = BreachAgreement(breach=locked, agreement=agreement)
    check_and_save(made)
    log(locked, BreachStepKind.LINKED, f"It is about {agreement.reference}", now, by, now)
    return made


@action
def link_breach_organisation(
    *, breach: PrivacyBreach, organisation: Organisation, by: User, now: datetime
) -> BreachOrganisation:
    """Say where it happened, or who had a part in it. Raises NotPermitted, NotYours, NotNow, ValidationError."""
    locked = lock_breach(breach)
    check_may_keep(locked, by)
    if locked.organisation_links.filter(organisation=organisation).exists():
        raise refuse("organisation", f"{organisation} is linked already")
    made = BreachOrganisation(breach=locked, organisation=organisation)
    check_and_save(made)
    log(locked, BreachStepKind.LINKED, f"{organisation} has a part in it", now, by, now)
    return made


def breach_values(breach: PrivacyBreach) -> dict[str, Any]:
    """What people can change, as it stands now."""
    return {name: getattr(breach, name) for name in FIELDS}


def lock_breach(breach: PrivacyBreach) -> PrivacyBreach:
    """The breach as it stands, locked until the transaction ends."""
    rows = PrivacyBreach.objects.select_for_update(of=("self",), no_key=True)
    found: PrivacyBreach = rows.select_related("agency", "owner").get(pk=breach.pk)
    return found


def log(breach: PrivacyBreach, kind: BreachStepKind, said: str, at: datetime, by: User, now: datetime) -> BreachStep:
    """A row of the log; called by the actions of a breach, which hold its lock."""
    made = BreachStep(breach=breach, kind=kind, at=at, said=said, by=by, recorded_at=now)
    made.kind_then, made.aware_then = breach.kind, breach.aware_at
    check_and_save(made)
    return made


def _set(breach: PrivacyBreach, values: Mapping[str, Any], now: datetime) -> None:
    for name in FIELDS:
        if name in values:
            setattr(breach, name, values[name])
    if breach.agency_aware_at is None:
        raise refuse("agency_aware_at", "Say when the agency was told or noticed it: the clock counts from there")
    known = {name: getattr(breach, name) for name in AWARE if getattr(breach, name)}
    for name, moment in known.items():
        if moment > now:
            raise refuse(name, "This moment has not come yet")
    first = min(known, key=lambda name: known[name])
    breach.aware_at = known[first]
    _check_told_after(breach, first)
    if breach.happened_on and breach.happened_on > localdate(breach.aware_at):
        raise refuse("happened_on", "It cannot have happened after somebody knew of it")


def _check_told_after(breach: PrivacyBreach, at_fault: str) -> None:
    for moment, told in ((breach.commissioner_at, "the Commissioner was"), (breach.people_at, "people were")):
        if moment and moment < breach.aware_at:
            raise refuse(at_fault, f"By this, {told} notified before anybody knew: {nz_datetime(moment)}")


def told_of_breach(breach: PrivacyBreach, now: datetime) -> None:
    """Tell whoever keeps breaches that there is one, or that more is known of it."""
    breaches_due(localdate(now))
    tell_of_serious(breach, now)
