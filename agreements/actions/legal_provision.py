"""Extend the library of legal bases."""

from collections.abc import Mapping
from typing import Any

from agreements.actions.changes import check_and_save
from agreements.choices import Confidence
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


def _code(provision: LegalProvision) -> str:
    """Agency, Act and section in one word; unique, so that nobody adds one twice."""
    agency = provision.agency.code.lower() if provision.agency else ""
    words = normalise(f"{provision.act} {provision.year or ''} {provision.provision}").replace(" ", "-")
    return f"{agency}-{words}"[:60]
