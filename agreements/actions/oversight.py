"""The log of oversight: added to, never changed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from agreements.actions.changes import changing, check_and_save, refuse, tell_of
from agreements.actions.contract import lock_contract
from agreements.actions.evidence import check_evidence
from agreements.errors import NotNow
from agreements.models import EVIDENCE_FIELDS, Agreement, Contract, Oversight
from agreements.policies.agreement import check_may_edit
from agreements.policies.contract import check_may_log
from people.models import User
from records.acting import action

FIELDS = ("kind", "on", "note", "evidence_note", *EVIDENCE_FIELDS)


@action
def log_oversight(
    *, about: Contract | Agreement, values: Mapping[str, Any], by: User, now: datetime, corrects: int | None = None
) -> Oversight:
    """Write an entry about a contract or an agreement; ``corrects`` is the key of an earlier one that it puts right.

    Raises ValidationError naming the field, NotNow, NotYours, NotPermitted.
    """
    if isinstance(about, Contract):
        locked = lock_contract(about)
        check_may_log(locked, by)
        entry = _write(Oversight(contract=locked), locked, values, by, now, corrects)
        tell_of(Agreement.objects.filter(contract_links__contract=locked), by, localdate(now))
        return entry
    with changing(about, by) as agreement:
        check_may_edit(agreement, by)
        return _write(Oversight(agreement=agreement), agreement, values, by, now, corrects)


def _write(
    entry: Oversight,
    about: Contract | Agreement,
    values: Mapping[str, Any],
    by: User,
    now: datetime,
    corrects: int | None,
) -> Oversight:
    for name in FIELDS:
        if name in values:
            setattr(entry, name, values[name])
    check_evidence(entry.evidence, about, by)
    if entry.on > localdate(now):
        raise refuse("on", "This day lies in the future: log it when it has happened")
    if corrects is not None:
        entry.corrects = _wrong(entry, corrects)
    entry.by, entry.at = by, now
    check_and_save(entry)
    return entry


def _wrong(entry: Oversight, pk: int) -> Oversight:
    """The entry to put right: of the same contract or agreement, and not put right yet."""
    found = Oversight.objects.filter(pk=pk, contract=entry.contract, agreement=entry.agreement).first()
    if found is None:
        raise NotNow("The entry you correct is not in this log")
    if found.corrected_by.exists():
        raise NotNow("It has been corrected already: correct the newer entry")
    return found
