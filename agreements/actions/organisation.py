"""Add organisations and give them names; near-duplicates are offered before another is made."""

from collections.abc import Mapping
from typing import Any

from agreements.actions.changes import check_and_save, refuse
from agreements.choices import Confidence
from agreements.models import Organisation, OrganisationName
from agreements.normalise import normalise
from people.models import User
from people.permissions import check_may
from people.roles import Permission
from records.acting import action


@action
def add_organisation(
    *,
    name: str,
    by: User,
    values: Mapping[str, Any] | None = None,
    names: Mapping[str, str] | None = None,
) -> Organisation:
    """Add an organisation; ``names`` maps other names to their kind. Raises ValidationError, NotPermitted."""
    if not by.is_system:
        check_may(by, Permission.CREATE_AGREEMENTS)
    values = {"confidence": "" if by.is_system else Confidence.ADDED} | dict(values or {})
    organisation = Organisation(**values)
    check_name(name)
    organisation.set_name(name)
    check_and_save(organisation)
    for other, kind in (names or {}).items():
        add_name(organisation=organisation, name=other, kind=kind, by=by)
    return organisation


def check_name(name: str) -> None:
    """A name has letters or digits: one of signs alone could be neither found nor told from another."""
    if not normalise(name):
        raise refuse("name", "Write the name with letters or digits, so that it can be found again")


@action
def add_name(*, organisation: Organisation, name: str, kind: str, by: User) -> OrganisationName:
    """Give an organisation another name. Raises ValidationError where it has it already."""
    check_name(name)
    other = OrganisationName(organisation=organisation, name=name, normalised=normalise(name)[:200], kind=kind)
    check_and_save(other)
    return other
