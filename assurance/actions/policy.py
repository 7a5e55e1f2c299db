"""Keep the list of policies: record one, say anew what it is, record what happened to it, hand it over."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from agreements.actions.changes import check_and_save, refuse
from agreements.digest import digest
from agreements.errors import NotNow, NotTheirs, NotYours
from agreements.stale import stale
from assurance.actions.kept_file import keep
from assurance.models import Policy, PolicyFile, PolicyStep, PolicyStepKind
from people.models import Person, User
from people.permissions import check_may, may
from people.roles import Permission
from records.acting import action
from records.words import nz_date

FIELDS = ("title", "owner", "address", "document")  # not the area: figures of past days count by it


def check_may_keep(policy: Policy, user: User) -> None:
    """The person owns the policy, or keeps the list; it was not withdrawn. Raises NotYours, NotPermitted, NotNow."""
    if policy.agency_id != user.agency.pk:
        raise NotYours("This policy belongs to another agency")
    if policy.owner_id != user.person_id and not may(user, Permission.KEEP_POLICIES):
        raise NotTheirs(f"Only its owner can do this, or whose role allows: {Permission.KEEP_POLICIES.lower()}")
    if policy.ended_on:
        raise NotNow(f"It was withdrawn on {nz_date(policy.ended_on)}")


def policy_values(policy: Policy) -> dict[str, Any]:
    """What is said about a policy, by field."""
    return {name: getattr(policy, name) for name in FIELDS}


@action
def add_policy(*, values: Mapping[str, Any], by: User, now: datetime) -> Policy:
    """Record a policy with the day of its approval and of its next review. Raises NotPermitted, ValidationError."""
    check_may(by, Permission.KEEP_POLICIES)
    given = dict(values)
    made = Policy(agency=by.agency, reviewed_on=given["approved_on"], **given)
    _check_day("approved_on", made.approved_on, now)
    _check_owner(made.owner, by, localdate(now))
    if made.next_review <= made.approved_on:
        raise refuse("next_review", "The next review comes after the approval")
    check_and_save(made)
    _step(made, {"kind": PolicyStepKind.APPROVED, "on": made.approved_on, "next_review": made.next_review}, by, now)
    return made


@action
def change_policy(*, policy: Policy, values: Mapping[str, Any], seen: str, by: User, now: datetime) -> Policy:
    """Say anew what a policy is and who owns it. ``seen`` is the digest of what the person saw.

    Raises Stale, NotYours, NotNow, ValidationError.
    """
    locked = _locked(policy)
    check_may_keep(locked, by)
    stands = policy_values(locked)
    if digest(stands) != seen:
        raise stale(locked, stands, values)
    if values["owner"] != locked.owner:
        _check_owner(values["owner"], by, localdate(now))
    for name in FIELDS:
        setattr(locked, name, values[name])
    check_and_save(locked)
    return locked


@action
def step_policy(*, policy: Policy, values: Mapping[str, Any], by: User, now: datetime) -> PolicyStep:
    """Record that it was approved anew, reviewed or withdrawn: kind, on, next_review, note.

    Raises NotYours, NotNow, ValidationError.
    """
    locked = _locked(policy)
    check_may_keep(locked, by)
    kind, on = values["kind"], values["on"]
    _check_day("on", on, now)
    if on < locked.reviewed_on:
        raise refuse("on", f"It was last reviewed on {nz_date(locked.reviewed_on)}: this cannot be before")
    ended = kind == PolicyStepKind.WITHDRAWN
    given = dict(values) | {"next_review": None if ended else values["next_review"]}
    if not ended and given["next_review"] is None:
        raise refuse("next_review", "Say when it is reviewed next")
    made = _step(locked, given, by, now)
    if ended:
        locked.ended_on = on
    else:
        locked.reviewed_on, locked.next_review = on, given["next_review"]
        locked.approved_on = on if kind == PolicyStepKind.APPROVED else locked.approved_on
    check_and_save(locked)
    return made


@action
def add_policy_file(*, policy: Policy, name: str, content: bytes, by: User, now: datetime) -> PolicyFile:
    """Keep the policy itself as it is in use from now on; what was kept before stays beside it.

    Raises NotAccepted (the file), NotYours, NotPermitted, NotNow.
    """
    kept = keep(name, content, by, now)
    locked = _locked(policy)
    check_may_keep(locked, by)
    if locked.files.filter(file=kept["file"]).exists():
        raise NotNow("This very file is here already")
    made = PolicyFile(policy=locked, **kept)
    check_and_save(made)
    return made


@action
def hand_over_policy(*, policy: Policy, leaver: Person, to: Person, by: User) -> Policy:
    """Put ``to`` where the leaver stood as owner, and nothing else. Raises NotYours, NotNow, NotPermitted."""
    check_may(by, Permission.HAND_OVER)
    locked = _locked(policy)
    if by.agency.pk != locked.agency_id or to.agency_id != locked.agency_id:
        raise NotYours("This policy belongs to another agency")
    if locked.owner_id != leaver.pk:
        raise NotNow(f"{locked.owner} owns it by now: nothing is left to hand over")
    locked.owner = to
    check_and_save(locked)
    return locked


def _locked(policy: Policy) -> Policy:
    rows = Policy.objects.select_for_update(of=("self",), no_key=True).select_related("owner", "agency")
    return rows.get(pk=policy.pk)


def _step(policy: Policy, values: Mapping[str, Any], by: User, now: datetime) -> PolicyStep:
    made = PolicyStep(policy=policy, by=by, at=now, **values)
    check_and_save(made)
    return made


def _check_day(field: str, day: date, now: datetime) -> None:
    if day > localdate(now):
        raise refuse(field, "This day has not come yet")


def _check_owner(owner: Person, by: User, today: date) -> None:
    if owner.agency_id != by.agency.pk or owner.has_left(today):
        raise refuse("owner", "Choose somebody who works here")
