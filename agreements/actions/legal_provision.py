"""Extend the library of legal bases."""

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
    """Offer a provision of the agency's own no more; agreements keep it. Raises NotNow, NotYours, NotPermitted."""
    locked = _own(provision, by)
    if locked.retired_why:
        raise NotNow(f"It is retired already: {locked.retired_why}")
    if not reason.strip():
        raise NotNow("Say why: the library shows the reason")
    locked.retired_why = " ".join(reason.split())
    check_and_save(locked)
    return locked


@action
def return_legal_provision(*, provision: LegalProvision, by: User, reason: str) -> LegalProvision:
    """Offer a retired provision again. Raises NotNow, NotYours, NotPermitted."""
    locked = _own(provision, by)
    if not locked.retired_why:
        raise NotNow("It is not retired")
    if not reason.strip():
        raise NotNow("Say why: the reason is kept in the history")
    locked.retired_why = ""
    check_and_save(locked)
    return locked


def check_may_retire(provision: LegalProvision, user: User) -> None:
    """The provision is of the library of the user's own agency; the common one belongs to the reference data."""
    check_may(user, Permission.KEEP_ORGANISATIONS)
    if provision.agency_id != user.agency.pk:
        raise NotYours("It belongs to the common library of the register, which no agency changes by itself")


def _own(provision: LegalProvision, by: User) -> LegalProvision:
    locked = LegalProvision.objects.select_for_update(of=("self",), no_key=True).get(pk=provision.pk)
    check_may_retire(locked, by)
    return locked


def _code(provision: LegalProvision) -> str:
    """Agency, Act and section in one word; unique, so that nobody adds one twice."""
    agency = provision.agency.code.lower() if provision.agency else ""
    words = normalise(f"{provision.act} {provision.year or ''} {provision.provision}").replace(" ", "-")
    return f"{agency}-{words}"[:60]
