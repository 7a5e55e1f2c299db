"""Extend the library of legal bases, and retire what no longer holds."""

from collections.abc import Mapping
from typing import Any

from agreements.actions.changes import check_and_save
from agreements.choices import Confidence
from agreements.errors import NotNow, NotYours
from agreements.legal_search import check_is_law
from agreements.models import LegalProvision
from agreements.normalise import normalise
from people.models import User
from people.permissions import check_may
from people.roles import Permission
from records.acting import action


@action
def add_legal_provision(*, values: Mapping[str, Any], by: User) -> LegalProvision:
    """Add a provision to the library of the person's agency. Raises ValidationError, NotNow (no law), NotPermitted."""
    check_may(by, Permission.KEEP_ORGANISATIONS)
    check_is_law(values.get("act", ""), values.get("basis_kind", ""))
    provision = LegalProvision(**values, agency=by.agency, confidence=Confidence.ADDED)
    provision.code = _code(provision)
    check_and_save(provision)
    return provision


@action
def retire_legal_provision(*, provision: LegalProvision, by: User, reason: str) -> LegalProvision:
    """Offer a provision of the agency's own no longer; agreements that rest on it keep it. Asks for the reason."""
    check_may(by, Permission.KEEP_ORGANISATIONS)
    if provision.agency_id != by.agency.pk:
        raise NotYours("Only what your agency added can be retired here; the common library comes with the register")
    if not reason.strip():
        raise NotNow("Say why, for example that the section was repealed")
    locked = LegalProvision.objects.select_for_update(of=("self",), no_key=True).get(pk=provision.pk)
    locked.retired_why = reason.strip()[:300]
    check_and_save(locked)
    return locked


def _code(provision: LegalProvision) -> str:
    """Agency, Act and section in one word; unique, so that nobody adds one twice."""
    agency = provision.agency.code.lower() if provision.agency else ""
    words = normalise(f"{provision.act} {provision.year or ''} {provision.provision}").replace(" ", "-")
    return f"{agency}-{words}"[:60]
